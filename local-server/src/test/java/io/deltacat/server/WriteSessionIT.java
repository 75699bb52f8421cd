package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteSessionIT {
    @TempDir
    Path directory;

    private LocalServer server;
    private ServerClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
        client.createTable("t");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void appendedDeltasGetPositionsOneTwoThree() {
        for (int i = 1; i <= 3; i++) {
            JsonNode committed = client.write("t", "append", "f" + i, 10);
            JsonNode locator = committed.get("committed_delta_locators").get(0);
            assertThat(committed.get("status").asText()).isEqualTo("COMMITTED");
            assertThat(committed.get("commit_status").asText()).isEqualTo("COMMITTED");
            assertThat(committed.get("commit_operation_id").asText()).isEqualTo("op_f" + i);
            assertThat(locator.get("stream_position").asLong()).isEqualTo(i);
            assertThat(locator.path("previous_stream_position").asLong()).isEqualTo(i - 1);
            assertThat(locator.get("delta_type").asText()).isEqualTo("append");
        }
        assertThat(client.records("t")).isEqualTo(30);
    }

    @Test
    void addedDeltasGetRandomPositionsAndLeaveTheOrderedOnesAlone() {
        client.write("t", "append", "a", 1);
        JsonNode locator =
                client.write("t", "add", "b", 1).get("committed_delta_locators").get(0);
        assertThat(locator.get("stream_position").asLong()).isGreaterThanOrEqualTo(1L << 32);
        assertThat(locator.has("previous_stream_position")).isFalse();
        JsonNode next = client.write("t", "append", "c", 1)
                .get("committed_delta_locators")
                .get(0);
        assertThat(next.get("stream_position").asLong()).isEqualTo(2);
    }

    @Test
    void autoAppendsFirstAndAddsLater() {
        String create = "\"create_if_missing\":{\"schema_def\":[{\"name\":\"id\",\"type\":\"int64\"}]}";
        JsonNode session = client.openSession("fresh", "auto", create).body();
        assertThat(session.get("table_exists").asBoolean()).isFalse();
        JsonNode first = client.commitSession(session, "op1", ServerClient.entry(session, "f1", 5))
                .body();
        assertThat(first.get("committed_delta_locators")
                        .get(0)
                        .get("delta_type")
                        .asText())
                .isEqualTo("append");
        JsonNode again = client.openSession("fresh", "auto", create).body();
        assertThat(again.get("table_exists").asBoolean()).isTrue();
        JsonNode second = client.commitSession(again, "op2", ServerClient.entry(again, "f2", 5))
                .body();
        assertThat(second.get("committed_delta_locators")
                        .get(0)
                        .get("delta_type")
                        .asText())
                .isEqualTo("add");
        assertThat(client.records("fresh")).isEqualTo(10);
    }

    @Test
    void aMissingTableAppearsWithTheCommitNotBefore() {
        JsonNode session = client.openSession("later", "create", "\"create_if_missing\":{}")
                .body();
        assertThat(exists("later")).isFalse();
        Answer abort = client.post(
                "/v1/write-sessions/" + session.get("session_id").asText() + "/abort", "{\"session_version\":1}");
        assertThat(abort.at("status").asText()).isEqualTo("ABORTED");
        assertThat(exists("later")).isFalse();
        JsonNode second = client.openSession("later", "create", "\"create_if_missing\":{}")
                .body();
        client.commitSession(second, "op", ServerClient.entry(second, "f", 1));
        assertThat(exists("later")).isTrue();
        assertThat(client.openSession("later", "create", "\"create_if_missing\":{}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void theOldClientsBodyCreatesTheTableFromItsSchema() {
        String schema = client.get("/v1/namespaces/default/tables/t")
                .at("schema_serialized")
                .asText();
        JsonNode session = client.openSession("old", "auto", "\"schema_serialized\":\"" + schema + "\"")
                .body();
        assertThat(session.get("schema_serialized").asText()).isEqualTo(schema);
        client.commitSession(session, "op", ServerClient.entry(session, "f", 2));
        assertThat(client.get("/v1/namespaces/default/tables/old")
                        .at("schema_serialized")
                        .asText())
                .isEqualTo(schema);
    }

    @Test
    void theSameOperationGetsTheSameBytesAndCommitsOnce() {
        JsonNode session = client.openSession("t", "append").body();
        String entry = ServerClient.entry(session, "f", 4);
        Answer first = client.commitSession(session, "op", entry);
        Answer again = client.commitSession(session, "op", entry);
        Answer laterVersion = client.commitSession(session, 2, "op", "", entry);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(laterVersion.text()).isEqualTo(first.text());
        assertThat(client.records("t")).isEqualTo(4);
    }

    @Test
    void theSameOperationIsReplayedAfterARestart() {
        JsonNode session = client.openSession("t", "append", "\"operation_id\":\"op_open\"")
                .body();
        String entry = ServerClient.entry(session, "f", 4);
        Answer first = client.commitSession(session, "op", entry);
        server.close();
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
        assertThat(client.commitSession(session, "op", entry).text()).isEqualTo(first.text());
        assertThat(client.openSession("t", "append", "\"operation_id\":\"op_open\"")
                        .body())
                .isEqualTo(session);
        assertThat(client.records("t")).isEqualTo(4);
    }

    @Test
    void anotherRequestUnderTheSameOperationIsRefused() {
        JsonNode session = client.openSession("t", "append").body();
        client.commitSession(session, "op", ServerClient.entry(session, "f", 4));
        Answer other = client.commitSession(session, "op", ServerClient.entry(session, "g", 4));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("operation_id_reused");
    }

    @Test
    void anotherOperationOnACommittedSessionIsRefusedAndNamesTheFirst() {
        JsonNode session = client.openSession("t", "append").body();
        client.commitSession(session, "op", ServerClient.entry(session, "f", 4));
        Answer other = client.commitSession(session, 2, "other", "", ServerClient.entry(session, "g", 4));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.details().get("commit_operation_id").asText()).isEqualTo("op");
        assertThat(other.details().get("session_status").asText()).isEqualTo("COMMITTED");
    }

    @Test
    void aStaleSessionVersionIsRefused() {
        JsonNode session = client.openSession("t", "append").body();
        String path = "/v1/write-sessions/" + session.get("session_id").asText();
        Answer alive = client.post(path + "/heartbeat", "{\"session_version\":1}");
        assertThat(alive.at("session_version").asLong()).isEqualTo(2);
        Answer stale = client.post(path + "/heartbeat", "{\"session_version\":1}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.code()).isEqualTo("stale_version");
        assertThat(client.commitSession(session, "op").status()).isEqualTo(409);
    }

    @Test
    void aKeyHandsTheOpenSessionOutAgainAndANewOneAfterItsCommit() {
        String key = "\"write_key\":\"k\",\"owner_key\":\"me\"";
        JsonNode first = client.openSession("t", "append", key).body();
        JsonNode same = client.openSession("t", "append", key).body();
        JsonNode otherOwner = client.openSession("t", "append", "\"write_key\":\"k\",\"owner_key\":\"you\"")
                .body();
        assertThat(same).isEqualTo(first);
        assertThat(otherOwner.get("session_id")).isNotEqualTo(first.get("session_id"));
        client.commitSession(first, "op", ServerClient.entry(first, "f", 1));
        JsonNode next = client.openSession("t", "append", key).body();
        assertThat(next.get("session_id")).isNotEqualTo(first.get("session_id"));
        assertThat(next.get("data_dir")).isEqualTo(first.get("data_dir"));
    }

    @Test
    void filesOutsideTheDataDirectoryNeedLeave() throws Exception {
        Path outside = Files.write(directory.resolve("outside.parquet"), new byte[] {1, 2, 3});
        String entry = "{\"path\":\"" + outside + "\",\"record_count\":1,\"content_length\":3}";
        JsonNode strict = client.openSession("t", "append").body();
        Answer refused = client.commitSession(strict, "op", entry);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("entries[0].path").contains("allow_external_entries");
        JsonNode open = client.openSession("t", "append", "\"allow_external_entries\":true")
                .body();
        assertThat(client.commitSession(open, "op2", entry).status()).isEqualTo(200);
        assertThat(client.plan("t").at("/scan_tasks/0/files/0/path").asText()).isEqualTo(outside.toString());
    }

    @Test
    void aRefusedCommitLeavesTheSessionOpen() {
        JsonNode session = client.openSession("t", "append").body();
        assertThat(client.commitSession(
                                session, "op", "{\"path\":\"/nowhere\",\"record_count\":1,\"content_length\":1}")
                        .status())
                .isEqualTo(400);
        assertThat(client.commitSession(session, "op", ServerClient.entry(session, "f", 1))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anEmptyCommitWritesNoDelta() {
        JsonNode session = client.openSession("t", "append").body();
        Answer committed = client.commitSession(session, "op");
        assertThat(committed.at("status").asText()).isEqualTo("COMMITTED");
        assertThat(committed.at("deltas_written").asLong()).isZero();
        assertThat(client.records("t")).isZero();
    }

    @Test
    void eightWritersCommitTogetherWithoutLosingOrDoublingAnything() throws Exception {
        int writers = 8;
        int commits = 15;
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int number = writer;
            Thread thread = new Thread(() -> {
                ServerClient own = new ServerClient(server.uri());
                for (int i = 0; i < commits; i++) {
                    own.write("t", number % 2 == 0 ? "append" : "add", "w" + number + "-" + i, 1);
                }
            });
            thread.setUncaughtExceptionHandler((failed, failure) -> {
                synchronized (failures) {
                    failures.add(failure);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join(120_000);
        }
        assertThat(failures).isEmpty();
        JsonNode deltas =
                client.get(client.partitionPath("t") + "/deltas?limit=1000").body();
        List<Long> ordered = new ArrayList<>();
        deltas.forEach(delta -> {
            if (delta.get("delta_type").asText().equals("append")) {
                ordered.add(delta.get("stream_position").asLong());
            }
        });
        assertThat(ordered).hasSize(writers / 2 * commits).isSorted().doesNotHaveDuplicates();
        assertThat(ordered.get(ordered.size() - 1)).isEqualTo(ordered.size());
        assertThat(client.plan("t").get("total_files").asInt()).isEqualTo(writers * commits);
    }

    private boolean exists(String table) {
        return client.get("/v1/namespaces/default/tables/" + table + "/exists")
                .at("exists")
                .asBoolean();
    }
}
