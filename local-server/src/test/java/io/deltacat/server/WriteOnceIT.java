package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that are the one write of their key, and what opening a session leaves behind. */
class WriteOnceIT {
    private static final String SHA = "\"write_once_input_sha256\":\"" + "ab".repeat(32) + "\"";
    private static final String KEY = "\"write_once\":true,\"write_key\":\"job-1/epoch-7\",\"owner_key\":\"me\"";

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
    void theIdIsTheOneThatThePythonClientComputes() {
        // hashlib.sha256(msgpack.dumps({"write_once": 1, "catalog": "default", "namespace": "default", "table": "t",
        // "write_key": "job-1/epoch-7"}, use_bin_type=True)).hexdigest()[:32]
        assertThat(open().body().get("session_id").asText()).isEqualTo("ws_765ff505ecfe8e43d28bd3a453fda08e");
        String longKey = "k".repeat(300);
        Answer second = client.openSession(
                "t", "append", "\"write_once\":true,\"write_key\":\"" + longKey + "\",\"owner_key\":\"me\"", SHA);
        assertThat(require(second, 200).body().get("session_id").asText())
                .isEqualTo("ws_7dbcec96b5b3603ad66ba5f923257ebf");
    }

    @Test
    void theInputIsEchoedAndTheSessionFoundAgainInEveryState() {
        String context = "\"write_once_input_context\":{\"z\":1,\"a\":[1.0,true,null]}";
        JsonNode first = require(open(context), 200).body();
        assertThat(first.get("write_once").asBoolean()).isTrue();
        assertThat(first.get("write_once_input_sha256").asText()).isEqualTo("ab".repeat(32));
        assertThat(first.get("write_once_input_context").toString()).isEqualTo("{\"a\":[1.0,true,null],\"z\":1}");
        assertThat(open(context).body().get("session_version").asLong()).isEqualTo(1);
        require(client.commitSession(first, "op", ServerClient.entry(first, "f", 3)), 200);
        JsonNode after = require(open(context), 200).body();
        assertThat(after.get("status").asText()).isEqualTo("COMMITTED");
        assertThat(after.get("commit_operation_id").asText()).isEqualTo("op");
        assertThat(after.get("session_id")).isEqualTo(first.get("session_id"));
        assertThat(client.records("t")).isEqualTo(3);
    }

    @Test
    void anotherInputOrScopeUnderTheKeyIsAConflict() {
        require(open(), 200);
        Answer input = client.openSession("t", "append", KEY, SHA.replace("ab", "cd"));
        assertThat(input.status()).isEqualTo(409);
        assertThat(input.message()).contains("write_once_input_sha256");
        Answer mode = client.openSession("t", "add", KEY, SHA);
        assertThat(mode.status()).isEqualTo(409);
        assertThat(mode.message()).contains("mode");
        Answer context = open("\"write_once_input_context\":{\"a\":1}");
        assertThat(context.status()).isEqualTo(409);
        assertThat(context.details().get("field").asText()).isEqualTo("write_once_input_context");
    }

    @Test
    void aSessionThatWasGivenUpIsOpenedAgainAndItsOldOwnerIsFenced() {
        JsonNode first = require(open(), 200).body();
        String path = "/v1/write-sessions/" + first.get("session_id").asText();
        require(client.post(path + "/abort", "{\"session_version\":1}"), 200);
        JsonNode again = require(open(), 200).body();
        assertThat(again.get("status").asText()).isEqualTo("OPEN");
        assertThat(again.get("session_version").asLong()).isEqualTo(3);
        assertThat(client.commitSession(first, "op1", ServerClient.entry(first, "f", 1))
                        .code())
                .isEqualTo("stale_version");
        server.expireSession(first.get("session_id").asText());
        assertThat(client.commitSession(again, "op2", ServerClient.entry(again, "g", 1))
                        .status())
                .isEqualTo(410);
        JsonNode third = require(open(), 200).body();
        require(client.commitSession(third, "op3", ServerClient.entry(third, "h", 1)), 200);
        assertThat(client.records("t")).isEqualTo(1);
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() {
        assertThat(client.openSession("t", "append", "\"write_once\":true", SHA).message())
                .contains("'write_key'");
        assertThat(client.openSession("t", "append", KEY).message()).contains("'write_once_input_sha256' is missing");
        assertThat(client.openSession("t", "append", SHA).message()).contains("without 'write_once'");
        assertThat(open("\"write_once_input_context\":[1]").message()).contains("no JSON object");
        assertThat(open("\"write_once_input_context\":{\"a\":\"" + "x".repeat(17_000) + "\"}")
                        .message())
                .contains("at most 16384");
        JsonNode transaction = client.begin();
        assertThat(open(
                                "\"transaction_id\":\""
                                        + transaction.get("transaction_id").asText() + "\"",
                                "\"transaction_version\":1")
                        .message())
                .contains("'write_once' cannot be bound");
    }

    @Test
    void aRefusedSessionLeavesNoDirectory() {
        assertThat(client.openSession("missing", "append").status()).isEqualTo(404);
        assertThat(directory.resolve("data/default/missing")).doesNotExist();
        JsonNode session = client.openSession("t", "append").body();
        assertThat(Path.of(session.get("data_dir").asText())).isDirectory();
    }

    @Test
    void longNamesOfManyBytesGetDirectoriesOfTheirOwn() {
        String name = "表".repeat(200);
        client.createTable(name + "一");
        client.createTable(name + "二");
        JsonNode one = require(session(name + "一"), 200).body();
        JsonNode two = require(session(name + "二"), 200).body();
        Path first = Path.of(one.get("data_dir").asText());
        Path second = Path.of(two.get("data_dir").asText());
        assertThat(Files.isDirectory(first)).isTrue();
        assertThat(first.getParent()).isNotEqualTo(second.getParent());
        require(client.commitSession(one, "op", ServerClient.entry(one, "f", 1)), 200);
    }

    @Test
    void aTableIdIsUsedOnce() {
        String id = "\"create_if_missing\":{\"new_table_id\":\"0b8e66d9-d2f1-4d53-918d-5766e6676a5b\"}";
        JsonNode first = require(client.openSession("a", "create", id), 200).body();
        JsonNode second = require(client.openSession("b", "create", id), 200).body();
        require(client.commitSession(first, "op1", ServerClient.entry(first, "f", 1)), 200);
        Answer refused = client.commitSession(second, "op2", ServerClient.entry(second, "f", 1));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).contains("'new_table_id'", "0b8e66d9-d2f1-4d53-918d-5766e6676a5b");
    }

    private Answer session(String table) {
        return client.openSession(java.net.URLEncoder.encode(table, java.nio.charset.StandardCharsets.UTF_8), "append");
    }

    private Answer open(String... more) {
        String[] fields = new String[more.length + 2];
        fields[0] = KEY;
        fields[1] = SHA;
        System.arraycopy(more, 0, fields, 2, more.length);
        return client.openSession("t", "append", fields);
    }
}
