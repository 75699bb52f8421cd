package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.SchemaUpdates;
import io.deltacat.client.model.AlterTableRequestBuilder;
import io.deltacat.client.write.WriteMode;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tables with merge keys, and tables whose past changes, read by SQL from a real server. */
@Timeout(40)
class SqlChangelogIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private static final Schema KEYED = new Schema(List.of(
            FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
            TypeNames.field("name", "string", true)));
    private static final Schema PLAIN =
            new Schema(List.of(TypeNames.field("id", "int64", false), TypeNames.field("name", "string", true)));
    private static final String COLUMNS = "id BIGINT NOT NULL, name STRING";
    private static final String KEYED_COLUMNS = COLUMNS + ", PRIMARY KEY (id) NOT ENFORCED";

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

    private void write(TableRef table, WriteMode mode, Object... idsAndNames) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < idsAndNames.length; i += 2) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", ((Number) idsAndNames[i]).longValue());
            row.put("name", idsAndNames[i + 1]);
            rows.add(row);
        }
        server.client().catalog().write(table).mode(mode).rows(rows);
    }

    private void compact(TableRef table) throws Exception {
        String before = onlyPartition(table);
        HttpRequest submit = HttpRequest.newBuilder(URI.create(server.uri() + "/v1/jobs/submit/compaction"))
                .header("Authorization", "Bearer " + ServerFixture.TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"namespace\":\"%s\",\"table\":\"%s\"}".formatted(table.namespace(), table.table())))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(submit, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !onlyPartition(table).equals(before));
    }

    private String onlyPartition(TableRef table) {
        var description = server.client().catalog().describeTable(table);
        return server.client()
                .catalog()
                .listPartitions(table.withVersion(description.tableVersion()), description.streamId())
                .get(0)
                .partitionId();
    }

    private Map<Object, Object> merged(TableRef table) {
        Map<Object, Object> rows = new TreeMap<>();
        server.client().catalog().read(table).toList().forEach(row -> rows.put(row.get("id"), row.get("name")));
        return rows;
    }

    /** Folds a changelog until it is as wanted. */
    private static void foldUntil(
            CloseableIterator<Row> changes, Map<Object, Object> folded, Map<Object, Object> wanted) {
        while (!folded.equals(wanted) && changes.hasNext()) {
            Row change = changes.next();
            if (change.getKind() == RowKind.DELETE || change.getKind() == RowKind.UPDATE_BEFORE) {
                folded.remove(change.getField(0));
            } else {
                folded.put(change.getField(0), change.getField(1));
            }
        }
        assertThat(folded).isEqualTo(wanted);
    }

    @Test
    void batchModeReadsTheMergedRows() throws Exception {
        TableRef table = server.createTable("k", KEYED);
        write(table, WriteMode.MERGE, 1, "a", 2, "b", 3, "c");
        write(table, WriteMode.MERGE, 2, "B", 4, "d");
        write(table, WriteMode.DELETE, 1, null);

        List<Row> rows = SqlSession.batch()
                .declare("k", COLUMNS, server.options("k"))
                .declare("keyed", KEYED_COLUMNS, server.options("k"))
                .rows("SELECT * FROM k");
        assertThat(rows).containsExactlyInAnyOrder(Row.of(2L, "B"), Row.of(3L, "c"), Row.of(4L, "d"));
        assertThat(SqlSession.batch()
                        .declare("keyed", KEYED_COLUMNS, server.options("k"))
                        .rows("SELECT name FROM keyed WHERE id > 2 AND name <> 'c'"))
                .containsExactly(Row.of("d"));
    }

    @Test
    void aFollowedTableIsASnapshotThenChangesThroughCompactions() throws Exception {
        TableRef table = server.createTable("k", KEYED);
        write(table, WriteMode.MERGE, 1, "a", 2, "b", 3, "c");
        write(table, WriteMode.MERGE, 2, "B");
        SqlSession session = SqlSession.streaming()
                .declare("k", KEYED_COLUMNS, server.options("k", Map.of("scan.discovery.interval", "20 ms")));
        Map<Object, Object> folded = new TreeMap<>();
        try (CloseableIterator<Row> changes =
                session.start("SELECT id, name FROM k").collect()) {
            foldUntil(changes, folded, merged(table));
            write(table, WriteMode.DELETE, 1, null);
            write(table, WriteMode.MERGE, 3, "C", 5, "e");
            foldUntil(changes, folded, merged(table));
            write(table, WriteMode.MERGE, 6, "f");
            compact(table);
            write(table, WriteMode.DELETE, 5, null, 2, null);
            write(table, WriteMode.MERGE, 7, "g");
            compact(table);
            write(table, WriteMode.MERGE, 1, "again");
            foldUntil(changes, folded, merged(table));
        }
        assertThat(folded).containsEntry(1L, "again").doesNotContainKey(5L).hasSize(4);
    }

    @Test
    void deltasAreReadAsTheyWereWrittenWithTheirKind() throws Exception {
        TableRef table = server.createTable("k", KEYED);
        write(table, WriteMode.MERGE, 1, "a");
        write(table, WriteMode.MERGE, 1, "A");
        write(table, WriteMode.DELETE, 1, null);
        List<Row> rows = SqlSession.batch()
                .declare(
                        "k",
                        COLUMNS + ", kind STRING METADATA FROM 'delta-kind' VIRTUAL, pos BIGINT METADATA FROM"
                                + " 'stream-position' VIRTUAL, f STRING METADATA FROM 'file-path' VIRTUAL",
                        server.options("k", Map.of("scan.changelog.mode", "append-only")))
                .rows("SELECT id, name, kind, pos, f IS NOT NULL FROM k");
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        Row.of(1L, "a", "upsert", 1L, true),
                        Row.of(1L, "A", "upsert", 2L, true),
                        Row.of(1L, null, "delete", 3L, true));
    }

    @Test
    void filtersAndLimitsArePushedDown() throws Exception {
        TableRef table = server.createTable("t", PLAIN);
        for (int i = 0; i < 5; i++) {
            write(table, WriteMode.APPEND, i * 10, "n" + i, i * 10 + 1, null);
        }
        SqlSession session = SqlSession.batch().declare("t", COLUMNS, server.options("t"));
        assertThat(session.explain("SELECT name FROM t WHERE id >= 30")).contains("filter=[>=(id, 30");
        assertThat(session.rows("SELECT name FROM t WHERE id >= 30 AND name IS NOT NULL"))
                .containsExactlyInAnyOrder(Row.of("n3"), Row.of("n4"));
        assertThat(session.rows("SELECT id FROM t LIMIT 3")).hasSize(3);
        assertThat(session.rows("SELECT COUNT(*) FROM t")).containsExactly(Row.of(10L));
    }

    @Test
    void aTableIsReadAsItWasAndBetweenTwoTimes() throws Exception {
        TableRef table = server.createTable("t", PLAIN);
        write(table, WriteMode.APPEND, 1, "a");
        write(table, WriteMode.ADD, 2, "b");
        String first = time();
        write(table, WriteMode.APPEND, 3, "c");
        compact(table);
        write(table, WriteMode.ADD, 4, "d");
        String second = time();
        write(table, WriteMode.APPEND, 5, "e");
        Map<String, String> until = Map.of("scan.bounded.mode", "as-of", "scan.bounded.timestamp", first);
        Map<String, String> between = Map.of(
                "scan.startup.mode",
                "timestamp",
                "scan.startup.timestamp",
                first,
                "scan.bounded.mode",
                "as-of",
                "scan.bounded.timestamp",
                second);
        SqlSession session = SqlSession.batch()
                .declare("was", COLUMNS, server.options("t", until))
                .declare("part", COLUMNS, server.options("t", between));
        assertThat(session.rows("SELECT id FROM was")).containsExactlyInAnyOrder(Row.of(1L), Row.of(2L));
        assertThat(session.rows("SELECT id FROM part")).containsExactlyInAnyOrder(Row.of(3L), Row.of(4L));
    }

    @Test
    void compactionsOfAFollowedTableRepeatAndLoseNothing() throws Exception {
        TableRef table = server.createTable("t", PLAIN);
        write(table, WriteMode.APPEND, 1, "a");
        write(table, WriteMode.ADD, 2, "b");
        SqlSession session = SqlSession.streaming()
                .declare("t", COLUMNS, server.options("t", Map.of("scan.discovery.interval", "20 ms")));
        List<Object> ids = new ArrayList<>();
        try (CloseableIterator<Row> rows = session.start("SELECT id FROM t").collect()) {
            take(rows, ids, 2);
            write(table, WriteMode.APPEND, 3, "c");
            write(table, WriteMode.ADD, 4, "d");
            compact(table);
            write(table, WriteMode.ADD, 5, "e");
            compact(table);
            write(table, WriteMode.APPEND, 6, "f");
            take(rows, ids, 6);
        }
        assertThat(ids).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aTruncatedTableStopsTheJobOrIsFollowedOn() throws Exception {
        TableRef table = server.createTable("t", PLAIN);
        write(table, WriteMode.APPEND, 1, "a");
        Map<String, String> fast = Map.of("scan.discovery.interval", "20 ms");
        Map<String, String> on = Map.of("scan.discovery.interval", "20 ms", "scan.on-replace", "resnapshot");
        SqlSession session = SqlSession.streamingWithoutCheckpoints()
                .declare("stops", COLUMNS, server.options("t", fast))
                .declare("goes_on", COLUMNS, server.options("t", on));
        List<Object> ids = new ArrayList<>();
        try (CloseableIterator<Row> stopped =
                        session.start("SELECT id FROM stops").collect();
                CloseableIterator<Row> going =
                        session.start("SELECT id FROM goes_on").collect()) {
            take(going, ids, 1);
            take(stopped, new ArrayList<>(), 1);
            server.client().catalog().truncateTable(table);
            write(table, WriteMode.APPEND, 2, "b");
            take(going, ids, 2);
            assertThatThrownBy(stopped::hasNext).hasStackTraceContaining("'scan.on-replace'");
        }
        assertThat(ids).containsExactly(1L, 2L);
    }

    @Test
    void aColumnAddedWhileTheTableIsFollowedIsReadByJobsThatDeclareIt() throws Exception {
        TableRef table = server.createTable("t", PLAIN);
        write(table, WriteMode.APPEND, 1, "a");
        Map<String, String> fast = Map.of("scan.discovery.interval", "20 ms");
        SqlSession session = SqlSession.streaming().declare("`before`", COLUMNS, server.options("t", fast));
        List<Object> ids = new ArrayList<>();
        try (CloseableIterator<Row> rows =
                session.start("SELECT id FROM `before`").collect()) {
            take(rows, ids, 1);
            server.client()
                    .catalog()
                    .alterTable(
                            table,
                            AlterTableRequestBuilder.builder()
                                    .schemaUpdates(SchemaUpdates.begin()
                                            .add(TypeNames.field("note", "string", true))
                                            .build())
                                    .build());
            server.client()
                    .catalog()
                    .write(table)
                    .mode(WriteMode.APPEND)
                    .rows(List.of(Map.of("id", 2L, "name", "b", "note", "new")));
            take(rows, ids, 2);
        }
        assertThat(ids).containsExactly(1L, 2L);
        assertThat(SqlSession.batch()
                        .declare("`now`", COLUMNS + ", note STRING", server.options("t"))
                        .rows("SELECT id, note FROM `now`"))
                .containsExactlyInAnyOrder(Row.of(1L, null), Row.of(2L, "new"));
    }

    @Test
    void aPrimaryKeyMustBeTheMergeKeys() {
        server.createTable("k", KEYED);
        server.createTable("t", PLAIN);
        SqlSession session = SqlSession.streaming()
                .declare("keyless", COLUMNS, server.options("k"))
                .declare("plain", KEYED_COLUMNS, server.options("t"));
        assertThatThrownBy(() -> session.explain("SELECT * FROM keyless"))
                .hasStackTraceContaining("Declare PRIMARY KEY (id) NOT ENFORCED");
        assertThatThrownBy(() -> session.explain("SELECT * FROM plain"))
                .hasStackTraceContaining("the table has no merge keys");
    }

    private static void take(CloseableIterator<Row> rows, List<Object> ids, int wanted) {
        while (ids.size() < wanted && rows.hasNext()) {
            ids.add(rows.next().getField(0));
        }
        assertThat(ids).hasSize(wanted);
    }

    /** A time by the server's clock, which is this machine's, after all that was committed. */
    private static String time() {
        return Instant.now().toString();
    }
}
