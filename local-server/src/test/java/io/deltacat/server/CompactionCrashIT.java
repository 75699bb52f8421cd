package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.TableRef;
import io.deltacat.client.write.WriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} while partitions are compacted: whatever step it strikes, contents are those that were acknowledged. */
class CompactionCrashIT {
    private static final TableRef TABLE = TableRef.of("default", "k");
    private static final int ROUNDS = 3;

    @TempDir
    Path directory;

    private Map<Object, Object> unsettled = Map.of();

    @Test
    void contentsSurviveAKillAtAnyMoment() throws Exception {
        long seed = 711;
        Random random = new Random(seed);
        Map<Object, Object> acknowledged = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(directory);
                    DeltaCatClient client = DeltaCatClient.builder()
                            .uri(server.uri())
                            .retry(RetryPolicy.NONE)
                            .requestTimeout(Duration.ofSeconds(2))
                            .commitTimeout(Duration.ofSeconds(2))
                            .build()) {
                ServerClient http = new ServerClient(server.uri());
                if (round == 0) {
                    ServerClient.require(
                            http.post(
                                    "/v1/namespaces/default/tables",
                                    "{\"table\":\"k\",\"schema_def\":[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false,"
                                            + "\"is_merge_key\":true},{\"name\":\"name\",\"type\":\"string\"}],"
                                            + "\"table_version_properties\":{\"read_optimization_level\":\"max\"}}"),
                            201);
                } else {
                    assertThat(rows(client)).as("seed %s round %s", seed, round).isEqualTo(acknowledged);
                    requireFiles(http);
                }
                int delay = 400 + random.nextInt(1_200);
                CompletableFuture<Void> killed = CompletableFuture.runAsync(
                        () -> kill(server), CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS));
                writeUntilKilled(client, random, round, acknowledged);
                killed.get(30, TimeUnit.SECONDS);
            }
            settle(acknowledged, random);
        }
        requireCompacted(acknowledged);
    }

    private void writeUntilKilled(DeltaCatClient client, Random random, int round, Map<Object, Object> acknowledged) {
        for (int i = 0; ; i++) {
            Map<Object, Object> next = new HashMap<>(acknowledged);
            List<Map<String, Object>> rows = new ArrayList<>();
            boolean delete = random.nextInt(4) == 0;
            for (int k = 0; k < 3; k++) {
                long id = random.nextInt(20) * 3L + k;
                String name = round + "/" + i + "/" + k;
                rows.add(Map.of("id", id, "name", name));
                if (delete) {
                    next.remove(id);
                } else {
                    next.put(id, name);
                }
            }
            try {
                client.catalog()
                        .write(TABLE)
                        .mode(delete ? WriteMode.DELETE : WriteMode.MERGE)
                        .rows(rows);
            } catch (DeltaCatException e) {
                unsettled = next;
                return;
            }
            acknowledged.clear();
            acknowledged.putAll(next);
        }
    }

    /** The write under way when the server died may have happened or not; what the server says now holds from here on. */
    private void settle(Map<Object, Object> acknowledged, Random random) throws Exception {
        try (ServerProcess server = ServerProcess.start(directory, "--no-compaction");
                DeltaCatClient client =
                        DeltaCatClient.builder().uri(server.uri()).build()) {
            Map<Object, Object> now = rows(client);
            assertThat(now).isIn(acknowledged, unsettled);
            acknowledged.clear();
            acknowledged.putAll(now);
            if (random.nextBoolean()) {
                server.kill();
            }
        }
    }

    /** What was interrupted is done in the end. */
    private void requireCompacted(Map<Object, Object> acknowledged) throws Exception {
        try (ServerProcess server = ServerProcess.start(directory);
                DeltaCatClient client =
                        DeltaCatClient.builder().uri(server.uri()).build()) {
            ServerClient http = new ServerClient(server.uri());
            client.catalog().write(TABLE).mode(WriteMode.MERGE).rows(List.of(Map.of("id", 1L, "name", "last")));
            acknowledged.put(1L, "last");
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (http.plan("k").get("requires_mor").asBoolean()) {
                assertThat(System.nanoTime() - end)
                        .as("waited in vain for a compaction")
                        .isNegative();
                LockSupport.parkNanos(50_000_000);
            }
            assertThat(rows(client)).isEqualTo(acknowledged);
            requireFiles(http);
        }
    }

    private static void kill(ServerProcess server) {
        try {
            server.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<Object, Object> rows(DeltaCatClient client) {
        Map<Object, Object> rows = new HashMap<>();
        client.catalog()
                .read(TABLE)
                .toList()
                .forEach(row ->
                        assertThat(rows.put(row.get("id"), row.get("name"))).isNull());
        return rows;
    }

    private static void requireFiles(ServerClient http) {
        for (JsonNode task : http.plan("k").get("scan_tasks")) {
            task.get("files")
                    .forEach(file -> assertThat(
                                    Files.exists(Path.of(file.get("path").asText())))
                            .isTrue());
        }
    }
}
