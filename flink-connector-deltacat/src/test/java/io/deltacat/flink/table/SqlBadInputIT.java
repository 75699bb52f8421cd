package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.Unauthenticated;
import io.deltacat.flink.sink.CheckpointingRequired;
import io.deltacat.format.FormatException;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a SQL user is told, and when, about everything that cannot work. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlBadInputIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private static final String NAME = "Table default_catalog.default_database.t";
    private static final String ON_SERVER = NAME + ", DeltaCAT table 'sales.orders': ";
    private static final String COLUMNS = "id BIGINT NOT NULL, name STRING";
    private static final String SELECT = "SELECT * FROM t";
    private static final String INSERT = "INSERT INTO t VALUES (1, 'a')";

    @TempDir
    private Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
        server.createTable(
                "orders",
                DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                DataTypes.FIELD("name", DataTypes.STRING()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anUnknownOptionIsNamedWithTheNearestKnownOne() {
        SqlSession session = declared(COLUMNS, Map.of("scan.start-up.mode", "full"));

        assertRefused(
                () -> session.explain(SELECT),
                NAME + ": option 'scan.start-up.mode' is unknown; expected one of "
                        + DeltaCatOptions.all().stream()
                                .map(TableOption::key)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ". Did you mean 'scan.startup.mode'?");
    }

    @Test
    void contradictoryOptionsAreNamedTogether() {
        SqlSession session =
                SqlSession.streaming().declare("t", COLUMNS, options(Map.of("scan.startup.mode", "subscription")));

        assertRefused(
                () -> session.explain(SELECT),
                NAME + ": option 'scan.startup.mode' is 'subscription' but 'scan.subscription-id' is missing; expected "
                        + "the id of a subscription that follows the table. Add 'scan.subscription-id', or start with "
                        + "'full' or 'latest'.");
    }

    @Test
    void anUnreachableServerIsNamedAtJobBuild() {
        server.close();
        SqlSession session = declared(COLUMNS, Map.of());

        for (String statement : List.of(SELECT, INSERT)) {
            Throwable error = catchThrowable(() -> session.explain(statement));

            assertThat(root(error, ServerUnavailable.class)).isNotNull();
            assertThat(validation(error).getMessage())
                    .startsWith(ON_SERVER + "GET /v1/namespaces/sales/tables/orders: ")
                    .contains(server.uri());
            assertHoldsNoToken(error);
        }
    }

    @Test
    void aWrongTokenIsNamedAtJobBuildWithoutBeingShown() {
        SqlSession session = declared(COLUMNS, Map.of("token", "wr0ng-t0ken"));

        for (String statement : List.of(SELECT, INSERT)) {
            Throwable error = catchThrowable(() -> session.explain(statement));

            assertThat(root(error, Unauthenticated.class)).isNotNull();
            assertThat(validation(error).getMessage())
                    .startsWith(ON_SERVER + "GET /v1/namespaces/sales/tables/orders: 401 ");
            assertThat(text(error)).doesNotContain("wr0ng-t0ken");
        }
    }

    @Test
    void theTokenIsNotShownWhenTheOptionsAre() {
        SqlSession session = declared(COLUMNS, Map.of("sink.mode", "upsert"));

        Throwable error = catchThrowable(() -> session.explain(INSERT));

        assertRefused(
                error,
                NAME + ": option 'sink.mode' is 'upsert'; expected one of append, add. Fix the option in "
                        + "the WITH clause.");
        assertHoldsNoToken(error);
    }

    @Test
    void aMissingTableIsNamedAtJobBuild() {
        SqlSession session = SqlSession.batch().declare("t", COLUMNS, server.options("ordrs"));
        String message = NAME + ", DeltaCAT table 'sales.ordrs': the server " + server.uri() + " has no such table; "
                + "expected an existing one. Create it, fix the options 'catalog', 'namespace' and 'table', or, to write, "
                + "set 'sink.create-if-missing' = 'true'.";

        assertRefused(() -> session.explain(SELECT), message);
        assertRefused(() -> session.explain(INSERT), message);
    }

    @Test
    void aColumnThatTheTableLacksIsNamedAtJobBuild() {
        SqlSession session = declared("id BIGINT NOT NULL, Name STRING", Map.of());
        String message =
                ON_SERVER + "column 'Name' is declared but not in the table; expected one of [id, name] (names "
                        + "are case-sensitive). Did you mean 'name'?";

        assertRefused(() -> session.explain(SELECT), message);
        assertRefused(() -> session.explain(INSERT), message);
    }

    @Test
    void aColumnOfAnotherTypeIsNamedWithBothTypesAtJobBuild() {
        SqlSession session = declared("id INT NOT NULL, name STRING", Map.of());

        assertRefused(
                () -> session.explain(SELECT),
                ON_SERVER
                        + "column 'id' is 'int64 not null' in the table but declared 'INT NOT NULL'; expected 'BIGINT' "
                        + "or wider. Change the declared column, or the table.");
    }

    @Test
    void aColumnThatMayBeNullIsNotWrittenIntoOneThatMayNot() {
        SqlSession session = declared("id BIGINT, name STRING", Map.of());

        assertRefused(
                () -> session.explain("INSERT INTO t VALUES (CAST(1 AS BIGINT), 'a')"),
                ON_SERVER + "column 'id' is 'int64 not null' in the table but declared 'BIGINT'; expected 'BIGINT NOT "
                        + "NULL', since the table's column must not hold null. Change the declared column, or the "
                        + "table.");
    }

    @Test
    void aPrimaryKeyOfATableWithoutMergeKeysIsRefused() {
        SqlSession session = declared("id BIGINT NOT NULL PRIMARY KEY NOT ENFORCED, name STRING", Map.of());

        assertRefused(
                () -> session.explain(INSERT),
                ON_SERVER
                        + "PRIMARY KEY [id] is declared but the table has no merge keys; expected the table's merge keys as "
                        + "primary key. Remove the PRIMARY KEY, or write to a table with merge keys.");
    }

    @Test
    void aPrimaryKeyThatIsMissingOrAnotherIsShownBesideTheMergeKeys() {
        server.createTable(
                "keyed",
                new Schema(List.of(
                        FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
                        FieldMetadata.withMergeKey(TypeNames.field("name", "string", false)))));
        String columns = "id BIGINT NOT NULL, name STRING NOT NULL";
        SqlSession session = SqlSession.batch()
                .declare("t", columns, server.options("keyed"))
                .declare("other", columns + ", PRIMARY KEY (id) NOT ENFORCED", server.options("keyed"));

        assertThatThrownBy(() -> session.explain("INSERT INTO t VALUES (CAST(1 AS BIGINT), 'a')"))
                .isInstanceOf(ValidationException.class)
                .hasMessage(NAME
                        + ", DeltaCAT table 'sales.keyed': no PRIMARY KEY is declared but the table has merge keys [id, "
                        + "name]; expected the table's merge keys as primary key. Declare PRIMARY KEY (id, name) NOT "
                        + "ENFORCED.");
        assertThatThrownBy(() -> session.explain("INSERT INTO other VALUES (CAST(1 AS BIGINT), 'a')"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("PRIMARY KEY [id] is declared but the table has merge keys [id, name]");
    }

    @Test
    void aTableWithMergeKeysIsNotTakenForOneThatOnlyGrows() {
        server.createTable(
                "keyed",
                new Schema(List.of(
                        FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
                        TypeNames.field("name", "string", true))));
        SqlSession session = SqlSession.streaming().declare("t", COLUMNS, server.options("keyed"));

        assertThatThrownBy(() -> session.explain(SELECT))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith(NAME + ", DeltaCAT table 'sales.keyed': the table has merge keys [id], ");
    }

    @Test
    void anUnboundedInsertWithoutCheckpointsIsRefusedAtJobBuild() {
        SqlSession session = SqlSession.streamingWithoutCheckpoints()
                .declare("t", COLUMNS, options(Map.of()))
                .run("CREATE TEMPORARY TABLE ticks (id BIGINT NOT NULL, name STRING) WITH ('connector' = 'datagen')");

        Throwable error = catchThrowable(() -> session.start("INSERT INTO t SELECT * FROM ticks"));

        assertThat(root(error, CheckpointingRequired.class))
                .hasMessage(
                        "Sink 'default.sales.orders': 'execution.checkpointing.interval' is not set and the input is "
                                + "unbounded; expected checkpoints, since each of them is one commit and nothing else commits. "
                                + "Set 'execution.checkpointing.interval', or read a bounded input.");
    }

    @Test
    void aTruncatedFileStopsTheQueryAndIsNamed() throws Exception {
        SqlSession session = declared(COLUMNS, Map.of()).await(INSERT);
        Path file = dataFile();
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length / 2));

        Throwable error = catchThrowable(() -> session.rows(SELECT));

        assertThat(root(error, FormatException.class).getMessage())
                .contains(file.getFileName().toString());
    }

    @Test
    void aFileThatIsNoParquetFileStopsTheQueryAndIsNamed() throws Exception {
        SqlSession session = declared(COLUMNS, Map.of()).await(INSERT);
        Path file = dataFile();
        long length = Files.size(file);
        Files.write(file, new byte[Math.toIntExact(length)], StandardOpenOption.TRUNCATE_EXISTING);

        Throwable error = catchThrowable(() -> session.rows(SELECT));

        assertThat(root(error, FormatException.class).getMessage())
                .contains(file.getFileName().toString());
    }

    private SqlSession declared(String columns, Map<String, String> more) {
        return SqlSession.batch().declare("t", columns, options(more));
    }

    private Map<String, String> options(Map<String, String> more) {
        return server.options("orders", more);
    }

    private Path dataFile() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void assertRefused(ThrowingCallable statement, String message) {
        assertRefused(catchThrowable(statement), message);
    }

    /** Flink wraps what a factory throws; ours is the innermost validation error. */
    private static void assertRefused(Throwable error, String message) {
        assertThat(validation(error)).hasMessage(message);
    }

    private static ValidationException validation(Throwable error) {
        ValidationException found = null;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ValidationException validation) {
                found = validation;
            }
        }
        assertThat(found).as("a ValidationException in %s", error).isNotNull();
        return found;
    }

    private static <T extends Throwable> T root(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        throw new AssertionError("no " + type.getSimpleName() + " in " + text(error));
    }

    private static void assertHoldsNoToken(Throwable error) {
        assertThat(text(error)).doesNotContain(ServerFixture.TOKEN);
    }

    private static String text(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
