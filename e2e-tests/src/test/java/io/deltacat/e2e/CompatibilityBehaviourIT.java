package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.Conflict;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.catalog.CatalogClient;
import io.deltacat.client.catalog.DeltaRangeBuilder;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.StreamSummary;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.write.WriteMode;
import io.deltacat.e2e.MatrixScenario.Kind;
import io.deltacat.e2e.MatrixScenario.Peer;
import io.deltacat.e2e.MatrixScenario.Write;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, time travel, conflicts and listings between the real Python client and {@code client-core}. */
class CompatibilityBehaviourIT {
    private static final String NAMESPACE = "behaviour";
    private static final List<MatrixColumn> COLUMNS = MatrixColumn.FIRST;

    @TempDir
    private static Path directory;

    private static Neighbours world;

    @BeforeAll
    static void start() throws Exception {
        world = Neighbours.start(directory, NAMESPACE);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static MatrixScenario table(Kind kind, String name) throws Exception {
        MatrixScenario table = new MatrixScenario(Peer.PYTHON, "parquet", kind, name);
        world.java().create(table);
        return table;
    }

    private static Write rows(String mode, int first, int last) {
        return rows(mode, first, last, 0);
    }

    private static Write rows(String mode, int first, int last, int revision) {
        List<List<Object>> rows = new ArrayList<>();
        for (int id = first; id <= last; id++) {
            rows.add(MatrixColumn.row(id, revision, false));
        }
        return new Write(mode, COLUMNS, rows);
    }

    private static void pythonWrites(MatrixScenario table, Write write, String transaction) throws Exception {
        ObjectNode command = PythonSession.command("write", table).put("mode", write.mode());
        command.set(
                "columns", PythonSession.columns(write.columns(), table.kind().keyed()));
        command.set("rows", PythonSession.rows(write));
        world.python().run(transaction == null ? command : command.put("transaction", transaction));
    }

    private static long pythonCounts(MatrixScenario table, String transaction) throws Exception {
        ObjectNode command = PythonSession.read(table.table(), COLUMNS);
        return PythonSession.rows(
                        world.python().run(transaction == null ? command : command.put("transaction", transaction)))
                .size();
    }

    private static long javaCounts(MatrixScenario table) {
        return world.java().read(table).size();
    }

    private static TransactionRef javaWrites(MatrixScenario table, Write write, TransactionRef transaction) {
        WriteSession session = world.client()
                .catalog()
                .write(world.java().ref(table))
                .mode(WriteMode.valueOf(write.mode().toUpperCase(Locale.ROOT)))
                .transaction(transaction)
                .rows(JavaPeer.rows(write))
                .committedSession()
                .orElseThrow();
        return new TransactionRef(transaction.transactionId(), session.transactionVersion());
    }

    private static TransactionRef begin() {
        RemoteTransaction transaction = world.client()
                .transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        return new TransactionRef(transaction.transactionId(), transaction.transactionVersion());
    }

    @Test
    void aPythonTransactionOverTwoTablesIsSeenByJavaWholeAndAtItsCommit() throws Exception {
        MatrixScenario left = table(Kind.PLAIN, "python_left");
        MatrixScenario right = table(Kind.MERGED_PARTITIONED, "python_right");
        world.java().write(right, rows("merge", 1, 4));

        world.python().run(PythonSession.command("begin").put("name", "p1"));
        pythonWrites(left, rows("append", 1, 5), "p1");
        pythonWrites(right, rows("merge", 3, 6, 1), "p1");

        assertThat(javaCounts(left)).isZero();
        assertThat(javaCounts(right)).isEqualTo(4);
        assertThat(pythonCounts(left, "p1")).as("its own writes").isEqualTo(5);
        assertThat(pythonCounts(right, "p1")).as("its own writes").isEqualTo(6);

        world.python().run(PythonSession.command("commit").put("name", "p1"));
        assertThat(javaCounts(left)).isEqualTo(5);
        assertThat(javaCounts(right)).isEqualTo(6);
    }

    @Test
    void aJavaTransactionOverTwoTablesIsSeenByPythonWholeAndAtItsCommit() throws Exception {
        MatrixScenario left = table(Kind.PARTITIONED, "java_left");
        MatrixScenario right = table(Kind.MERGED, "java_right");

        TransactionRef transaction = begin();
        transaction = javaWrites(left, rows("append", 1, 5), transaction);
        transaction = javaWrites(right, rows("merge", 1, 3), transaction);

        assertThat(pythonCounts(left, null)).isZero();
        assertThat(JavaPeer.read(
                        world.client().catalog().read(world.java().ref(left)).transaction(transaction), COLUMNS))
                .as("its own writes")
                .hasSize(5);

        world.client().transactions().commit(transaction.transactionId(), transaction.transactionVersion());
        assertThat(pythonCounts(left, null)).isEqualTo(5);
        assertThat(pythonCounts(right, null)).isEqualTo(3);
    }

    @Test
    void whatATransactionWroteIsGoneWhenItIsAborted() throws Exception {
        MatrixScenario table = table(Kind.PLAIN, "aborted");
        world.python().run(PythonSession.command("begin").put("name", "p2"));
        pythonWrites(table, rows("append", 1, 5), "p2");
        world.python().run(PythonSession.command("abort").put("name", "p2"));
        TransactionRef transaction = javaWrites(table, rows("append", 6, 9), begin());
        world.client().transactions().abort(transaction.transactionId(), transaction.transactionVersion(), "a test");

        assertThat(javaCounts(table)).isZero();
        assertThat(pythonCounts(table, null)).isZero();
    }

    @Test
    void bothReadATableAsItWasBeforeItWasMergedAndReplaced() throws Exception {
        MatrixScenario table = table(Kind.MERGED, "travelled");
        List<Instant> moments = new ArrayList<>();
        for (Write write :
                List.of(rows("merge", 1, 6), rows("merge", 4, 8, 1), rows("delete", 1, 2), rows("replace", 20, 21))) {
            if (moments.size() % 2 == 0) {
                world.python().write(table, write);
            } else {
                world.java().write(table, write);
            }
            moments.add(Instant.now());
        }

        List<Integer> counts = new ArrayList<>();
        for (Instant moment : moments) {
            List<JsonNode> ofJava = JavaPeer.read(
                    world.client().catalog().read(world.java().ref(table)).asOf(moment), COLUMNS);
            long nanos = moment.getEpochSecond() * 1_000_000_000L + moment.getNano();
            List<JsonNode> ofPython = PythonSession.rows(world.python()
                    .run(PythonSession.read(table.table(), COLUMNS).put("as_of", nanos)));
            assertThat(PeerValue.lines(ofJava)).isEqualTo(PeerValue.lines(ofPython));
            counts.add(ofJava.size());
        }
        assertThat(counts).containsExactly(6, 8, 6, 2);
    }

    @Test
    void theLaterOfTwoOrderedWritersOfAPartitionLosesInBothLanguages() throws Exception {
        MatrixScenario table = table(Kind.PLAIN, "contended");
        pythonWrites(table, rows("append", 1, 1), null);

        world.python().run(PythonSession.command("begin").put("name", "p3"));
        pythonWrites(table, rows("append", 2, 2), "p3");
        world.java().write(table, rows("append", 3, 3));
        PythonSession.PythonError lost = catchThrowableOfType(
                PythonSession.PythonError.class,
                () -> world.python().run(PythonSession.command("commit").put("name", "p3")));
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.details().path("conflict_class").asText()).isEqualTo("retryable_stale_read");

        TransactionRef transaction = javaWrites(table, rows("append", 4, 4), begin());
        pythonWrites(table, rows("append", 5, 5), null);
        assertThatThrownBy(() -> world.client()
                        .transactions()
                        .commit(transaction.transactionId(), transaction.transactionVersion()))
                .isInstanceOfSatisfying(
                        Conflict.class, conflict -> assertThat(conflict.code()).isEqualTo("concurrent_modification"));

        assertThat(javaCounts(table)).isEqualTo(3);
        assertThat(pythonCounts(table, null)).isEqualTo(3);
    }

    @Test
    void writersThatOnlyAddNeverConflict() throws Exception {
        MatrixScenario table = table(Kind.PLAIN, "added");
        world.python().run(PythonSession.command("begin").put("name", "p4"));
        pythonWrites(table, rows("add", 1, 2), "p4");
        TransactionRef transaction = javaWrites(table, rows("add", 3, 4), begin());
        world.java().write(table, rows("add", 5, 6));
        world.python().run(PythonSession.command("commit").put("name", "p4"));
        world.client().transactions().commit(transaction.transactionId(), transaction.transactionVersion());

        assertThat(pythonCounts(table, null)).isEqualTo(6);
    }

    @Test
    void bothListTheSameStreamsPartitionsAndDeltas() throws Exception {
        MatrixScenario table = table(Kind.MERGED_PARTITIONED, "listed");
        world.java().write(table, rows("merge", 1, 6));
        world.python().write(table, rows("merge", 4, 8, 1));
        world.python().write(table, rows("delete", 1, 2));

        JsonNode ofPython =
                world.python().run(PythonSession.command("listing", table)).get("deltas");

        assertThat(lines(ofPython))
                .hasSizeGreaterThanOrEqualTo(4)
                .containsExactlyInAnyOrderElementsOf(lines(listing(table)));
    }

    private static List<String> lines(JsonNode deltas) {
        List<String> lines = new ArrayList<>();
        deltas.forEach(delta -> lines.add(delta.toString()));
        return lines;
    }

    private static ArrayNode listing(MatrixScenario scenario) {
        CatalogClient catalog = world.client().catalog();
        TableRef table = world.java().ref(scenario).withVersion("1");
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        for (StreamSummary stream : catalog.listStreams(table)) {
            for (PartitionSummary partition : catalog.listPartitions(table, stream.streamId())) {
                List<DeltaDetail> deltas = catalog.listDeltas(
                                DeltaRangeBuilder.builder()
                                        .table(table)
                                        .streamId(stream.streamId())
                                        .partitionId(partition.partitionId())
                                        .includeManifest(true)
                                        .build(),
                                null)
                        .items();
                deltas.forEach(delta -> found.add(JsonNodeFactory.instance
                        .arrayNode()
                        .add(stream.streamId())
                        .add(partition.partitionId())
                        .add(new ObjectMapper().<JsonNode>valueToTree(partition.partitionValues()))
                        .add(delta.streamPosition())
                        .add(delta.deltaType())
                        .add(delta.recordCount())
                        .add(files(delta))));
            }
        }
        return found;
    }

    private static ArrayNode files(DeltaDetail delta) {
        ArrayNode files = JsonNodeFactory.instance.arrayNode();
        delta.manifest().entries().stream()
                .map(entry -> Path.of(entry.url()).getFileName().toString())
                .sorted()
                .forEach(files::add);
        return files;
    }
}
