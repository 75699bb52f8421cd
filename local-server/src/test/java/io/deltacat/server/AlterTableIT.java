package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlterTableIT {
    private static final String TABLES = "/v1/namespaces/default/tables";
    private static final String ADD_NOTE =
            "{\"schema_updates\":{\"operations\":[{\"op\":\"add\",\"field\":{\"name\":\"note\",\"type\":\"string\"}}]}}";

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
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void schemasOfEveryChangeStayInPlansAndIdsStayWithTheirColumns() {
        client.createTable("evolving");
        ok(alter("evolving", ADD_NOTE));
        ok(alter(
                "evolving",
                "{\"schema_updates\":{\"operations\":[{\"op\":\"remove\",\"field_locator\":\"name\"},"
                        + "{\"op\":\"add\",\"field\":{\"name\":\"name\",\"type\":\"int32\",\"past_default\":7}}]}}"));
        ok(
                alter(
                        "evolving",
                        "{\"schema_updates\":{\"operations\":[{\"op\":\"update_type\",\"field_locator\":\"name\",\"new_type\":\"int64\"}]}}"));
        JsonNode plan = client.post(TABLES + "/evolving/plan", "").body();
        JsonNode schemas = plan.get("schemas_by_id");
        assertThat(names(schemas.get("1"))).containsExactly("id:1", "name:2");
        assertThat(names(schemas.get("2"))).containsExactly("id:1", "name:2", "note:3");
        assertThat(names(schemas.get("3"))).containsExactly("id:1", "note:3", "name:4");
        assertThat(names(schemas.get("4"))).containsExactly("id:1", "note:3", "name:4");
        assertThat(schemas.size()).isEqualTo(4);
        assertThat(plan.get("schema")).isEqualTo(schemas.get("4"));
        assertThat(plan.get("schema").get(2).get("type").asText()).isEqualTo("int64");
        assertThat(plan.get("schema").get(2).get("past_default").asInt()).isEqualTo(7);
        assertThat(plan.get("schemas_serialized_by_id").size()).isEqualTo(4);
    }

    @Test
    void aPlanOfThePastShowsTheSchemaOfThen() {
        client.createTable("past");
        long before = now();
        ok(alter("past", ADD_NOTE));
        assertThat(names(client.post(TABLES + "/past/plan?as_of=" + before, "")
                        .body()
                        .get("schema")))
                .containsExactly("id:1", "name:2");
        assertThat(names(client.post(TABLES + "/past/plan", "").body().get("schema")))
                .containsExactly("id:1", "name:2", "note:3");
    }

    @Test
    void schemesChangeAndTheOldOnesStayByTheirIds() {
        client.createTable("schemes");
        ok(alter(
                "schemes",
                "{\"partition_updates\":{\"keys\":[{\"key\":[\"name\"]}],\"id\":\"p1\"},"
                        + "\"sort_scheme\":{\"keys\":[{\"key\":[\"id\"]}],\"id\":\"s1\"}}"));
        ok(alter(
                "schemes",
                "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"],\"transform\":\"bucket(4)\"}],\"id\":\"p2\"},"
                        + "\"sort_scheme\":{\"keys\":[]}}"));
        JsonNode plan = client.post(TABLES + "/schemes/plan", "").body();
        assertThat(plan.at("/partition_scheme/id").asText()).isEqualTo("p2");
        assertThat(fieldNames(plan.get("partition_schemes_by_id"))).containsExactly("p1", "p2");
        assertThat(plan.hasNonNull("sort_scheme")).isFalse();
        assertThat(fieldNames(plan.get("sort_schemes_by_id"))).containsExactly("s1");
        Answer taken = alter("schemes", "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"]}],\"id\":\"p1\"}}");
        assertThat(taken.status()).isEqualTo(409);
        Answer bound = alter(
                "schemes",
                "{\"schema_updates\":{\"operations\":[{\"op\":\"remove\",\"field_locator\":\"id\"}],\"allow_incompatible_changes\":true}}");
        assertThat(bound.status()).isEqualTo(400);
        assertThat(bound.message()).contains("partition column");
    }

    @Test
    void equalValuesUnderTwoSchemesAreTwoPartitions() {
        client.createTable("twice");
        ok(alter("twice", "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"]}],\"id\":\"by-id\"}}"));
        writeInto("twice", "op_1", "first", 3);
        ok(
                alter(
                        "twice",
                        "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"],\"transform\":\"bucket(4)\"}],\"id\":\"by-bucket\"}}"));
        writeInto("twice", "op_2", "second", 4);
        writeInto("twice", "op_3", "third", 5);
        JsonNode plan = client.plan("twice", "partition_filter=%5B%7B%22partition_values%22%3A%5B1%5D%7D%5D");
        assertThat(plan.get("total_records").asLong()).isEqualTo(12);
        List<String> places = new ArrayList<>();
        plan.get("scan_tasks")
                .forEach(task -> places.add(task.get("partition_scheme_id").asText() + ":"
                        + task.get("stream_position").asLong()));
        assertThat(places).containsExactlyInAnyOrder("by-id:1", "by-bucket:1", "by-bucket:2");
    }

    @Test
    void aSchemeThatChangesUnderATransactionEndsIt() {
        client.createTable("regrouped");
        JsonNode transaction = client.begin();
        JsonNode attached = client.attach(transaction, 1, "regrouped", "append", "staged", 3);
        ok(alter("regrouped", "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"]}]}}"));
        Answer lost = client.finish(
                transaction, "commit", attached.get("transaction_version").asLong());
        assertThat(lost.status()).as(lost.text()).isEqualTo(409);
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.message()).contains("default.regrouped");
        assertThat(client.records("regrouped")).isZero();
    }

    @Test
    void aTransactionMayChangeTheSchemeAndWriteByIt() {
        client.createTable("inscheme");
        JsonNode transaction = client.begin();
        String id = transaction.get("transaction_id").asText();
        ok(client.put(
                TABLES + "/inscheme?transaction_version=1&transaction_id=" + id,
                "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"]}],\"id\":\"mine\"}}"));
        JsonNode session = client.openSession(
                        "inscheme", "append", "\"transaction_id\":\"" + id + "\"", "\"transaction_version\":2")
                .body();
        assertThat(session.at("/partition_scheme/id").asText()).isEqualTo("mine");
        String entry = ServerClient.entry(session, "own", 2);
        Answer attached = client.commitSession(
                session,
                1,
                "op_own",
                ",\"transaction_version\":" + session.get("transaction_version"),
                entry.substring(0, entry.length() - 1) + ",\"partition_values\":[1]}");
        ok(attached);
        ok(client.finish(
                transaction, "commit", attached.at("transaction_version").asLong()));
        JsonNode task = client.plan("inscheme").get("scan_tasks").get(0);
        assertThat(task.get("partition_scheme_id").asText()).isEqualTo("mine");
        assertThat(task.get("partition_values").toString()).isEqualTo("[1]");
    }

    private static void writeInto(String table, String operation, String file, int records) {
        JsonNode session = client.openSession(table, "append").body();
        String entry = ServerClient.entry(session, file, records);
        String partitioned = entry.substring(0, entry.length() - 1)
                + ",\"partition_values\":[1],\"partition_scheme_id\":" + session.at("/partition_scheme/id") + "}";
        ok(client.commitSession(session, operation, partitioned));
    }

    @Test
    void descriptionsPropertiesAndStateChangeOneByOne() {
        client.createTable("described");
        ok(
                alter(
                        "described",
                        "{\"table_description\":\"all of it\",\"table_properties\":{\"a\":1,\"b\":2},\"table_version_description\":\"first\","
                                + "\"table_version_properties\":{\"x\":{\"y\":[1]}},\"default_content_type\":\"csv\",\"lifecycle_state\":\"beta\"}"));
        ok(alter("described", "{\"table_properties\":{\"a\":null,\"c\":3}}"));
        JsonNode described = client.get(TABLES + "/described").body();
        assertThat(described.get("description").asText()).isEqualTo("all of it");
        assertThat(described.get("table_properties").toString()).isEqualTo("{\"b\":2,\"c\":3}");
        assertThat(described.get("properties").toString())
                .isEqualTo("{\"x\":{\"y\":[1]},\"default_content_type\":\"csv\"}");
        assertThat(described.get("lifecycle_state").asText()).isEqualTo("beta");
        JsonNode version = client.get(TABLES + "/described/versions").body().get(0);
        assertThat(version.get("description").asText()).isEqualTo("first");
        assertThat(version.get("lifecycle_state").asText()).isEqualTo("beta");
        assertThat(alter("described", "{}").at("altered").asBoolean()).isTrue();
    }

    @Test
    void theNewestActiveVersionIsMeantWhenNoneIsNamed() {
        client.createTable("versions");
        ok(client.post(
                TABLES, "{\"table\":\"versions\",\"table_version\":\"2\",\"schema_def\":" + ServerClient.SCHEMA + "}"));
        ok(
                client.post(
                        TABLES,
                        "{\"table\":\"versions\",\"table_version\":\"3\",\"lifecycle_state\":\"unreleased\",\"table_properties\":{\"p\":1}}"));
        assertThat(version("versions")).isEqualTo("2");
        assertThat(client.get(TABLES + "/versions").at("table_properties").toString())
                .isEqualTo("{\"p\":1}");
        ok(alter("versions", "{\"table_version\":\"2\",\"lifecycle_state\":\"deprecated\"}"));
        assertThat(version("versions")).isEqualTo("1");
        ok(alter("versions", "{\"table_version\":\"1\",\"lifecycle_state\":\"deleted\"}"));
        assertThat(version("versions")).isEqualTo("3");
        ok(alter("versions", "{\"table_version\":\"3\",\"lifecycle_state\":\"deleted\"}"));
        ok(alter("versions", "{\"table_version\":\"2\",\"lifecycle_state\":\"deleted\"}"));
        Answer none = client.get(TABLES + "/versions");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.message()).contains("table_version");
        assertThat(client.get(TABLES + "/versions?table_version=2").status()).isEqualTo(200);
    }

    @Test
    void anOperationIsDoneOnce() {
        client.createTable("once");
        Answer first = client.put(TABLES + "/once?operation_id=op_alter", ADD_NOTE);
        Answer again = client.put(TABLES + "/once?operation_id=op_alter", ADD_NOTE);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.status()).isEqualTo(200);
        assertThat(client.put(TABLES + "/once?operation_id=op_alter", "{}").status())
                .isEqualTo(409);
        assertThat(alter("once", ADD_NOTE).status()).isEqualTo(409);
    }

    @Test
    void aTransactionSeesItsOwnChangeAndOthersSeeItAfterTheCommit() {
        client.createTable("inside");
        JsonNode transaction = client.post("/v1/transactions", "{}").body();
        String id = transaction.get("transaction_id").asText();
        Answer altered = client.put(TABLES + "/inside?transaction_id=" + id + "&transaction_version=1", ADD_NOTE);
        ok(altered);
        assertThat(altered.at("transaction_version").asLong()).isEqualTo(2);
        assertThat(columns("inside", "?transaction_id=" + id)).hasSize(3);
        assertThat(columns("inside", "")).hasSize(2);
        assertThat(client.post(TABLES + "/inside/plan", "").at("schemas_by_id").size())
                .isEqualTo(1);
        ok(client.post("/v1/transactions/" + id + "/commit", "{\"transaction_version\":2}"));
        assertThat(columns("inside", "")).hasSize(3);
    }

    @Test
    void anAbortedChangeLeavesNothingBehind() {
        client.createTable("aborted");
        String id = client.post("/v1/transactions", "{}").at("transaction_id").asText();
        ok(client.put(TABLES + "/aborted?transaction_id=" + id + "&transaction_version=1", ADD_NOTE));
        ok(client.post("/v1/transactions/" + id + "/abort", "{\"transaction_version\":2}"));
        assertThat(columns("aborted", "")).hasSize(2);
        ok(alter("aborted", ADD_NOTE));
        assertThat(client.post(TABLES + "/aborted/plan", "").at("schemas_by_id").size())
                .isEqualTo(2);
    }

    @Test
    void theFirstOfTwoChangesWins() {
        client.createTable("raced");
        String id = client.post("/v1/transactions", "{}").at("transaction_id").asText();
        ok(client.put(TABLES + "/raced?transaction_id=" + id + "&transaction_version=1", ADD_NOTE));
        ok(alter("raced", "{\"table_version_description\":\"meanwhile\"}"));
        Answer lost = client.post("/v1/transactions/" + id + "/commit", "{\"transaction_version\":2}");
        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(columns("raced", "")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "none | {} | 404 | 'default.none'",
                "t | {'table_version':'9'} | 404 | '9'",
                "t | {'lifecycle_state':'gone'} | 422 | lifecycle_state",
                "t | {'unknown':1} | 422 | unknown",
                "t | {'schema_updates':{}} | 422 | schema_updates.operations",
                "t | {'schema_updates':{'operations':[null]}} | 422 | operations[0]",
                "t | {'schema_updates':{'operations':[{'op':'rename'}]}} | 422 | 'rename'",
                "t | {'schema_updates':{'operations':[{'op':'add'}]}} | 422 | operations[0].field",
                "t | {'schema_updates':{'operations':[{'op':'add','field':{'name':'c','type':'x'}}]}} | 422 | operations[0].field.type",
                "t | {'schema_updates':{'operations':[{'op':'add','field':{'name':'c','type':'int64','nullable':false}}]}} | 400 | 'c'",
                "t | {'schema_updates':{'operations':[{'op':'remove'}]}} | 422 | field_locator",
                "t | {'schema_updates':{'operations':[{'op':'remove','field_locator':'zz'}]}} | 404 | 'zz'",
                "t | {'schema_updates':{'operations':[{'op':'remove','field_locator':'id'}]}} | 400 | 'id'",
                "t | {'schema_updates':{'operations':[{'op':'update_type','field_locator':'name'}]}} | 422 | new_type",
                "t | {'schema_updates':{'operations':[{'op':'update_type','field_locator':'name','new_type':'int64'}]}} | 400 | 'int64'",
                "t | {'partition_updates':{'keys':[{'key':['zz']}]}} | 422 | 'zz'",
                "t | {'sort_scheme':{'keys':[{'key':['zz']}]}} | 422 | 'zz'",
                "t | {'default_content_type':'doc'} | 422 | default_content_type",
                "t | {'table_version_properties':{'schema_evolution_mode':'sometimes'}} | 422 | schema_evolution_mode",
                "t | {'table_version_properties':{'appended_delta_count_compaction_trigger':0}} | 422 | trigger"
            })
    void badChangesAreRefusedByName(String table, String body, int status, String named) {
        Answer refused = alter(table, body.replace('\'', '"'));
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.text()).contains(named);
    }

    @Test
    void mutatedChangesNeverBreakTheServer() {
        client.createTable("fuzzed");
        long seed = Long.getLong("fuzz.seed", 20260102);
        Random random = new Random(seed);
        List<String> good = List.of(
                "{\"schema_updates\":{\"operations\":[{\"op\":\"add\",\"field\":{\"name\":\"f\",\"type\":\"timestamp[us]\",\"nullable\":false,"
                        + "\"past_default\":\"2026-01-01\",\"future_default\":0,\"is_event_time\":true}},{\"op\":\"remove\",\"field_locator\":\"name\"},"
                        + "{\"op\":\"update_type\",\"field_locator\":\"id\",\"new_type\":\"int32\"}],\"allow_incompatible_changes\":true}}",
                "{\"partition_updates\":{\"keys\":[{\"key\":[\"id\"],\"transform\":\"bucket(3)\"},{\"key\":[\"name\"],\"transform\":\"truncate(2)\"}],"
                        + "\"id\":7,\"name\":\"p\"},\"sort_scheme\":{\"keys\":[{\"key\":[\"id\"],\"sort_order\":\"descending\",\"null_order\":\"at_end\"}]}}",
                "{\"table_properties\":{\"retention_days\":3,\"schema_evolution_mode\":\"auto\"},\"table_version_properties\":{\"x\":[{}]},"
                        + "\"table_description\":\"d\",\"lifecycle_state\":\"active\",\"layout\":\"l\",\"default_content_type\":\"csv\",\"table_version\":\"1\"}",
                "{\"as_of\":1700000000000000000,\"commit_message\":\"m\",\"new_name\":\"fuzzed_space\",\"properties\":{\"retention_count\":2}}",
                "{\"table\":\"made\",\"table_version\":\"9\",\"fail_if_exists\":false,\"lifecycle_state\":\"beta\",\"content_types\":[\"csv\"],"
                        + "\"schema_def\":[{\"name\":\"a\",\"type\":\"decimal128(9, 2)\",\"is_merge_key\":true,\"consistency_type\":\"coerce\",\"field_id\":5,"
                        + "\"merge_order\":{\"sort_order\":\"ascending\",\"null_order\":\"at_start\"}}]}");
        List<String> targets = List.of(
                "PUT " + TABLES + "/fuzzed",
                "POST " + TABLES + "/fuzzed/rollback",
                "POST " + TABLES,
                "PUT /v1/namespaces/default");
        List<String> scraps = List.of(
                "null", "0", "-1", "1e400", "\"\"", "[]", "{}", "true", "[null]", "\"\\ud800\"", "9223372036854775808");
        for (int i = 0; i < 1_000; i++) {
            String body = good.get(random.nextInt(good.size()));
            for (int change = random.nextInt(3); change > 0; change--) {
                body = BadInputIT.mutate(body, scraps, random);
            }
            String[] target = targets.get(random.nextInt(targets.size())).split(" ", 2);
            Answer answer = client.send(target[0], target[1], body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status())
                    .as("seed %d, round %d: %s %s %s", seed, i, target[0], target[1], body)
                    .isLessThan(500);
            if (i % 50 == 0) {
                assertThat(client.post(TABLES + "/fuzzed/plan", "").status()).isLessThan(500);
                assertThat(client.openSession("fuzzed", "append").status()).isLessThan(500);
            }
        }
    }

    private static Answer alter(String table, String body) {
        return client.put(TABLES + "/" + table, body);
    }

    private static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
    }

    private static String version(String table) {
        return client.get(TABLES + "/" + table).at("table_version").asText();
    }

    private static List<String> columns(String table, String query) {
        return names(client.get(TABLES + "/" + table + query).body().get("schema"));
    }

    private static List<String> names(JsonNode fields) {
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(
                field.get("name").asText() + ":" + field.get("field_id").asInt()));
        return names;
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static long now() {
        java.time.Instant now = java.time.Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
