package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionIT {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalServer server;
    private ServerClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .clock(clock)
                .sessionTimeToLive(Duration.ofMinutes(10))
                .transactionTimeToLive(Duration.ofMinutes(10))
                .build());
        client = new ServerClient(server.uri());
        client.createTable("a");
        client.createTable("b");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sessionsOfATransactionBecomeVisibleTogether() {
        JsonNode transaction = client.begin();
        assertThat(transaction.get("status").asText()).isEqualTo("RUNNING");
        JsonNode first = client.attach(transaction, 1, "a", "append", "f1", 2);
        assertThat(first.get("status").asText()).isEqualTo("ATTACHED");
        assertThat(first.get("commit_status").asText()).isEqualTo("PREPARED");
        assertThat(first.get("attached").asBoolean()).isTrue();
        assertThat(first.get("transaction_version").asLong()).isEqualTo(3);
        client.attach(transaction, 3, "b", "add", "f2", 3);
        assertThat(client.records("a") + client.records("b")).isZero();

        Answer committed = client.finish(transaction, "commit", 5);
        assertThat(committed.at("status").asText()).isEqualTo("COMMITTED");
        assertThat(committed.at("bound_write_sessions")).hasSize(2);
        assertThat(client.records("a")).isEqualTo(2);
        assertThat(client.records("b")).isEqualTo(3);
        JsonNode session = client.get(
                        "/v1/write-sessions/" + first.get("session_id").asText())
                .body();
        assertThat(session.get("status").asText()).isEqualTo("COMMITTED");
        assertThat(session.at("/committed_delta_locators/0/stream_position").asLong())
                .isEqualTo(1);
    }

    @Test
    void aVersionThatATransactionMadeAndGaveUpCanBeMadeAgain() {
        JsonNode transaction = client.begin();
        String path = "/v1/namespaces/default/tables";
        String within = "?transaction_id=" + transaction.get("transaction_id").asText()
                + "&transaction_version=1&operation_id=op_1";
        String body = "{\"table\":\"a\",\"table_version\":\"2\",\"schema_def\":" + ServerClient.SCHEMA + "}";
        assertThat(client.post(path + within, body).status()).isEqualTo(201);

        Answer meanwhile = client.post(path, body);
        assertThat(meanwhile.status()).isEqualTo(409);
        assertThat(meanwhile.code()).isNotEqualTo("internal_server_error");

        client.finish(transaction, "abort", 2);
        assertThat(client.post(path, body).status()).isEqualTo(201);
    }

    @Test
    void aTransactionReadsItsOwnWritesAndNobodyElseDoes() {
        client.write("a", "append", "before", 1);
        JsonNode transaction = client.begin();
        client.write("a", "add", "after", 1);
        JsonNode attached = client.attach(transaction, 1, "a", "add", "own", 5);
        JsonNode inside = client.plan(
                "a",
                "transaction_id=" + transaction.get("transaction_id").asText(),
                "transaction_version=" + attached.get("transaction_version"));
        assertThat(inside.get("total_records").asLong()).isEqualTo(6);
        assertThat(inside.get("transaction_version_seen").asLong()).isEqualTo(3);
        assertThat(client.records("a")).isEqualTo(2);
    }

    @Test
    void anAbortedTransactionLeavesNothing() {
        JsonNode transaction = client.begin();
        JsonNode session = client.attach(transaction, 1, "a", "append", "f", 2);
        assertThat(client.finish(transaction, "abort", 3).at("status").asText()).isEqualTo("ABORTED");
        assertThat(client.finish(transaction, "abort", 3).status()).isEqualTo(200);
        assertThat(client.records("a")).isZero();
        assertThat(client.get("/v1/write-sessions/" + session.get("session_id").asText())
                        .at("status")
                        .asText())
                .isEqualTo("ABORTED");
        assertThat(client.finish(transaction, "commit", 4).status()).isEqualTo(409);
    }

    @Test
    void aRepeatedCommitIsAnsweredAsTheFirst() {
        JsonNode transaction = client.begin();
        client.attach(transaction, 1, "a", "append", "f", 2);
        Answer first = client.finish(transaction, "commit", 3);
        Answer again = client.finish(transaction, "commit", 3);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(client.records("a")).isEqualTo(2);
    }

    @Test
    void everyMutationNeedsTheCurrentVersion() {
        JsonNode transaction = client.begin();
        assertThat(client.finish(transaction, "heartbeat", 1)
                        .at("transaction_version")
                        .asLong())
                .isEqualTo(2);
        assertThat(client.finish(transaction, "commit", 1).code()).isEqualTo("stale_version");
        Answer stale = client.openSession(
                "a",
                "append",
                "\"transaction_id\":\"" + transaction.get("transaction_id").asText() + "\"",
                "\"transaction_version\":1");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.details().get("transaction_version").asLong()).isEqualTo(2);
    }

    @Test
    void anOrderedWriteLosesAgainstAnOrderedCommitSinceItsSnapshot() {
        JsonNode transaction = client.begin();
        client.attach(transaction, 1, "a", "append", "loser", 2);
        client.write("a", "append", "winner", 7);
        Answer lost = client.finish(transaction, "commit", 3);
        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.details().get("conflict_class").asText()).isEqualTo("retryable_stale_read");
        assertThat(lost.details().get("blocker_outcome").asText()).isEqualTo("successful_winner");
        assertThat(lost.details().get("blocking_transaction_id").asText()).startsWith("tx_");
        Answer state = client.get(
                "/v1/transactions/" + transaction.get("transaction_id").asText());
        assertThat(state.at("status").asText()).isEqualTo("FAILED");
        assertThat(client.finish(transaction, "commit", 4).code()).isEqualTo("concurrent_modification");
        assertThat(client.records("a")).isEqualTo(7);
    }

    @Test
    void unorderedWritesNeverLose() {
        JsonNode transaction = client.begin();
        client.attach(transaction, 1, "a", "add", "mine", 2);
        client.write("a", "append", "other", 7);
        client.write("a", "add", "third", 1);
        assertThat(client.finish(transaction, "commit", 3).status()).isEqualTo(200);
        assertThat(client.records("a")).isEqualTo(10);
    }

    @Test
    void twoOrderedSessionsOfOneTransactionGetPositionsInTheirOrder() {
        JsonNode transaction = client.begin();
        JsonNode one = client.attach(transaction, 1, "a", "append", "f1", 1);
        JsonNode two = client.attach(transaction, 3, "a", "append", "f2", 1);
        ServerClient.require(client.finish(transaction, "commit", 5), 200);
        assertThat(position(one)).isEqualTo(1);
        assertThat(position(two)).isEqualTo(2);
    }

    @Test
    void anOpenSessionStandsInTheWayOfTheCommit() {
        JsonNode transaction = client.begin();
        JsonNode session = client.openSession(
                        "a",
                        "append",
                        "\"transaction_id\":\""
                                + transaction.get("transaction_id").asText() + "\"",
                        "\"transaction_version\":1")
                .body();
        Answer refused = client.finish(transaction, "commit", 2);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).contains(session.get("session_id").asText());
        client.post("/v1/write-sessions/" + session.get("session_id").asText() + "/abort", "{\"session_version\":1}");
        assertThat(client.finish(transaction, "commit", 3).status()).isEqualTo(200);
    }

    @Test
    void aTransactionThatIsNotHeartbeatedExpiresWithItsSessions() {
        JsonNode transaction = client.begin();
        JsonNode session = client.attach(transaction, 1, "a", "append", "f", 2);
        clock.advance(Duration.ofMinutes(9));
        long version = client.finish(transaction, "heartbeat", 3)
                .at("transaction_version")
                .asLong();
        clock.advance(Duration.ofMinutes(9));
        assertThat(client.get("/v1/transactions/"
                                + transaction.get("transaction_id").asText())
                        .at("status")
                        .asText())
                .isEqualTo("RUNNING");
        clock.advance(Duration.ofMinutes(1));
        Answer expired = client.finish(transaction, "commit", version);
        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.code()).isEqualTo("expired");
        assertThat(client.get("/v1/write-sessions/" + session.get("session_id").asText())
                        .at("status")
                        .asText())
                .isEqualTo("EXPIRED");
        assertThat(client.records("a")).isZero();
    }

    @Test
    void aSessionThatIsNotHeartbeatedExpires() {
        JsonNode session = client.openSession("a", "append", "\"write_key\":\"k\",\"owner_key\":\"me\"")
                .body();
        clock.advance(Duration.ofMinutes(10));
        Answer late = client.commitSession(session, "op", ServerClient.entry(session, "f", 1));
        assertThat(late.status()).isEqualTo(410);
        JsonNode fresh = client.openSession("a", "append", "\"write_key\":\"k\",\"owner_key\":\"me\"")
                .body();
        assertThat(fresh.get("session_id")).isNotEqualTo(session.get("session_id"));
    }

    @Test
    void aTableMadeInATransactionAppearsWithIt() {
        JsonNode transaction = client.begin();
        String id = transaction.get("transaction_id").asText();
        Answer made = client.post(
                "/v1/namespaces/default/tables?transaction_id=" + id + "&transaction_version=1",
                "{\"table\":\"new\",\"schema_def\":[{\"name\":\"id\",\"type\":\"int64\"}]}");
        assertThat(made.at("transaction_version").asLong()).isEqualTo(2);
        assertThat(client.get("/v1/namespaces/default/tables/new/exists")
                        .at("exists")
                        .asBoolean())
                .isFalse();
        assertThat(client.get("/v1/namespaces/default/tables/new/exists?transaction_id=" + id)
                        .at("exists")
                        .asBoolean())
                .isTrue();
        client.attach(transaction, 2, "new", "append", "f", 3);
        ServerClient.require(client.finish(transaction, "commit", 4), 200);
        assertThat(client.records("new")).isEqualTo(3);
    }

    @Test
    void ofTwoTransactionsThatMakeTheSameTableOneLoses() {
        JsonNode one = client.begin();
        JsonNode two = client.begin();
        for (JsonNode transaction : new JsonNode[] {one, two}) {
            ServerClient.require(
                    client.post(
                            "/v1/namespaces/default/tables?transaction_version=1&transaction_id="
                                    + transaction.get("transaction_id").asText(),
                            "{\"table\":\"same\"}"),
                    201);
        }
        assertThat(client.finish(one, "commit", 2).status()).isEqualTo(200);
        assertThat(client.finish(two, "commit", 2).code()).isEqualTo("concurrent_modification");
    }

    @Test
    void aTableMadeInATransactionAndItsNamespaceDroppedMeanwhileDoNotBothHappen() {
        require(client.post("/v1/namespaces", "{\"namespace\":\"n\"}"), 201);
        JsonNode transaction = client.begin();
        String inside = "?transaction_id=" + transaction.get("transaction_id").asText() + "&transaction_version=1";
        require(client.post("/v1/namespaces/n/tables" + inside, "{\"table\":\"x\"}"), 201);
        require(client.delete("/v1/namespaces/n"), 200);
        assertThat(client.finish(transaction, "commit", 2).code()).isEqualTo("concurrent_modification");

        require(client.post("/v1/namespaces", "{\"namespace\":\"m\"}"), 201);
        JsonNode dropping = client.begin();
        require(
                client.delete("/v1/namespaces/m?transaction_id="
                        + dropping.get("transaction_id").asText() + "&transaction_version=1"),
                200);
        require(client.post("/v1/namespaces/m/tables", "{\"table\":\"x\"}"), 201);
        assertThat(client.finish(dropping, "commit", 2).code()).isEqualTo("concurrent_modification");
        assertThat(client.get("/v1/namespaces/m").status()).isEqualTo(200);
    }

    @Test
    void ofTwoTransactionsThatMakeTheSameVersionWithoutSchemaOneLoses() {
        require(client.post("/v1/namespaces/default/tables", "{\"table\":\"plain\"}"), 201);
        String body = "{\"table\":\"plain\",\"table_version\":\"2\"}";
        JsonNode first = client.begin();
        JsonNode second = client.begin();
        for (JsonNode transaction : List.of(first, second)) {
            String inside =
                    "?transaction_id=" + transaction.get("transaction_id").asText() + "&transaction_version=1";
            require(client.post("/v1/namespaces/default/tables" + inside, body), 201);
        }
        require(client.finish(first, "commit", 2), 200);
        assertThat(client.finish(second, "commit", 2).code()).isEqualTo("concurrent_modification");
        assertThat(client.get("/v1/namespaces/default/tables/plain/versions").body())
                .hasSize(2);
    }

    @Test
    void historyIsReadAtItsTimeAndTakesNoChange() {
        client.write("a", "append", "f1", 1);
        clock.advance(Duration.ofSeconds(1));
        long time = clock.nanos();
        client.write("a", "append", "f2", 2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.plan("a", "as_of=" + time).get("total_records").asLong())
                .isEqualTo(1);
        Answer history = client.post("/v1/transactions", "{\"as_of\":" + time + "}");
        assertThat(client.plan(
                                "a",
                                "transaction_id=" + history.at("transaction_id").asText())
                        .get("total_records")
                        .asLong())
                .isEqualTo(1);
        Answer refused = client.openSession(
                "a",
                "append",
                "\"transaction_id\":\"" + history.at("transaction_id").asText() + "\"",
                "\"transaction_version\":1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(client.post("/v1/transactions", "{\"as_of\":" + (clock.nanos() + 1) + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aRunningTransactionSurvivesARestart() {
        JsonNode transaction = client.begin();
        client.attach(transaction, 1, "a", "append", "f", 2);
        server.close();
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .clock(clock)
                .build());
        client = new ServerClient(server.uri());
        assertThat(client.records("a")).isZero();
        assertThat(client.finish(transaction, "commit", 3).status()).isEqualTo(200);
        assertThat(client.records("a")).isEqualTo(2);
    }

    private long position(JsonNode session) {
        return client.get("/v1/write-sessions/" + session.get("session_id").asText())
                .body()
                .at("/committed_delta_locators/0/stream_position")
                .asLong();
    }
}
