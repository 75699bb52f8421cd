package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** SQL over DeltaCAT tables: a cluster and a server in this process, real files between them. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlTableIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(8)
            .build());

    private static final String COLUMNS = "id BIGINT NOT NULL, name STRING, price DECIMAL(10, 2)";

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

    private TableRef orders() {
        return server.createTable(
                "orders",
                DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                DataTypes.FIELD("name", DataTypes.STRING()),
                DataTypes.FIELD("price", DataTypes.DECIMAL(10, 2)));
    }

    @Test
    void rowsInsertedInBatchModeAreReadInBatchMode() throws Exception {
        orders();
        SqlSession session = SqlSession.batch().declare("orders", COLUMNS, server.options("orders"));

        session.await(
                "INSERT INTO orders VALUES (1, 'a', 1.50), (2, CAST(NULL AS STRING), CAST(NULL AS DECIMAL(10, 2)))");
        session.await("INSERT INTO orders SELECT id + 10, name, price FROM orders");

        assertThat(session.rows("SELECT * FROM orders"))
                .containsExactlyInAnyOrder(
                        Row.of(1L, "a", new BigDecimal("1.50")),
                        Row.of(2L, null, null),
                        Row.of(11L, "a", new BigDecimal("1.50")),
                        Row.of(12L, null, null));
        assertThat(session.rows("SELECT COUNT(*), SUM(price) FROM orders"))
                .containsExactly(Row.of(4L, new BigDecimal("3.00")));
    }

    @Test
    void boundedStreamingInsertsAreCommittedOnceAndReadUpToTheSnapshot() throws Exception {
        orders();
        SqlSession session = SqlSession.streaming()
                .declare("orders", COLUMNS, server.options("orders"))
                .declare("snapshot", COLUMNS, server.options("orders", Map.of("scan.bounded.mode", "latest")))
                .run("CREATE TEMPORARY TABLE numbers (id BIGINT NOT NULL, name STRING) WITH ('connector' = 'datagen', "
                        + "'number-of-rows' = '1000', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', "
                        + "'fields.id.end' = '1000', 'fields.name.length' = '8')");

        session.await("INSERT INTO orders (id, name) SELECT id, name FROM numbers");

        List<Row> ids = session.rows("SELECT id, price FROM snapshot");
        assertThat(ids)
                .hasSize(1000)
                .allSatisfy(row -> assertThat(row.getField(1)).isNull());
        assertThat(ids.stream().map(row -> row.getField(0)).distinct()).hasSize(1000);
    }

    @Test
    void anUnboundedReadShowsWhatIsCommittedWhileItRuns() throws Exception {
        orders();
        SqlSession session = SqlSession.streaming()
                .declare("orders", COLUMNS, server.options("orders", Map.of("scan.discovery.interval", "50 ms")))
                .run("CREATE TEMPORARY TABLE ticks (id BIGINT NOT NULL) WITH ('connector' = 'datagen', "
                        + "'rows-per-second' = '500', 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', "
                        + "'fields.id.end' = '100000')");

        TableResult writer = session.start("INSERT INTO orders (id) SELECT id FROM ticks");
        List<Long> seen = new ArrayList<>();
        try (CloseableIterator<Row> rows =
                session.start("SELECT id FROM orders").collect()) {
            while (seen.size() < 1000) {
                seen.add((Long) rows.next().getField(0));
            }
        } finally {
            writer.getJobClient().orElseThrow().cancel().get();
        }

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void aJobFollowsASubscriptionIntoAnotherTableAndMovesItOn() throws Exception {
        TableRef orders = orders();
        server.client()
                .subscriptions()
                .create(CreateSubscriptionRequestBuilder.builder()
                        .subscriberId("follower")
                        .sourceTables(List.of(Map.of("namespace", orders.namespace(), "table", orders.table())))
                        .build());
        SqlSession session = SqlSession.streaming()
                .declare("orders", COLUMNS, server.options("orders"))
                .declare(
                        "followed",
                        COLUMNS,
                        server.options(
                                "orders",
                                Map.of("scan.subscription-id", "follower", "scan.discovery.interval", "50 ms")))
                .declare(
                        "copies",
                        COLUMNS,
                        server.options(
                                "copies", Map.of("sink.create-if-missing", "true", "scan.bounded.mode", "latest")));
        session.await("INSERT INTO orders VALUES (1, 'a', 1.50)");

        TableResult follower = session.start("INSERT INTO copies SELECT * FROM followed");
        session.await("INSERT INTO orders VALUES (2, 'b', 2.50)");
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(server.client().subscriptions().watermark("follower"))
                                    .hasValueSatisfying(watermark -> assertThat(watermark.partitionWatermarks())
                                            .containsValue(2L)));
            // The copy is committed at the same notification, but by another task.
            Awaitility.await()
                    .pollInSameThread() // the planner keeps state in thread locals
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(session.rows("SELECT id, name FROM copies"))
                            .containsExactlyInAnyOrder(Row.of(1L, "a"), Row.of(2L, "b")));
        } finally {
            follower.getJobClient().orElseThrow().cancel().get();
        }
    }

    @Test
    void onlyWantedColumnsAreReadAndThePlanSaysSo() throws Exception {
        orders();
        SqlSession session = SqlSession.batch().declare("orders", COLUMNS, server.options("orders"));
        session.await("INSERT INTO orders VALUES (1, 'a', 1.50), (2, 'b', 2.50)");

        assertThat(session.explain("SELECT price FROM orders")).contains("project=[price]");
        assertThat(session.rows("SELECT price, id FROM orders WHERE id = 2"))
                .containsExactly(Row.of(new BigDecimal("2.50"), 2L));
    }

    @Test
    void everyTypePassesThroughSql() throws Exception {
        String columns =
                "b BOOLEAN, i8 TINYINT, i16 SMALLINT, i32 INT, i64 BIGINT, f FLOAT, d DOUBLE, narrow DECIMAL(9, 3), "
                        + "wide DECIMAL(38, 10), s STRING, bin BYTES, born DATE, clock TIME(3), seen TIMESTAMP(6), "
                        + "happened TIMESTAMP_LTZ(3), xs ARRAY<INT>, m MAP<STRING, BIGINT>, r ROW<x INT, y ARRAY<STRING>>";
        SqlSession session = SqlSession.batch();
        session.declare("written", columns, server.options("all_types", Map.of("sink.create-if-missing", "true")));

        session.await(
                "INSERT INTO written SELECT TRUE, CAST(-1 AS TINYINT), CAST(2 AS SMALLINT), 3, CAST(4 AS BIGINT), "
                        + "CAST(1.5 AS FLOAT), CAST(2.5 AS DOUBLE), CAST(-1.234 AS DECIMAL(9, 3)), "
                        + "CAST('12345678901234567890.0123456789' AS DECIMAL(38, 10)), 'größe', x'0102', DATE '2013-01-31', "
                        + "TIME '10:11:12.345', TIMESTAMP '1969-12-31 23:59:59.123456', "
                        + "TO_TIMESTAMP_LTZ(1700000000123, 3), ARRAY[1, CAST(NULL AS INT)], MAP['k', CAST(7 AS BIGINT)], "
                        + "CAST(ROW(5, ARRAY['a', 'b']) AS ROW<x INT, y ARRAY<STRING>>)");
        session.await("INSERT INTO written (b) SELECT CAST(NULL AS BOOLEAN)");

        List<Row> rows = session.rows("SELECT * FROM written");
        assertThat(rows).hasSize(2);
        Row full =
                rows.stream().filter(row -> row.getField(0) != null).findFirst().orElseThrow();
        Row empty =
                rows.stream().filter(row -> row.getField(0) == null).findFirst().orElseThrow();
        assertThat(full.getField("narrow")).isEqualTo(new BigDecimal("-1.234"));
        assertThat(full.getField("wide")).isEqualTo(new BigDecimal("12345678901234567890.0123456789"));
        assertThat(full.getField("s")).isEqualTo("größe");
        assertThat(full.getField("bin")).isEqualTo(new byte[] {1, 2});
        assertThat(full.getField("born")).isEqualTo(LocalDate.of(2013, 1, 31));
        assertThat(full.getField("clock")).isEqualTo(LocalTime.of(10, 11, 12, 345_000_000));
        assertThat(full.getField("seen")).isEqualTo(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 123_456_000));
        assertThat(full.getField("happened")).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
        assertThat(full.getField("xs")).isEqualTo(new Integer[] {1, null});
        assertThat(full.getField("m")).isEqualTo(Map.of("k", 7L));
        assertThat(full.getField("r")).isEqualTo(Row.of(5, new String[] {"a", "b"}));
        for (int i = 0; i < empty.getArity(); i++) {
            assertThat(empty.getField(i)).isNull();
        }
    }

    @Test
    void aMissingTableIsCreatedWithTheDeclaredColumnsOnlyWhenAJobStarts() throws Exception {
        TableRef table = TableRef.of("sales", "fresh");
        SqlSession session = SqlSession.batch()
                .declare("fresh", COLUMNS, server.options("fresh", Map.of("sink.create-if-missing", "true")));

        assertThat(session.explain("INSERT INTO fresh VALUES (1, 'a', 1.0)")).contains("fresh");
        assertThat(server.client().catalog().findTable(table)).isEmpty();

        session.await("INSERT INTO fresh VALUES (1, 'a', 1.0)");

        assertThat(session.rows("SELECT * FROM fresh")).containsExactly(Row.of(1L, "a", new BigDecimal("1.00")));
        assertThat(TableSchemas.schemaOf(server.client().catalog().describeTable(table))
                        .map(LogicalTypes::toRowType))
                .hasValue((RowType) DataTypes.ROW(
                                DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                DataTypes.FIELD("name", DataTypes.STRING()),
                                DataTypes.FIELD("price", DataTypes.DECIMAL(10, 2)))
                        .notNull()
                        .getLogicalType());
    }

    @Test
    void anAggregationIsKeptUpToDateInATableWithMergeKeys() throws Exception {
        TableRef table = server.createTable(
                "totals",
                new Schema(List.of(
                        FieldMetadata.withMergeKey(TypeNames.field("name", "string", false)),
                        TypeNames.field("orders", "int64", true))));
        SqlSession session = SqlSession.streaming()
                .declare(
                        "totals",
                        "name STRING NOT NULL, orders BIGINT, PRIMARY KEY (name) NOT ENFORCED",
                        server.options("totals"))
                .run("CREATE TEMPORARY TABLE numbers (id BIGINT NOT NULL) WITH ('connector' = 'datagen', "
                        + "'number-of-rows' = '1000', 'fields.id.kind' = 'sequence', 'fields.id.start' = '0', "
                        + "'fields.id.end' = '999')");

        session.await(
                "INSERT INTO totals SELECT CAST(MOD(id, 7) AS STRING), COUNT(*) FROM numbers " + "GROUP BY MOD(id, 7)");

        assertThat(server.client().catalog().read(table).toList())
                .extracting(row -> row.get("name"), row -> row.get("orders"))
                .containsExactlyInAnyOrder(
                        tuple("0", 143L),
                        tuple("1", 143L),
                        tuple("2", 143L),
                        tuple("3", 143L),
                        tuple("4", 143L),
                        tuple("5", 143L),
                        tuple("6", 142L));
    }

    @Test
    void operatorsOfAnInsertHaveIdsMadeOfTheSinksId() throws Exception {
        orders();
        SqlSession session = SqlSession.batch()
                .declare("orders", COLUMNS, server.options("orders", Map.of("sink.id", "nightly")))
                .declare("same", COLUMNS, server.options("orders", Map.of("sink.id", "nightly")));

        assertThat(session.operatorIds("INSERT INTO orders VALUES (1, 'a', 1.0)"))
                .contains(
                        "deltacat-sink-nightly",
                        "deltacat-sink-nightly: prepare",
                        "Sink Committer: deltacat-sink-nightly");
        assertThatThrownBy(() -> session.operatorIds(
                        "INSERT INTO orders VALUES (1, 'a', 1.0)", "INSERT INTO same VALUES (2, 'b', 1.0)"))
                .hasStackTraceContaining("nightly")
                .hasStackTraceContaining("Set 'sink.id'");
    }

    @Test
    void declaringATableAsksNothingAndPlanningAsksOnce() {
        orders();
        SqlSession session = SqlSession.batch().declare("orders", COLUMNS, server.options("orders"));
        assertDescribed(0);

        session.explain("SELECT name FROM orders WHERE price > 1 ORDER BY id LIMIT 3");
        assertDescribed(1);

        session.explain("INSERT INTO orders VALUES (1, 'a', 1.0)");
        assertDescribed(2);
    }

    private void assertDescribed(long times) {
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(server.describedTables()).isEqualTo(times));
    }
}
