package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process that dies at a chosen moment, or is told to end; at random moments: {@link CrashRoundsIT}. */
class CrashIT {
    @TempDir
    Path directory;

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
