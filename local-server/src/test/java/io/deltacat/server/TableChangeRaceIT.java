package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables change under their writers: what was acknowledged is there, what was not is not, and every refusal says why. */
class TableChangeRaceIT {
    private static final String TABLES = "/v1/namespaces/default/tables/";
    private static final Set<Integer> FAIR = Set.of(200, 404, 409);
    private static final int WRITERS = 4;
    private static final int ROUNDS = 25;

    @TempDir
    Path directory;

    private final Set<Integer> statuses = new ConcurrentSkipListSet<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private LocalServer server;
    private ServerClient client;
    private long created;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        client = new ServerClient(server.uri());
        client.createTable("a");
        created = now();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void renamesAndAltersLoseNoRows() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String writer = "w" + i;
            work.add(() -> writeAll(writer, "add"));
        }
        work.add(this::rename);
        work.add(this::addColumns);
        runAll(work);

        String name = client.get(TABLES + "a").status() == 200 ? "a" : "b";
        assertThat(client.records(name)).isEqualTo(acknowledged.get()).isPositive();
        JsonNode plan = client.plan(name);
        Set<String> known = new TreeSet<>();
        plan.get("schemas_by_id").fieldNames().forEachRemaining(known::add);
        plan.get("scan_tasks")
                .forEach(task -> task.get("files")
                        .forEach(file ->
                                assertThat(known).contains(file.get("schema_id").asText())));
        Set<Integer> ids = new HashSet<>();
        plan.get("schema")
                .forEach(field ->
                        assertThat(ids.add(field.get("field_id").asInt())).isTrue());
        assertThat(ids).hasSize(2 + ROUNDS);
        assertThat(FAIR).containsAll(statuses);
    }

    @Test
    void truncationsTakeAllOrNothingOfAWrite() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String writer = "w" + i;
            work.add(() -> writeAll(writer, "append"));
        }
        work.add(() -> repeat(() -> client.post(TABLES + "a/truncate", "")));
        work.add(() -> repeat(
                () -> client.post(TABLES + "a/rollback", "{\"as_of\":" + Math.max(created, now() - 5_000_000) + "}")));
        runAll(work);
        assertThat(FAIR).containsAll(statuses);
        JsonNode plan = client.plan("a");
        Set<String> files = new HashSet<>();
        long records = 0;
        for (JsonNode task : plan.get("scan_tasks")) {
            for (JsonNode file : task.get("files")) {
                assertThat(files.add(file.get("path").asText())).isTrue();
                records += file.get("record_count").asLong();
            }
        }
        assertThat(plan.get("total_records").asLong()).isEqualTo(records).isLessThanOrEqualTo(acknowledged.get());
        List<Long> positions = new ArrayList<>();
        plan.get("scan_tasks")
                .forEach(task -> positions.add(task.get("stream_position").asLong()));
        assertThat(positions).doesNotHaveDuplicates();
    }

    private boolean writeAll(String writer, String mode) {
        for (int i = 0; i < ROUNDS; i++) {
            String file = writer + "-" + i;
            Answer session = client.openSession(i % 2 == 0 ? "a" : "b", mode);
            statuses.add(session.status());
            if (session.status() == 200) {
                Answer done =
                        client.commitSession(session.body(), "op_" + file, ServerClient.entry(session.body(), file, 3));
                statuses.add(done.status());
                if (done.status() == 200) {
                    acknowledged.addAndGet(3);
                }
            }
        }
        return true;
    }

    private boolean rename() {
        for (int i = 0; i < ROUNDS; i++) {
            String from = i % 2 == 0 ? "a" : "b";
            String to = i % 2 == 0 ? "b" : "a";
            statuses.add(
                    client.post(TABLES + from + "/rename?new_name=" + to, "").status());
        }
        return true;
    }

    private boolean addColumns() {
        int added = 0;
        while (added < ROUNDS) {
            String body = "{\"schema_updates\":{\"operations\":[{\"op\":\"add\",\"field\":{\"name\":\"c" + added
                    + "\",\"type\":\"int64\"}}]}}";
            Answer altered = client.put(TABLES + "a", body);
            if (altered.status() == 404) {
                altered = client.put(TABLES + "b", body);
            }
            statuses.add(altered.status());
            if (altered.status() == 200) {
                added++;
            }
        }
        return true;
    }

    private boolean repeat(Callable<Answer> change) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            statuses.add(change.call().status());
        }
        return true;
    }

    private static void runAll(List<Callable<Boolean>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (Future<Boolean> done : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long now() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
