package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Statements of batch mode that take the place of rows: INSERT OVERWRITE, TRUNCATE, DELETE, UPDATE. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlOverwriteIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(8)
            .build());

    private static final String COLUMNS = "day_name STRING NOT NULL, id BIGINT NOT NULL, note STRING";
    private static final TableRef TABLE = TableRef.of("sales", "days");

    @TempDir
    private Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void overwritingAnUnpartitionedTableReplacesAllRowsEvenByNone() throws Exception {
        create(false, false);
        SqlSession session = SqlSession.batch().declare("days", COLUMNS, server.options("days"));
        session.await("INSERT INTO days VALUES ('mon', 1, 'a'), ('tue', 2, 'b')");

        session.await("INSERT OVERWRITE days VALUES ('wed', 3, 'c'), ('wed', 4, 'd')");
        assertThat(contents()).containsExactlyInAnyOrder("wed 3 c", "wed 4 d");

        session.await("INSERT OVERWRITE days SELECT * FROM days WHERE id > 3");
        assertThat(contents()).containsExactly("wed 4 d");

        session.await("INSERT OVERWRITE days SELECT * FROM days WHERE id > 100");
        assertThat(contents()).isEmpty();

        session.await("INSERT INTO days VALUES ('thu', 5, 'e')");
        assertThat(contents()).containsExactly("thu 5 e");
    }

    @Test
    void overwritingAPartitionedTableReplacesThePartitionsThatGetRows() throws Exception {
        create(true, false);
        SqlSession session = SqlSession.batch()
                .run(SqlSession.ddl("days", COLUMNS, server.options("days"))
                        .replace(") WITH", ") PARTITIONED BY (day_name) WITH"));
        session.await("INSERT INTO days VALUES ('mon', 1, 'a'), ('tue', 2, 'b'), ('wed', 3, 'c')");

        session.await("INSERT OVERWRITE days PARTITION (day_name = 'mon') SELECT CAST(10 AS BIGINT), 'static'");
        session.await("INSERT OVERWRITE days VALUES ('tue', 20, 'dynamic'), ('thu', 40, 'new')");

        assertThat(contents()).containsExactlyInAnyOrder("mon 10 static", "tue 20 dynamic", "wed 3 c", "thu 40 new");
    }

    @Test
    void overwritingATableWithMergeKeysKeepsTheLastRowOfAKey() throws Exception {
        create(false, true);
        SqlSession session = SqlSession.batch()
                .declare("days", COLUMNS + ", PRIMARY KEY (day_name, id) NOT ENFORCED", server.options("days"));
        session.await("INSERT INTO days VALUES ('mon', 1, 'a'), ('tue', 2, 'b')");

        session.await("INSERT OVERWRITE days VALUES ('wed', 3, 'first'), ('wed', 3, 'last'), ('thu', 4, 'd')");
        session.await("INSERT INTO days VALUES ('thu', 4, 'merged')");

        assertThat(contents()).containsExactlyInAnyOrder("wed 3 last", "thu 4 merged");
    }

    @Test
    void rowsOfATableWithMergeKeysAreDeletedAndUpdated() throws Exception {
        create(true, true);
        SqlSession session = SqlSession.batch()
                .declare("days", COLUMNS + ", PRIMARY KEY (day_name, id) NOT ENFORCED", server.options("days"));
        session.await("INSERT INTO days VALUES ('mon', 1, 'a'), ('mon', 2, 'b'), ('tue', 3, 'c'), ('tue', 4, 'd')");

        session.await("DELETE FROM days WHERE id = 2 OR note = 'c'");
        assertThat(contents()).containsExactlyInAnyOrder("mon 1 a", "tue 4 d");

        session.await("UPDATE days SET note = note || '!' WHERE day_name = 'tue'");
        assertThat(contents()).containsExactlyInAnyOrder("mon 1 a", "tue 4 d!");

        session.await("DELETE FROM days");
        assertThat(contents()).isEmpty();
    }

    @Test
    void truncatingRemovesAllRows() throws Exception {
        create(false, false);
        SqlSession session = SqlSession.batch().declare("days", COLUMNS, server.options("days"));
        session.await("INSERT INTO days VALUES ('mon', 1, 'a')");

        session.run("TRUNCATE TABLE days");

        assertThat(contents()).isEmpty();
    }

    @Test
    void overwritingInStreamingModeIsRefused() {
        create(false, false);
        SqlSession session = SqlSession.streaming().declare("days", COLUMNS, server.options("days"));

        assertThatThrownBy(() -> session.explain("INSERT OVERWRITE days VALUES ('mon', 1, 'a')"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("expected batch mode");
    }

    @Test
    void deletingAndUpdatingWithoutMergeKeysAreRefused() {
        server.createTable("plain", columns(false));
        SqlSession session = SqlSession.batch().declare("plain", COLUMNS, server.options("plain"));

        assertThatThrownBy(() -> session.explain("DELETE FROM plain WHERE id = 1"))
                .hasStackTraceContaining("DELETE finds rows by merge keys, but no PRIMARY KEY is declared");
        assertThatThrownBy(() -> session.explain("UPDATE plain SET note = 'x' WHERE id = 1"))
                .hasStackTraceContaining("UPDATE finds rows by merge keys, but no PRIMARY KEY is declared");
    }

    private void create(boolean partitioned, boolean keyed) {
        CreateTableRequestBuilder request = CreateTableRequestBuilder.builder()
                .table(TABLE.table())
                .autoCreateNamespace(true)
                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(columns(keyed))));
        if (partitioned) {
            request.partitionScheme(new PartitionSchemeInput(
                    List.of(new PartitionKeyInput(List.of("day_name"), "identity")), null, null));
        }
        server.client().catalog().createTable(TABLE, request.build());
    }

    private static Schema columns(boolean keyed) {
        Schema schema = new Schema(List.of(
                TypeNames.field("day_name", "string", false),
                TypeNames.field("id", "int64", false),
                TypeNames.field("note", "string", true)));
        return keyed
                ? new Schema(List.of(
                        FieldMetadata.withMergeKey(schema.getFields().get(0)),
                        FieldMetadata.withMergeKey(schema.getFields().get(1)),
                        schema.getFields().get(2)))
                : schema;
    }

    private List<String> contents() {
        return server.client().catalog().read(TABLE).toList().stream()
                .map((Map<String, Object> row) -> row.get("day_name") + " " + row.get("id") + " " + row.get("note"))
                .toList();
    }
}
