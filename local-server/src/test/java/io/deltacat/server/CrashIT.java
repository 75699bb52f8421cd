package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server's process and looks at what is left. Rounds and seed: {@code -Dcrash.rounds=50 -Dcrash.seed=7}. */
class CrashIT {
    private static final int WRITERS = 4;

    @TempDir
    Path directory;

    @Test
    void aKillAtARandomMomentLosesNoAcknowledgedCommitAndDoublesNone() throws Exception {
        int rounds = Integer.getInteger("crash.rounds", 3);
        long seed = Long.getLong("crash.seed", 1);
        Random random = new Random(seed);
        Set<String> acknowledged = Collections.synchronizedSet(new HashSet<>());
        Set<String> tried = Collections.synchronizedSet(new HashSet<>());
        for (int round = 0; round < rounds; round++) {
            try (ServerProcess process = ServerProcess.start(directory)) {
                ServerClient client = new ServerClient(process.uri());
                if (round == 0) {
                    client.createTable("t");
                }
                verify(client, acknowledged, tried, "seed " + seed + " round " + round);
                killWhileWriting(process, round, random.nextInt(700) + 50, acknowledged, tried);
            }
        }
        try (ServerProcess process = ServerProcess.start(directory)) {
            verify(new ServerClient(process.uri()), acknowledged, tried, "seed " + seed + " at the end");
        }
        assertThat(acknowledged).as("the test wrote something").isNotEmpty();
    }

    private static void killWhileWriting(
            ServerProcess process, int round, int delayMillis, Set<String> acknowledged, Set<String> tried)
            throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        CountDownLatch killed = new CountDownLatch(1);
        for (int writer = 0; writer < WRITERS; writer++) {
            String name = "r" + round + "w" + writer;
            Thread thread = new Thread(() -> writeUntilDead(process, name, acknowledged, tried));
            thread.start();
            writers.add(thread);
        }
        killed.await(delayMillis, TimeUnit.MILLISECONDS);
        process.kill();
        for (Thread thread : writers) {
            thread.join(60_000);
        }
    }

    /** Commits one file after the other, half of them two at a time in a transaction. */
    private static void writeUntilDead(
            ServerProcess process, String name, Set<String> acknowledged, Set<String> tried) {
        ServerClient client = new ServerClient(process.uri());
        try {
            for (int i = 0; i < 10_000; i++) {
                String file = name + "-" + i;
                if (i % 2 == 0) {
                    tried.add(file);
                    client.write("t", "add", file, 1);
                    acknowledged.add(file);
                } else {
                    tried.add(file + "a");
                    tried.add(file + "b");
                    JsonNode transaction = client.begin();
                    client.attach(transaction, 1, "t", "add", file + "a", 1);
                    client.attach(transaction, 3, "t", "add", file + "b", 1);
                    ServerClient.require(client.finish(transaction, "commit", 5), 200);
                    acknowledged.add(file + "a");
                    acknowledged.add(file + "b");
                }
            }
        } catch (UncheckedIOException | AssertionError dead) {
            return; // the server was killed under this request; whether it was applied is what the test looks at
        }
    }

    private static void verify(ServerClient client, Set<String> acknowledged, Set<String> tried, String when) {
        List<String> found = new ArrayList<>();
        client.plan("t")
                .get("scan_tasks")
                .forEach(task -> task.get("files")
                        .forEach(file -> found.add(
                                Path.of(file.get("path").asText()).getFileName().toString())));
        assertThat(found).as("doubled, %s", when).doesNotHaveDuplicates();
        assertThat(found).as("lost, %s", when).containsAll(acknowledged);
        assertThat(tried).as("invented, %s", when).containsAll(found);
        Set<String> present = new HashSet<>(found);
        for (String file : found) {
            if (file.endsWith("a")) {
                assertThat(present).as("half a transaction, %s", when).contains(file.replaceAll("a$", "b"));
            }
            if (file.endsWith("b")) {
                assertThat(present).as("half a transaction, %s", when).contains(file.replaceAll("b$", "a"));
            }
        }
    }

    @Test
    void aServerThatDiesBetweenCommitAndReplyReplaysTheSameBytes() throws Exception {
        JsonNode session;
        String entry;
        try (ServerProcess process = ServerProcess.start(directory, "--enable-faults")) {
            ServerClient client = new ServerClient(process.uri());
            client.createTable("t");
            session = client.openSession("t", "append").body();
            entry = ServerClient.entry(session, "f", 3);
            client.post(
                    "/faults",
                    "{\"point\":\"before_reply\",\"action\":\"halt\",\"path\":\"/v1/write-sessions/.*/commit\"}");
            Answer lost = commitOrNull(client, session, entry);
            assertThat(lost).isNull();
            assertThat(process.awaitExit()).isEqualTo(137);
        }
        try (ServerProcess process = ServerProcess.start(directory)) {
            ServerClient client = new ServerClient(process.uri());
            Answer first = client.commitSession(session, "op", entry);
            assertThat(first.at("status").asText()).isEqualTo("COMMITTED");
            assertThat(client.commitSession(session, "op", entry).text()).isEqualTo(first.text());
            assertThat(client.records("t")).isEqualTo(3);
        }
    }

    @Test
    void theCommandLineStartsSaysWhereAndEndsWhenTold() throws Exception {
        try (ServerProcess process =
                ServerProcess.start(directory, "--session-ttl", "90s", "--transaction-ttl", "PT2M")) {
            ServerClient client = new ServerClient(process.uri());
            assertThat(process.uri().getPort()).isPositive();
            assertThat(client.get("/health").status()).isEqualTo(200);
            client.createTable("t");
            JsonNode session = client.openSession("t", "append").body();
            assertThat(session.get("expires_at").asLong()
                            - session.get("created_at").asLong())
                    .isEqualTo(90_000_000_000L);
            assertThat(client.get("/faults").status()).isEqualTo(404);
            assertThat(process.terminate()).isIn(0, 143);
        }
    }

    private static Answer commitOrNull(ServerClient client, JsonNode session, String entry) {
        try {
            return client.commitSession(session, "op", entry);
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
