package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableChangeIT {
    private static final String TABLES = "/v1/namespaces/default/tables/";

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static ServerClient client;

    @BeforeAll
    static void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).port(0).build());
        client = new ServerClient(server.uri());
        client.createTable("t");
        require(client.post("/v1/namespaces", "{\"namespace\":\"other\"}"), 201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRenamedTableKeepsItsIdItsContentsAndItsOpenSessions() {
        client.createTable("old");
        client.write("old", "append", "first", 3);
        JsonNode session = client.openSession("old", "append").body();
        String id = client.get(TABLES + "old").at("table_id").asText();

        Answer renamed = client.post(TABLES + "old/rename?new_name=fresh&operation_id=op_rename", "");
        assertThat(renamed.text())
                .isEqualTo(
                        "{\"new_name\":\"fresh\",\"new_namespace\":\"default\",\"old_name\":\"old\",\"renamed\":true}");
        assertThat(client.post(TABLES + "old/rename?new_name=fresh&operation_id=op_rename", "")
                        .text())
                .isEqualTo(renamed.text());
        assertThat(client.post(TABLES + "old/rename?new_name=else&operation_id=op_rename", "")
                        .status())
                .isEqualTo(409);

        client.createTable("old");
        require(client.commitSession(session, "op_late", ServerClient.entry(session, "late", 4)), 200);
        assertThat(client.get(TABLES + "fresh").at("table_id").asText()).isEqualTo(id);
        assertThat(client.records("fresh")).isEqualTo(7);
        assertThat(client.records("old")).isZero();
    }

    @Test
    void aTableMovesToAnotherNamespace() {
        client.createTable("moving");
        client.write("moving", "append", "moved", 2);
        require(client.post(TABLES + "moving/rename?new_name=moved&new_namespace=other", ""), 200);
        assertThat(client.get(TABLES + "moving").status()).isEqualTo(404);
        assertThat(client.post("/v1/namespaces/other/tables/moved/plan", "")
                        .at("total_records")
                        .asLong())
                .isEqualTo(2);
        assertThat(client.get("/v1/namespaces/other/tables").text()).contains("\"moved\"");
    }

    @Test
    void aRenameInATransactionIsSeenOutsideAfterTheCommit() {
        client.createTable("inner");
        JsonNode transaction = client.begin();
        String within = "transaction_id=" + transaction.get("transaction_id").asText();
        require(client.post(TABLES + "inner/rename?new_name=outer&transaction_version=1&" + within, ""), 200);
        assertThat(client.get(TABLES + "outer?" + within).status()).isEqualTo(200);
        assertThat(client.get(TABLES + "inner?" + within).status()).isEqualTo(404);
        assertThat(client.get(TABLES + "outer").status()).isEqualTo(404);
        assertThat(client.get(TABLES + "inner").status()).isEqualTo(200);
        require(client.finish(transaction, "commit", 2), 200);
        assertThat(client.get(TABLES + "outer").status()).isEqualTo(200);
        assertThat(client.get(TABLES + "inner").status()).isEqualTo(404);
    }

    @Test
    void aNameTakenMeanwhileEndsTheTransactionThatRenames() {
        client.createTable("from");
        JsonNode transaction = client.begin();
        require(
                client.post(
                        TABLES + "from/rename?new_name=wanted&transaction_version=1&transaction_id="
                                + transaction.get("transaction_id").asText(),
                        ""),
                200);
        client.createTable("wanted");
        Answer lost = client.finish(transaction, "commit", 2);
        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.message()).contains("default.wanted");
        assertThat(client.get(TABLES + "from").status()).isEqualTo(200);
    }

    @Test
    void aTruncatedTableIsEmptyAndItsPastIsNot() {
        client.createTable("emptied");
        client.write("emptied", "append", "a", 3);
        String stream = client.get(TABLES + "emptied").at("stream_id").asText();
        long before = now();
        assertThat(client.post(TABLES + "emptied/truncate", "").text())
                .isEqualTo("{\"table\":\"emptied\",\"truncated\":true}");
        assertThat(client.records("emptied")).isZero();
        assertThat(client.plan("emptied", "as_of=" + before)
                        .get("total_records")
                        .asLong())
                .isEqualTo(3);
        JsonNode streams = client.get(TABLES + "emptied/versions/1/streams").body();
        assertThat(streams.get(0).get("previous_stream_id").asText()).isEqualTo(stream);
        client.write("emptied", "append", "b", 2);
        assertThat(client.records("emptied")).isEqualTo(2);
    }

    @Test
    void aTruncationInATransactionIsPendingUntilItsCommit() {
        client.createTable("pending");
        client.write("pending", "append", "pa", 3);
        JsonNode transaction = client.begin();
        String within = "transaction_id=" + transaction.get("transaction_id").asText();
        require(client.post(TABLES + "pending/truncate?transaction_version=1&" + within, ""), 200);
        assertThat(client.records("pending")).isEqualTo(3);
        assertThat(client.plan("pending", within).get("total_records").asLong()).isZero();
        require(client.finish(transaction, "commit", 2), 200);
        assertThat(client.records("pending")).isZero();
    }

    @Test
    void aTransactionMayEmptyATableAndFillItAgain() {
        client.createTable("refilled");
        client.write("refilled", "append", "ra", 3);
        JsonNode transaction = client.begin();
        String within = "transaction_id=" + transaction.get("transaction_id").asText();
        require(client.post(TABLES + "refilled/truncate?transaction_version=1&" + within, ""), 200);
        JsonNode attached = client.attach(transaction, 2, "refilled", "append", "rb", 5);
        assertThat(client.plan("refilled", within).get("total_records").asLong())
                .isEqualTo(5);
        require(
                client.finish(
                        transaction,
                        "commit",
                        attached.get("transaction_version").asLong()),
                200);
        assertThat(client.records("refilled")).isEqualTo(5);
    }

    @Test
    void aRollbackBringsTheContentsOfThenBack() {
        client.createTable("back");
        client.write("back", "append", "b1", 1);
        client.write("back", "add", "b2", 2);
        client.write("back", "append", "b3", 4);
        List<String> files = files("back");
        long then = now();
        require(client.put(TABLES + "back", "{\"table_description\":\"kept\"}"), 200);
        client.write("back", "append", "b4", 8);
        require(client.post(TABLES + "back/truncate", ""), 200);
        client.write("back", "append", "b5", 16);

        Answer back = client.post(TABLES + "back/rollback?operation_id=op_back", "{\"as_of\":" + then + "}");
        assertThat(back.text()).isEqualTo("{\"table\":\"back\",\"rolled_back\":true,\"as_of\":" + then + "}");
        assertThat(client.post(TABLES + "back/rollback?operation_id=op_back", "{\"as_of\":" + then + "}")
                        .text())
                .isEqualTo(back.text());
        assertThat(client.records("back")).isEqualTo(7);
        assertThat(files("back")).containsExactlyInAnyOrderElementsOf(files);
        assertThat(client.get(TABLES + "back").at("description").asText()).isEqualTo("kept");
        JsonNode next = client.write("back", "append", "b6", 32);
        assertThat(next.at("/committed_delta_locators/0/stream_position").asLong())
                .isEqualTo(3);
        assertThat(client.records("back")).isEqualTo(39);
    }

    @Test
    void aRollbackToBeforeTheFirstWriteEmptiesTheTable() {
        client.createTable("start");
        long then = now();
        client.write("start", "append", "s1", 1);
        require(client.post(TABLES + "start/rollback", "{\"as_of\":" + then + "}"), 200);
        assertThat(client.records("start")).isZero();
    }

    @Test
    void aPurgeDeletesWhatNoOtherTableUses() {
        client.createTable("purged");
        JsonNode first = client.write("purged", "append", "shared", 1);
        client.write("purged", "append", "alone", 1);
        Path shared = Path.of(first.get("data_dir").asText(), "shared");
        client.createTable("sharing");
        JsonNode session = client.openSession("sharing", "append", "\"allow_external_entries\":true")
                .body();
        require(
                client.commitSession(
                        session, "op_share", "{\"path\":\"" + shared + "\",\"record_count\":1,\"content_length\":14}"),
                200);
        List<String> files = files("purged");
        long before = now();

        Answer dropped = client.delete(TABLES + "purged?purge=true");
        assertThat(dropped.at("purged").asBoolean()).isTrue();
        assertThat(files).hasSize(2);
        assertThat(files.stream().filter(file -> Files.exists(Path.of(file))).toList())
                .containsExactly(shared.toString());
        assertThat(client.records("sharing")).isEqualTo(1);
        assertThat(client.post(TABLES + "purged/plan?as_of=" + before, "").status())
                .isEqualTo(404);

        require(client.delete(TABLES + "sharing?purge=true"), 200);
        assertThat(shared).doesNotExist();
        client.createTable("purged");
        assertThat(client.records("purged")).isZero();
    }

    @Test
    void aDropWithoutPurgeKeepsFilesAndHistory() {
        client.createTable("dropped");
        client.write("dropped", "append", "d1", 5);
        List<String> files = files("dropped");
        long before = now();
        assertThat(client.delete(TABLES + "dropped").at("purged").asBoolean()).isFalse();
        assertThat(files).allSatisfy(file -> assertThat(Path.of(file)).exists());
        assertThat(client.plan("dropped", "as_of=" + before)
                        .get("total_records")
                        .asLong())
                .isEqualTo(5);
        assertThat(client.get(TABLES + "dropped").status()).isEqualTo(404);
    }

    @Test
    void aPurgeInATransactionHappensWithItsCommitOnly() {
        client.createTable("given");
        client.write("given", "append", "g1", 1);
        List<String> files = files("given");
        JsonNode aborted = client.begin();
        require(
                client.delete(TABLES + "given?purge=true&transaction_version=1&transaction_id="
                        + aborted.get("transaction_id").asText()),
                200);
        require(client.finish(aborted, "abort", 2), 200);
        assertThat(client.records("given")).isEqualTo(1);
        assertThat(Path.of(files.get(0))).exists();

        JsonNode transaction = client.begin();
        require(
                client.delete(TABLES + "given?purge=true&transaction_version=1&transaction_id="
                        + transaction.get("transaction_id").asText()),
                200);
        require(client.finish(transaction, "commit", 2), 200);
        assertThat(client.get(TABLES + "given").status()).isEqualTo(404);
        assertThat(Path.of(files.get(0))).doesNotExist();
    }

    @Test
    void aTableMadeAndDroppedInOneTransactionWasNeverThere() {
        JsonNode transaction = client.begin();
        String within = "transaction_id=" + transaction.get("transaction_id").asText() + "&transaction_version=";
        require(
                client.post(
                        "/v1/namespaces/default/tables?" + within + 1,
                        "{\"table\":\"brief\",\"schema_def\":" + ServerClient.SCHEMA + "}"),
                201);
        require(client.post(TABLES + "brief/rename?new_name=short&" + within + 2, ""), 200);
        require(client.delete(TABLES + "short?purge=true&" + within + 3), 200);
        require(client.finish(transaction, "commit", 4), 200);
        assertThat(client.get(TABLES + "short").status()).isEqualTo(404);
        assertThat(client.get(TABLES + "brief").status()).isEqualTo(404);
    }

    @Test
    void aVersionOfATablePurgedMeanwhileEndsItsTransaction() {
        client.createTable("vanishing");
        JsonNode transaction = client.begin();
        require(
                client.post(
                        "/v1/namespaces/default/tables?transaction_version=1&transaction_id="
                                + transaction.get("transaction_id").asText(),
                        "{\"table\":\"vanishing\",\"table_version\":\"2\",\"schema_def\":" + ServerClient.SCHEMA + "}"),
                201);
        require(client.delete(TABLES + "vanishing?purge=true"), 200);
        assertThat(client.finish(transaction, "commit", 2).code()).isEqualTo("concurrent_modification");
    }

    @Test
    void aWriterOfADroppedTableIsToldSo() {
        client.createTable("gone");
        JsonNode session = client.openSession("gone", "append").body();
        require(client.delete(TABLES + "gone?purge=true"), 200);
        Answer late = client.commitSession(session, "op_gone", ServerClient.entry(session, "x", 1));
        assertThat(late.status()).as(late.text()).isEqualTo(404);
        assertThat(late.message()).contains("'default.gone'");
    }

    @Test
    void aDeletedVersionTakesNoWrites() {
        client.createTable("closed");
        JsonNode session = client.openSession("closed", "append", "\"table_version\":\"1\"")
                .body();
        require(client.put(TABLES + "closed", "{\"lifecycle_state\":\"deleted\"}"), 200);
        Answer late = client.commitSession(session, "op_closed", ServerClient.entry(session, "x", 1));
        assertThat(late.status()).as(late.text()).isEqualTo(409);
        assertThat(client.openSession("closed", "append", "\"table_version\":\"1\"")
                        .status())
                .isEqualTo(409);
        assertThat(client.post(TABLES + "closed/truncate?table_version=1", "").status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rename | {} | 422 | 'new_name'",
                "rename?new_name=%20 | {} | 422 | 'new_name'",
                "rename?new_name=t | {} | 409 | 'default.t'",
                "rename?new_name=a&new_namespace=nowhere | {} | 404 | 'nowhere'",
                "truncate?table_version=9 | {} | 404 | '9'",
                "rollback | {} | 422 | as_of",
                "rollback | {\"as_of\":\"then\"} | 422 | as_of",
                "rollback | {\"as_of\":1} | 400 | as_of",
                "rollback | {\"as_of\":9000000000000000000} | 400 | as_of",
                "rollback?table_version=9 | {\"as_of\":1} | 404 | '9'"
            })
    void badChangesAreRefusedByName(String change, String body, int status, String named) {
        Answer refused = client.post(TABLES + "t/" + change, body);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.text()).contains(named);
        Answer missing = client.post(TABLES + "none/truncate", "");
        assertThat(missing.status()).isEqualTo(404);
    }

    @Test
    void aRollbackIsNoPartOfATransaction() {
        JsonNode transaction = client.begin();
        Answer refused = client.post(
                TABLES + "t/rollback?transaction_version=1&transaction_id="
                        + transaction.get("transaction_id").asText(),
                "{\"as_of\":1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("transaction_id");
    }

    private static List<String> files(String table) {
        List<String> paths = new ArrayList<>();
        for (JsonNode task : client.plan(table).get("scan_tasks")) {
            task.get("files").forEach(file -> paths.add(file.get("path").asText()));
        }
        return paths;
    }

    private static long now() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
