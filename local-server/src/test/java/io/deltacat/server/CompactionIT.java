package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.write.WriteMode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionIT {
    private static final String KEYED =
            "[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false,\"is_merge_key\":true},"
                    + "{\"name\":\"name\",\"type\":\"string\"}]";

    @TempDir
    Path directory;

    private LocalServer server;
    private ServerClient http;
    private DeltaCatClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        http = new ServerClient(server.uri());
        client = DeltaCatClient.builder().uri(server.uri()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aKeyedTableIsReadWithoutMergeAfterwardsAndAsBefore() {
        create("k", KEYED, "");
        write("k", WriteMode.MERGE, rows(1, "a", 2, "b", 3, "c"));
        write("k", WriteMode.MERGE, rows(2, "B", 4, "d"));
        write("k", WriteMode.DELETE, rows(1, "x"));
        long before = time();
        JsonNode plan = http.plan("k");
        assertThat(plan.get("requires_mor").asBoolean()).isTrue();
        assertThat(plan.at("/mor_plan/hash_bucket_count").asInt()).isEqualTo(8);
        String old = plan.at("/scan_tasks/0/partition_id").asText();
        Map<Object, Object> expected = Map.of(2L, "B", 3L, "c", 4L, "d");
        assertThat(keyed("k", null)).isEqualTo(expected);

        compact("k");
        await(
                "the new partition",
                () -> !partition("k").get("partition_id").asText().equals(old));

        JsonNode partition = http.get(http.partitionPath("k")).body();
        assertThat(partition.get("previous_partition_id").asText()).isEqualTo(old);
        assertThat(partition.get("stream_position").asLong()).isEqualTo(3);
        assertThat(partition
                        .at("/compaction_round_completion_info/compacted_delta_locator/stream_position")
                        .asLong())
                .isEqualTo(3);
        assertThat(http.plan("k").get("requires_mor").asBoolean()).isFalse();
        assertThat(http.plan("k").get("total_records").asLong()).isEqualTo(3);
        assertThat(keyed("k", null)).isEqualTo(expected);
        assertThat(keyed("k", before)).isEqualTo(expected);
        assertThat(http.plan("k", "as_of=" + before).get("requires_mor").asBoolean())
                .isTrue();
        String stream = partition.get("stream_id").asText();
        Answer history = http.get(
                "/v1/namespaces/default/tables/k/versions/1/streams/" + stream + "/partitions/" + old + "/deltas");
        assertThat(history.body()).hasSize(3);

        write("k", WriteMode.MERGE, rows(2, "bb", 9, "n"));
        assertThat(keyed("k", null)).isEqualTo(Map.of(2L, "bb", 3L, "c", 4L, "d", 9L, "n"));
        assertThat(http.get(http.partitionPath("k")).at("stream_position").asLong())
                .isEqualTo(4);
    }

    @Test
    void anAppendTableKeepsItsOrderAndIsCompactedByItsCounters() {
        create("a", ServerClient.SCHEMA, ",\"table_properties\":{\"appended_delta_count_compaction_trigger\":4}");
        List<Object> ids = new ArrayList<>();
        for (long i = 0; i < 10; i++) {
            write("a", i % 3 == 2 ? WriteMode.ADD : WriteMode.APPEND, rows(i, "r" + i, i + 100, "s" + i));
        }
        await("a compacted delta and less than a trigger behind it", () -> {
            JsonNode partition = partition("a");
            return partition.get("revision").asLong() < 5 && partition.has("previous_partition_id");
        });
        client.catalog().read(TableRef.of("default", "a")).toList().forEach(row -> ids.add(row.get("id")));
        assertThat(ids).hasSize(20).doesNotHaveDuplicates();
        List<Object> appended =
                ids.stream().filter(id -> ((Long) id % 100) % 3 != 2).toList();
        assertThat(appended).containsExactly(0L, 100L, 1L, 101L, 3L, 103L, 4L, 104L, 6L, 106L, 7L, 107L, 9L, 109L);
        assertThat(http.get("/v1/namespaces/default/tables/a/compact")
                        .at("appended_delta_count_trigger")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void aTableMayBeCompactedAfterEveryWriteOrNever() {
        create("max", KEYED, ",\"table_version_properties\":{\"read_optimization_level\":\"max\"}");
        create(
                "none",
                KEYED,
                ",\"table_version_properties\":{\"read_optimization_level\":\"none\","
                        + "\"appended_delta_count_compaction_trigger\":1}");
        write("none", WriteMode.MERGE, rows(1, "a"));
        write("none", WriteMode.MERGE, rows(1, "b"));
        write("max", WriteMode.MERGE, rows(1, "a", 2, "b"));
        await("no merge", () -> !http.plan("max").get("requires_mor").asBoolean());
        write("max", WriteMode.DELETE, rows(1, ""));
        await("no merge", () -> !http.plan("max").get("requires_mor").asBoolean());
        assertThat(keyed("max", null)).isEqualTo(Map.of(2L, "b"));
        assertThat(http.plan("none").get("requires_mor").asBoolean()).isTrue();
        assertThat(http.get("/v1/namespaces/default/tables/none/compact")
                        .at("read_optimization_level")
                        .asText())
                .isEqualTo("none");
    }

    @Test
    void aTransactionThatBeganBeforeCommitsBehindTheCompactedDelta() {
        create("k", KEYED, "");
        write("k", WriteMode.MERGE, rows(1, "a"));
        write("k", WriteMode.MERGE, rows(2, "b"));
        RemoteTransaction transaction = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        JsonNode session = require(
                        http.openSession(
                                "k",
                                "merge",
                                "\"transaction_id\":\"" + transaction.transactionId() + "\"",
                                "\"transaction_version\":" + transaction.transactionVersion()),
                        200)
                .body();
        JsonNode attached = require(
                        http.commitSession(
                                session,
                                1,
                                "op",
                                ",\"transaction_version\":" + session.get("transaction_version"),
                                ServerClient.entry(session, "f.parquet", 1)),
                        200)
                .body();
        String old = partition("k").get("partition_id").asText();
        compact("k");
        await(
                "the new partition",
                () -> !partition("k").get("partition_id").asText().equals(old));
        Answer committed = http.post(
                "/v1/transactions/" + transaction.transactionId() + "/commit",
                "{\"transaction_version\":" + attached.get("transaction_version") + "}");
        assertThat(committed.status()).as(committed.text()).isEqualTo(200);
        assertThat(http.get(http.partitionPath("k")).at("stream_position").asLong())
                .isEqualTo(3);
    }

    @Test
    void contentsAreTheSameAtEveryTimeWhateverIsCompactedMeanwhile() throws Exception {
        long seed = 20_261_122;
        Random random = new Random(seed);
        create("r", KEYED, ",\"table_version_properties\":{\"appended_delta_count_compaction_trigger\":3}");
        TreeMap<Long, Map<Object, Object>> history = new TreeMap<>();
        Map<Object, Object> model = new HashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int reads = 0;
            while (!done.get()) {
                Map<Object, Object> now = keyed("r", null);
                assertThat(now.keySet()).allMatch(id -> (Long) id < 40);
                reads++;
            }
            return reads;
        });
        for (int i = 0; i < 40; i++) {
            Map<Object, Object> changes = new LinkedHashMap<>();
            for (int k = 0; k <= random.nextInt(6); k++) {
                changes.put((long) random.nextInt(40), "v" + i);
            }
            boolean delete = random.nextInt(4) == 0;
            write("r", delete ? WriteMode.DELETE : WriteMode.MERGE, asRows(changes));
            if (delete) {
                model.keySet().removeAll(changes.keySet());
            } else {
                model.putAll(changes);
            }
            history.put(time(), Map.copyOf(model));
            if (random.nextInt(12) == 0) {
                compact("r");
            }
        }
        done.set(true);
        assertThat(reader.get()).isPositive();
        await(
                "a compaction",
                () -> !partition("r").path("previous_partition_id").isMissingNode());
        assertThat(keyed("r", null)).as("seed %s", seed).isEqualTo(model);
        history.forEach((time, expected) ->
                assertThat(keyed("r", time)).as("seed %s at %s", seed, time).isEqualTo(expected));
    }

    private void create(String table, String schema, String more) {
        require(
                http.post(
                        "/v1/namespaces/default/tables",
                        "{\"table\":\"" + table + "\",\"schema_def\":" + schema + more + "}"),
                201);
    }

    private void write(String table, WriteMode mode, List<Map<String, Object>> rows) {
        client.catalog().write(TableRef.of("default", table)).mode(mode).rows(rows);
    }

    private static List<Map<String, Object>> rows(Object... values) {
        Map<Object, Object> rows = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i += 2) {
            rows.put(((Number) values[i]).longValue(), values[i + 1]);
        }
        return asRows(rows);
    }

    private static List<Map<String, Object>> asRows(Map<Object, Object> rows) {
        List<Map<String, Object>> list = new ArrayList<>();
        rows.forEach((id, name) -> list.add(Map.of("id", id, "name", name)));
        return list;
    }

    private Map<Object, Object> keyed(String table, Long asOf) {
        var read = client.catalog().read(TableRef.of("default", table));
        if (asOf != null) {
            read.asOf(Instant.ofEpochSecond(asOf / 1_000_000_000L, asOf % 1_000_000_000L));
        }
        Map<Object, Object> rows = new HashMap<>();
        read.toList()
                .forEach(row ->
                        assertThat(rows.put(row.get("id"), row.get("name"))).isNull());
        return rows;
    }

    /** A time after everything committed so far, by the server's clock. */
    private long time() {
        RemoteTransaction probe = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        client.transactions().abort(probe.transactionId(), probe.transactionVersion(), "it only told the time");
        return probe.createdAt();
    }

    private void compact(String table) {
        Answer submitted =
                http.post("/v1/jobs/submit/compaction", "{\"namespace\":\"default\",\"table\":\"" + table + "\"}");
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(200);
        assertThat(submitted.at("submitted").asBoolean()).isTrue();
    }

    private JsonNode partition(String table) {
        return http.get(http.partitionPath(table)).body();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
