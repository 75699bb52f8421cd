package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in request bodies, the token pair of 0.1.1, and what commits make of schemas. */
class TableWriteIT {
    private static final String TABLES = "/v1/namespaces/default/tables";
    private static final String FIELDS = "[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false},"
            + "{\"name\":\"name\",\"type\":\"string\",\"future_default\":\"anonymous\"},"
            + "{\"name\":\"at\",\"type\":\"timestamp[us, tz=UTC]\"}]";

    @TempDir
    Path directory;

    private LocalServer server;
    private ServerClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
        create("t", FIELDS, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void columnsBecomeFilesThatReadBack() {
        JsonNode columns = require(
                        write(
                                "t",
                                "append",
                                "{\"id\":[1,2],\"name\":[\"a\",null],\"at\":[\"2024-05-06T07:08:09Z\",null]}"),
                        200)
                .body();
        assertThat(columns.toString())
                .isEqualTo("{\"table\":\"t\",\"records\":2,\"deltas_written\":1,\"written\":true}");
        require(write("t", "append", "{\"id\":[3,4]}"), 200);
        List<Map<String, Object>> rows = read("t");
        assertThat(rows).extracting(row -> row.get("id")).containsExactly(1L, 2L, 3L, 4L);
        assertThat(rows).extracting(row -> row.get("name")).containsExactly("a", null, "anonymous", "anonymous");
        assertThat(rows.get(0)).containsEntry("at", Instant.parse("2024-05-06T07:08:09Z"));
        JsonNode file = client.plan("t", "include_column_stats=true").at("/scan_tasks/0/files/0");
        assertThat(file.at("/column_stats/id/max").asLong()).isEqualTo(2);
        assertThat(file.get("record_count").asLong()).isEqualTo(2);
    }

    @Test
    void valuesThatDoNotFitAreRefusedByRowAndColumnAndLeaveNothing() {
        assertRefused("{\"id\":[1,\"two\"]}", "data.id[1]", "\"two\"");
        assertRefused("{\"id\":[1,null]}", "data.id[1]", "not nullable");
        assertRefused("[{\"id\":1},{\"name\":\"x\"}]", "data.id[1]", "is missing");
        assertRefused("{\"id\":[1],\"at\":[\"yesterday\"]}", "data.at[0]", "yesterday");
        assertRefused("{\"id\":[1],\"nope\":[1]}", "data.nope", "is no column");
        assertRefused("{\"id\":[1,2],\"name\":[\"a\"]}", "data.name", "has 1 values");
        assertRefused("{\"id\":1}", "data.id", "is no list");
        assertRefused("[1]", "data[0]", "is no object");
        assertThat(write("t", "append", "\"x\"").message()).contains("'data'");
        assertThat(write("missing", "append", "{\"id\":[1]}").status()).isEqualTo(404);
        assertThat(client.post(TABLES + "/t/write?mode=append&content_type=exe", "{\"data\":{}}")
                        .status())
                .isEqualTo(422);
        assertThat(client.records("t")).isZero();
        assertThat(files()).isEmpty();
    }

    @Test
    void aMissingTableIsMadeFromTheValues() {
        require(write("made", "auto", "{\"i\":[1,2],\"f\":[1,2.5],\"s\":[null,\"x\"],\"b\":[true,false]}"), 200);
        List<String> types = new ArrayList<>();
        client.get(TABLES + "/made")
                .at("schema")
                .forEach(field -> types.add(field.get("type").asText()));
        assertThat(types).containsExactly("int64", "float64", "string", "bool");
        assertThat(write("other", "auto", "{\"x\":[1,\"a\"]}").message()).contains("mixes int64 and string");
        assertThat(write("other", "auto", "{\"x\":[null]}").message()).contains("no value to tell the type");
    }

    @Test
    void partitionedAndKeyedTablesAreWrittenByPartition() {
        create(
                "parts",
                FIELDS.replace("\"nullable\":false", "\"nullable\":false,\"is_merge_key\":true"),
                ",\"partition_scheme\":{\"keys\":[{\"key\":[\"id\"],\"transform\":\"truncate(10)\"}]}");
        JsonNode written = require(write("parts", "merge", "{\"id\":[1,11,2],\"name\":[\"a\",\"b\",\"c\"]}"), 200)
                .body();
        assertThat(written.get("deltas_written").asLong()).isEqualTo(2);
        require(write("parts", "delete", "{\"id\":[11]}"), 200);
        assertThat(read("parts")).extracting(row -> row.get("id")).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void anOperationIsWrittenOnce() {
        String path = TABLES + "/t/write?mode=append&operation_id=op_1";
        Answer first = client.post(path, "{\"data\":{\"id\":[1]}}");
        Answer again = client.post(path, "{\"data\":{\"id\":[1]}}");
        assertThat(again.text()).isEqualTo(require(first, 200).text());
        assertThat(client.records("t")).isEqualTo(1);
        assertThat(client.post(path, "{\"data\":{\"id\":[2]}}").status()).isEqualTo(409);
    }

    @Test
    void rowsWaitForTheirTransaction() {
        JsonNode transaction = client.begin();
        String inside = "&transaction_id=" + transaction.get("transaction_id").asText() + "&transaction_version=1";
        JsonNode written = require(
                        client.post(TABLES + "/t/write?mode=append" + inside, "{\"data\":{\"id\":[1]}}"), 200)
                .body();
        assertThat(client.records("t")).isZero();
        require(
                client.finish(
                        transaction,
                        "commit",
                        written.get("transaction_version").asLong()),
                200);
        assertThat(client.records("t")).isEqualTo(1);
    }

    @Test
    void everyFormatAtHandIsWritten() {
        for (String format : List.of("csv", "tsv", "psv", "json", "avro", "feather", "parquet")) {
            require(
                    client.post(
                            TABLES + "/t/write?mode=append&content_type=" + format,
                            "{\"data\":{\"id\":[1],\"name\":[\"" + format + "\"]}}"),
                    200);
        }
        assertThat(read("t")).extracting(row -> row.get("name")).contains("csv", "json", "avro", "feather");
        assertThat(client.post(TABLES + "/t/write?mode=append&content_type=lance", "{\"data\":{\"id\":[1]}}")
                        .code())
                .isEqualTo("unsupported_operation");
    }

    @Test
    void aTokenCommitsWhatWasStagedForItAndNothingElse() {
        JsonNode staged =
                require(client.post(TABLES + "/t/stage?mode=append", ""), 200).body();
        assertThat(staged.get("table_exists").asBoolean()).isTrue();
        assertThat(staged.get("partition_id").asText()).isNotEmpty();
        assertThat(staged.at("/schema/0/name").asText()).isEqualTo("id");
        String token = staged.get("validation_token").asText();
        String entries = "{\"manifest_entries\":[" + ServerClient.entry(staged, "f", 3) + "]";
        assertThat(client.post(TABLES + "/t/commit?mode=append", entries + "}").message())
                .contains("'validation_token' is missing");
        assertThat(client.post(TABLES + "/t/commit?mode=append", entries + ",\"validation_token\":\"vt_x\"}")
                        .message())
                .contains("'vt_x'");
        String body = entries + ",\"validation_token\":\"" + token + "\"}";
        assertThat(client.post(TABLES + "/t/commit?mode=add", body).message()).contains("'mode' is 'add'");
        Answer committed = require(client.post(TABLES + "/t/commit?mode=append", body), 200);
        assertThat(committed.text())
                .isEqualTo("{\"committed\":true,\"namespace\":\"default\",\"table\":\"t\",\"files_registered\":1,"
                        + "\"total_records\":3,\"deltas_written\":1}");
        assertThat(client.post(TABLES + "/t/commit?mode=append", body).text()).isEqualTo(committed.text());
        String other = "{\"manifest_entries\":[" + ServerClient.entry(staged, "g", 3) + "],\"validation_token\":\""
                + token + "\"}";
        assertThat(client.post(TABLES + "/t/commit?mode=append", other).status())
                .isEqualTo(409);
        assertThat(client.records("t")).isEqualTo(3);
    }

    @Test
    void filesBringTheirColumnsIntoATableThatTakesThem() {
        create(
                "auto",
                "[{\"name\":\"id\",\"type\":\"int32\"}]",
                ",\"table_properties\":{\"schema_evolution_mode\":\"auto\"}");
        create("wide", "[{\"name\":\"id\",\"type\":\"int64\"},{\"name\":\"extra\",\"type\":\"float64\"}]", "");
        require(write("auto", "append", "{\"id\":[1]}"), 200);
        require(write("wide", "append", "{\"id\":[5000000000],\"extra\":[0.5]}"), 200);
        JsonNode session = client.openSession("auto", "append", "\"allow_external_entries\":true")
                .body();
        assertThat(session.get("schema_evolution_mode").asText()).isEqualTo("auto");
        String entry = external("wide");
        JsonNode committed =
                require(client.commitSession(session, "op", entry), 200).body();
        assertThat(committed.get("schema").toString()).contains("\"extra\"", "\"int64\"");
        assertThat(read("auto")).extracting(row -> row.get("id")).containsExactly(1L, 5000000000L);
        assertThat(read("auto")).extracting(row -> row.get("extra")).containsExactly(null, 0.5);
        JsonNode tasks = client.plan("auto").get("scan_tasks");
        assertThat(tasks.at("/0/files/0/schema_id").asText()).isEqualTo("1");
        assertThat(tasks.at("/1/files/0/schema_id").asText()).isEqualTo("2");
        require(write("auto", "append", "{\"id\":[3],\"more\":[\"x\"]}"), 200);
        assertThat(client.get(TABLES + "/auto").at("schema").findValuesAsText("name"))
                .containsExactly("id", "extra", "more");
    }

    @Test
    void columnsBroughtInATransactionComeAndGoWithIt() {
        create(
                "auto",
                "[{\"name\":\"id\",\"type\":\"int64\"}]",
                ",\"table_properties\":{\"schema_evolution_mode\":\"auto\"}");
        for (String end : List.of("abort", "commit")) {
            JsonNode transaction = client.begin();
            String id = transaction.get("transaction_id").asText();
            JsonNode written = require(
                            client.post(
                                    TABLES + "/auto/write?mode=append&transaction_id=" + id + "&transaction_version=1",
                                    "{\"data\":{\"id\":[1],\"more\":[\"x\"]}}"),
                            200)
                    .body();
            long version = written.get("transaction_version").asLong();
            String inside = "?transaction_id=" + id + "&transaction_version=" + version;
            assertThat(columns("auto", inside)).containsExactly("id", "more");
            assertThat(columns("auto", "")).containsExactly("id");
            require(client.finish(transaction, end, version), 200);
        }
        assertThat(columns("auto", "")).containsExactly("id", "more");
        assertThat(client.records("auto")).isEqualTo(1);
    }

    private List<String> columns(String table, String query) {
        return client.get(TABLES + "/" + table + query).at("schema").findValuesAsText("name");
    }

    @Test
    void filesWhoseTypesNeitherFitNorWidenAreRefused() {
        create(
                "auto",
                "[{\"name\":\"id\",\"type\":\"string\"}]",
                ",\"table_properties\":{\"schema_evolution_mode\":\"auto\"}");
        require(write("t", "append", "{\"id\":[1]}"), 200);
        JsonNode session = client.openSession("auto", "append", "\"allow_external_entries\":true")
                .body();
        Answer refused = client.commitSession(session, "op", external("t"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("entries[0].path", "column 'id'", "int64", "string");
        Answer broken = client.commitSession(session, "op2", ServerClient.entry(session, "f", 1));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.message()).contains("cannot be read as parquet");
    }

    @Test
    void aDisabledSchemaStaysAsItIs() {
        create("fixed", FIELDS, ",\"table_properties\":{\"schema_evolution_mode\":\"disabled\"}");
        assertThat(client.openSession("fixed", "append")
                        .at("schema_evolution_mode")
                        .asText())
                .isEqualTo("disabled");
        String add =
                "\"schema_updates\":{\"operations\":[{\"op\":\"add\",\"field\":{\"name\":\"x\",\"type\":\"bool\"}}]}";
        Answer refused = client.put(TABLES + "/fixed", "{" + add + "}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).contains("'schema_evolution_mode'", "'default.fixed'", "'disabled'");
        assertThat(write("fixed", "append", "{\"id\":[1],\"x\":[true]}").status())
                .isEqualTo(400);
        require(
                client.put(
                        TABLES + "/fixed", "{\"table_properties\":{\"schema_evolution_mode\":\"manual\"}," + add + "}"),
                200);
    }

    @Test
    void whatACommitCannotHonourIsRefused() {
        JsonNode session = client.openSession("t", "append").body();
        String entry = ServerClient.entry(session, "f", 1);
        Answer obligations = client.commitSession(session, 1, "op1", ",\"commit_obligations\":[{\"a\":1}]", entry);
        assertThat(obligations.code()).isEqualTo("unsupported_operation");
        assertThat(obligations.message()).contains("'commit_obligations'");
        Answer binding =
                client.commitSession(session, "op2", entry.replace("{\"path\"", "{\"binding_revision\":3,\"path\""));
        assertThat(binding.message()).contains("entries[0].binding_revision", "is 3");
        require(client.commitSession(session, "op3", entry), 200);
    }

    @Test
    void aSchemaIdMustBeOneOfTheTable() {
        JsonNode session = client.openSession("t", "append").body();
        String entry = ServerClient.entry(session, "f", 1);
        Answer unknown =
                client.commitSession(session, "op1", entry.replace("{\"path\"", "{\"schema_id\":\"9\",\"path\""));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.message()).contains("entries[0].schema_id", "'9'");
        require(client.commitSession(session, "op2", entry.replace("{\"path\"", "{\"schema_id\":1,\"path\"")), 200);
    }

    @Test
    void filesForASchemaThatChangedUnderThemAreRefusedOnlyIfTheyDoNotFit() {
        JsonNode first = client.openSession("t", "append").body();
        alter("{\"op\":\"add\",\"field\":{\"name\":\"more\",\"type\":\"int64\"}}");
        require(client.commitSession(first, "op1", ServerClient.entry(first, "f", 1)), 200);
        assertThat(client.plan("t").at("/scan_tasks/0/files/0/schema_id").asText())
                .isEqualTo("1");

        JsonNode second = client.openSession("t", "append").body();
        JsonNode transaction = client.begin();
        JsonNode attached = client.attach(transaction, 1, "t", "append", "g", 1);
        alter("{\"op\":\"update_type\",\"field_locator\":\"more\",\"new_type\":\"bool\"}");
        Answer alone = client.commitSession(second, "op2", ServerClient.entry(second, "h", 1));
        assertThat(alone.status()).isEqualTo(409);
        assertThat(alone.code()).isEqualTo("concurrent_modification");
        assertThat(alone.message()).contains("column 'more' changed from");
        Answer together = client.finish(
                transaction, "commit", attached.get("transaction_version").asLong());
        assertThat(together.code()).isEqualTo("concurrent_modification");
        assertThat(together.details().get("conflict_class").asText()).isEqualTo("retryable_stale_read");
    }

    @Test
    void aTableDroppedUnderATransactionIsAConflict() {
        JsonNode transaction = client.begin();
        JsonNode attached = client.attach(transaction, 1, "t", "add", "f", 1);
        require(client.delete(TABLES + "/t"), 200);
        Answer lost = client.finish(
                transaction, "commit", attached.get("transaction_version").asLong());
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.details().get("blocker_outcome").asText()).isEqualTo("successful_winner");
    }

    @Test
    void twoTransactionsThatReplaceTheSameTableDoNotBothGoOn() {
        JsonNode first = client.begin();
        client.attach(first, 1, "t", "replace", "f", 1);
        JsonNode second = client.begin();
        JsonNode session = client.openSession(
                        "t",
                        "replace",
                        "\"transaction_id\":\"" + second.get("transaction_id").asText() + "\"",
                        "\"transaction_version\":1")
                .body();
        Answer unsettled = client.commitSession(
                session, 1, "op", ",\"transaction_version\":2", ServerClient.entry(session, "g", 1));
        assertThat(unsettled.status()).isEqualTo(409);
        assertThat(unsettled.details().get("conflict_class").asText()).isEqualTo("unsettled_authority");
        assertThat(unsettled.details().get("blocker_outcome").asText()).isEqualTo("unsettled");
    }

    private String external(String table) {
        JsonNode file = client.plan(table).at("/scan_tasks/0/files/0");
        return "{\"path\":\"" + file.get("path").asText() + "\",\"record_count\":" + file.get("record_count")
                + ",\"content_length\":" + file.get("content_length") + "}";
    }

    private void alter(String operation) {
        require(
                client.put(
                        TABLES + "/t",
                        "{\"schema_updates\":{\"operations\":[" + operation
                                + "],\"allow_incompatible_changes\":true}}"),
                200);
    }

    private void assertRefused(String data, String field, String why) {
        Answer refused = write("t", "append", data);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.details().get("field").asText()).isEqualTo(field);
        assertThat(refused.message()).contains(why);
    }

    private Answer write(String table, String mode, String data) {
        return client.post(TABLES + "/" + table + "/write?mode=" + mode, "{\"data\":" + data + "}");
    }

    private void create(String table, String fields, String more) {
        require(client.post(TABLES, "{\"table\":\"" + table + "\",\"schema_def\":" + fields + more + "}"), 201);
    }

    private List<Map<String, Object>> read(String table) {
        try (DeltaCatClient deltacat =
                DeltaCatClient.builder().uri(server.uri()).build()) {
            return deltacat.catalog().read(new TableRef("default", table, null)).toList();
        }
    }

    private List<Path> files() {
        try (var tree = Files.walk(directory.resolve("data"))) {
            return tree.filter(Files::isRegularFile).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
