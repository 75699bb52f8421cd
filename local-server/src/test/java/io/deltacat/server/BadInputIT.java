package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends, it gets the documented envelope that names what is wrong; never a 500. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String TABLES = "/v1/namespaces/default/tables";
    private static final String SESSIONS = TABLES + "/t/write-sessions";

    private LocalServer server;
    private ServerClient client;
    private JsonNode session;
    private JsonNode transaction;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
        client.createTable("t");
        client.write("t", "append", "f", 1);
        session = client.openSession("t", "append").body();
        transaction = client.begin();
        client.post("/v1/subscriptions", "{\"subscriber_id\":\"s\",\"source_tables\":[{\"table\":\"t\"}]}");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        // method, path, body, status, what the message must name
        add(cases, "POST", TABLES, "", 422, "no JSON object");
        add(cases, "POST", TABLES, "{", 400, "no JSON");
        add(cases, "POST", TABLES, "{\"table\":\"x\"} trailing", 400, "no JSON");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"table\":\"y\"}", 400, "no JSON");
        add(cases, "POST", TABLES, "[]", 422, "no JSON object");
        add(cases, "POST", TABLES, "null", 422, "no JSON object");
        add(cases, "POST", TABLES, "{}", 422, "'table'");
        add(cases, "POST", TABLES, "{\"table\":null}", 422, "'table'");
        add(cases, "POST", TABLES, "{\"table\":7}", 422, "'table'");
        add(cases, "POST", TABLES, "{\"table\":\"\"}", 422, "'table'");
        add(cases, "POST", TABLES, "{\"table\":\"a\\u0000b\"}", 422, "'table'");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"colour\":1}", 422, "'colour'");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"fail_if_exists\":\"yes\"}", 422, "'fail_if_exists'");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"lifecycle_state\":\"asleep\"}", 422, "asleep");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"default_content_type\":\"exe\"}", 422, "exe");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"schema_def\":7}", 422, "'schema_def'");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"schema_def\":\"@@\"}", 422, "'schema_def'");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"schema_def\":[7]}", 422, "schema_def[0]");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"schema_def\":[null]}", 422, "schema_def[0]");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"schema_def\":[{\"type\":\"int64\"}]}", 422, "schema_def[0]");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"schema_def\":[{\"name\":\"a\"}]}", 422, "schema_def[0]");
        add(
                cases,
                "POST",
                TABLES,
                "{\"table\":\"x\",\"schema_def\":[{\"name\":\"a\",\"type\":\"nonsense\"}]}",
                422,
                "nonsense");
        add(
                cases,
                "POST",
                TABLES,
                "{\"table\":\"x\",\"schema_def\":[{\"name\":\"a\",\"type\":\"int64\",\"x\":1}]}",
                422,
                "schema_def[0].x");
        add(
                cases,
                "POST",
                TABLES,
                "{\"table\":\"x\",\"schema_def\":[{\"name\":\"a\",\"type\":\"int64\"},{\"name\":\"a\",\"type\":\"int64\"}]}",
                422,
                "'a'");
        add(
                cases,
                "POST",
                TABLES,
                "{\"table\":\"x\",\"partition_scheme\":{\"keys\":[{\"key\":[\"a\"]}]}}",
                422,
                "partition_scheme");
        add(
                cases,
                "POST",
                TABLES,
                "{\"table\":\"x\",\"sort_scheme\":{\"keys\":[{\"key\":[\"a\"]}]}}",
                422,
                "sort_scheme");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"sort_scheme\":{\"keys\":[null]}}", 422, "sort_scheme");
        add(cases, "POST", TABLES, "{\"table\":\"x\",\"sort_scheme\":{\"keys\":7}}", 422, "sort_scheme");
        add(cases, "POST", TABLES, "{\"table\":17000000001e400000000000}", 400, "out of range");
        add(cases, "POST", TABLES, "{\"table\":\"t\"}", 409, "'default.t'");
        add(cases, "POST", "/v1/namespaces/nowhere/tables", "{\"table\":\"x\"}", 404, "'nowhere'");
        add(cases, "GET", "/v1/namespaces/nowhere", "", 404, "'nowhere'");
        add(cases, "GET", "/v1/namespaces/nowhere/tables", "", 404, "'nowhere'");
        add(cases, "GET", TABLES + "/none", "", 404, "'default.none'");
        add(cases, "GET", TABLES + "/none/versions", "", 404, "'default.none'");
        add(cases, "GET", TABLES + "/t?table_version=9", "", 404, "'9'");
        add(cases, "GET", TABLES + "/t?catalog=other", "", 404, "'other'");
        add(cases, "GET", TABLES + "/t?metadata_only=perhaps", "", 422, "'metadata_only'");
        add(cases, "GET", TABLES + "/t?transaction_version=1", "", 400, "'transaction_version'");
        add(cases, "GET", TABLES + "/t?transaction_id=tx_none", "", 404, "'tx_none'");
        add(cases, "GET", TABLES + "?limit=0", "", 422, "'limit'");
        add(cases, "GET", TABLES + "?limit=many", "", 422, "'limit'");
        add(cases, "GET", TABLES + "?limit=99999999999999999999", "", 422, "'limit'");
        add(cases, "GET", TABLES + "?next_token=xyz", "", 400, "'next_token'");
        add(cases, "GET", TABLES + "?next_token=MXx0YWJsZXN8NDAwMDAwMDAwMDAwMDAwMDAwMHxh", "", 400, "'next_token'");
        add(cases, "PATCH", TABLES + "/t", "{}", 405, "PATCH");
        add(cases, "PUT", TABLES + "/t", "{\"x\":1}", 422, "'x'");
        add(cases, "GET", TABLES + "/t/preview?limit=0", "", 422, "limit");
        add(cases, "GET", TABLES + "/t/preview", "", 400, "cannot be read here");
        add(cases, "POST", "/v1/namespaces", "{}", 422, "'namespace'");
        add(cases, "POST", "/v1/namespaces", "{\"namespace\":\"default\"}", 409, "'default'");
        add(cases, "POST", "/v1/namespaces", "{\"namespace\":\"x\",\"properties\":[]}", 422, "'properties'");
        add(cases, "PUT", "/v1/namespaces/default", "{\"new_name\":\"x\"}", 400, "'new_name'");
        add(cases, "DELETE", "/v1/namespaces/default", "", 409, "'default'");
        add(cases, "POST", SESSIONS, "{}", 422, "'format'");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\"}", 422, "'mode'");
        add(cases, "POST", SESSIONS, "{\"format\":\"exe\",\"mode\":\"append\"}", 422, "exe");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\",\"mode\":\"stir\"}", 422, "stir");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\",\"mode\":\"merge\"}", 400, "merge");
        add(
                cases,
                "POST",
                SESSIONS,
                "{\"format\":\"parquet\",\"mode\":\"replace_partition\"}",
                400,
                "replace_partition");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\",\"mode\":\"create\"}", 409, "'default.t'");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\",\"mode\":\"append\",\"x\":1}", 422, "'x'");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\",\"mode\":\"append\",\"catalog\":\"c\"}", 404, "'c'");
        add(cases, "POST", SESSIONS, "{\"format\":\"parquet\",\"mode\":\"append\",\"root\":\"r\"}", 404, "'r'");
        add(
                cases,
                "POST",
                SESSIONS,
                "{\"format\":\"parquet\",\"mode\":\"append\",\"write_once\":true}",
                422,
                "write_once");
        add(
                cases,
                "POST",
                SESSIONS,
                "{\"format\":\"parquet\",\"mode\":\"append\",\"transaction_id\":\"x\"}",
                400,
                "transaction_version");
        add(
                cases,
                "POST",
                SESSIONS,
                "{\"format\":\"parquet\",\"mode\":\"append\",\"transaction_id\":\"x\",\"transaction_version\":1}",
                404,
                "'x'");
        add(
                cases,
                "POST",
                SESSIONS,
                "{\"format\":\"parquet\",\"mode\":\"append\",\"table_version\":\"9\"}",
                404,
                "'9'");
        add(
                cases,
                "POST",
                SESSIONS,
                "{\"format\":\"parquet\",\"mode\":\"append\",\"expected_table_id\":\"other\"}",
                409,
                "'other'");
        add(
                cases,
                "POST",
                TABLES + "/none/write-sessions",
                "{\"format\":\"parquet\",\"mode\":\"append\",\"create_if_missing\":{}}",
                404,
                "'default.none'");
        add(
                cases,
                "POST",
                TABLES + "/none/write-sessions",
                "{\"format\":\"parquet\",\"mode\":\"auto\",\"create_if_missing\":{\"x\":1}}",
                422,
                "create_if_missing.x");
        add(
                cases,
                "POST",
                TABLES + "/none/write-sessions",
                "{\"format\":\"parquet\",\"mode\":\"auto\",\"schema_serialized\":\"!\"}",
                422,
                "schema_serialized");
        add(cases, "GET", "/v1/write-sessions/none", "", 404, "'none'");
        add(cases, "POST", "/v1/write-sessions/none/heartbeat", "{\"session_version\":1}", 404, "'none'");
        add(cases, "POST", "/v1/write-sessions/none/abort", "{\"session_version\":1}", 404, "'none'");
        add(
                cases,
                "POST",
                "/v1/write-sessions/none/commit",
                "{\"session_version\":1,\"operation_id\":\"o\",\"entries\":[]}",
                404,
                "'none'");
        add(cases, "POST", "/v1/transactions", "{\"as_of\":\"yesterday\"}", 422, "'as_of'");
        add(cases, "POST", "/v1/transactions", "{\"as_of\":9000000000000000000}", 400, "as_of");
        add(cases, "POST", "/v1/transactions", "{\"as_of\":1.5}", 422, "'as_of'");
        add(cases, "POST", "/v1/transactions", "{\"catalog\":\"other\"}", 404, "'other'");
        add(cases, "GET", "/v1/transactions/none", "", 404, "'none'");
        add(cases, "POST", "/v1/transactions/none/commit", "{\"transaction_version\":1}", 404, "'none'");
        add(cases, "POST", "/v1/transactions/none/commit", "{}", 422, "'transaction_version'");
        add(cases, "POST", TABLES + "/none/plan", "", 404, "'default.none'");
        add(cases, "POST", TABLES + "/t/plan?columns=id", "", 422, "'columns'");
        add(cases, "POST", TABLES + "/t/plan?columns=%5B7%5D", "", 422, "'columns'");
        add(cases, "POST", TABLES + "/t/plan?columns=%5B%22nope%22%5D", "", 400, "'nope'");
        add(cases, "POST", TABLES + "/t/plan?filter_predicate=%5B%5D", "", 422, "'filter_predicate'");
        add(cases, "POST", TABLES + "/t/plan?filter_predicate=x", "", 422, "'filter_predicate'");
        add(cases, "POST", TABLES + "/t/plan?partition_filter=%7B%7D", "", 422, "'partition_filter'");
        add(cases, "POST", TABLES + "/t/plan?partition_filter=%5B%7B%7D%5D", "", 422, "'partition_filter'");
        add(cases, "POST", TABLES + "/t/plan?max_files=-1", "", 422, "'max_files'");
        add(cases, "POST", TABLES + "/t/plan?file_offset=-1", "", 422, "'file_offset'");
        add(cases, "POST", TABLES + "/t/plan?as_of=9000000000000000000", "", 400, "as_of");
        add(cases, "POST", TABLES + "/t/plan?as_of=1", "", 404, "'default.t'");
        add(cases, "POST", TABLES + "/t/plan?as_of=1&transaction_id=x&transaction_version=1", "", 400, "as_of");
        add(cases, "POST", TABLES + "/t/plan?include_files=maybe", "", 422, "'include_files'");
        add(cases, "POST", TABLES + "/t/plan?staged_stream_id=x", "", 400, "'staged_stream_id'");
        add(cases, "GET", TABLES + "/t/versions/9/streams", "", 404, "'9'");
        add(cases, "GET", TABLES + "/t/versions/1/streams/none", "", 404, "'none'");
        add(cases, "GET", TABLES + "/t/versions/1/streams/none/partitions", "", 404, "'none'");
        add(cases, "POST", "/v1/subscriptions", "{}", 422, "'subscriber_id'");
        add(cases, "POST", "/v1/subscriptions", "{\"subscriber_id\":\"x\"}", 422, "'source_tables'");
        add(cases, "POST", "/v1/subscriptions", "{\"subscriber_id\":\"x\",\"source_tables\":[]}", 422, "source_tables");
        add(
                cases,
                "POST",
                "/v1/subscriptions",
                "{\"subscriber_id\":\"x\",\"source_tables\":[null]}",
                422,
                "source_tables[0]");
        add(
                cases,
                "POST",
                "/v1/subscriptions",
                "{\"subscriber_id\":\"x\",\"source_tables\":[{}]}",
                422,
                "source_tables[0].table");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"subscriber_mode\":\"x\""), 422, "subscriber_mode");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"dispatch_mode\":\"x\""), 422, "dispatch_mode");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"config_json\":\"[\""), 422, "config_json");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"config_json\":\"[]\""), 422, "config_json");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"trigger\":{}"), 422, "trigger");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"trigger\":{\"mode\":\"x\"}"), 422, "trigger.mode");
        add(
                cases,
                "POST",
                "/v1/subscriptions",
                subscription(",\"trigger\":{\"mode\":\"schedule\"}"),
                422,
                "trigger.schedule");
        add(
                cases,
                "POST",
                "/v1/subscriptions",
                subscription(",\"trigger\":{\"mode\":\"schedule\",\"schedule\":{\"kind\":\"cron\"}}"),
                422,
                "trigger.schedule");
        add(cases, "POST", "/v1/subscriptions", subscription(",\"managers\":[]"), 422, "'managers'");
        add(cases, "PUT", "/v1/subscriptions/none", "{}", 404, "'none'");
        add(cases, "PUT", "/v1/subscriptions/s", "{\"x\":1}", 422, "'x'");
        add(cases, "POST", "/v1/subscriptions/none/pause", "", 404, "'none'");
        add(cases, "POST", "/v1/subscriptions/s/trigger", "", 400, "not offered");
        add(cases, "PUT", "/v1/subscriptions/s/watermark", "{}", 422, "'watermark_json'");
        add(cases, "PUT", "/v1/subscriptions/s/watermark", "{\"watermark_json\":{}}", 422, "'watermark_json'");
        add(cases, "PUT", "/v1/subscriptions/s/watermark", "{\"watermark_json\":\"{\"}", 422, "'watermark_json'");
        add(cases, "PUT", "/v1/subscriptions/s/watermark", "{\"watermark_json\":\"\"}", 422, "'watermark_json'");
        add(cases, "PUT", "/v1/subscriptions/s/watermark", "{\"watermark_json\":\"[]\"}", 422, "'watermark_json'");
        add(
                cases,
                "PUT",
                "/v1/subscriptions/s/watermark",
                "{\"watermark_json\":\"{\\\"partition_watermarks\\\":{\\\"a\\\":-1}}\"}",
                422,
                "-1");
        add(
                cases,
                "PUT",
                "/v1/subscriptions/s/watermark",
                "{\"watermark_json\":\"{\\\"partition_identities\\\":{\\\"a\\\":[1]}}\"}",
                422,
                "partition_identities");
        add(cases, "GET", "/v1/catalogs/other", "", 404, "'other'");
        add(cases, "GET", "/nowhere", "", 404, "path");
        add(cases, "GET", "/v1//namespaces", "", 404, "path");
        add(cases, "POST", "/faults", "{}", 404, "path");
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cases")
    void everyMistakeGetsAnEnvelopeThatNamesIt(String method, String path, String body, int status, String named) {
        Answer answer = client.send(method, path, body.getBytes(StandardCharsets.UTF_8));
        requireEnvelope(answer, status);
        assertThat(answer.message()).contains(named);
    }

    static Stream<Arguments> entries() {
        List<Arguments> cases = new ArrayList<>();
        entry(cases, "7", 422, "entries[0]");
        entry(cases, "null", 422, "entries[0]");
        entry(cases, "{}", 422, "entries[0].path");
        entry(cases, "{\"path\":\"DIR/f\"}", 422, "entries[0].record_count");
        entry(cases, "{\"path\":\"DIR/f\",\"record_count\":1}", 422, "entries[0].content_length");
        entry(cases, "{\"path\":\"DIR/f\",\"record_count\":-1,\"content_length\":9}", 422, "record_count");
        entry(cases, "{\"path\":\"DIR/f\",\"record_count\":\"1\",\"content_length\":9}", 422, "record_count");
        entry(cases, "{\"path\":\"DIR/none\",\"record_count\":1,\"content_length\":9}", 400, "no readable file");
        entry(cases, "{\"path\":\"DIR/f\",\"record_count\":1,\"content_length\":8}", 400, "content_length");
        entry(cases, "{\"path\":\"relative/f\",\"record_count\":1,\"content_length\":9}", 400, "data_dir");
        entry(
                cases,
                "{\"path\":\"DIR/../../../../../etc/passwd\",\"record_count\":1,\"content_length\":9}",
                400,
                "data_dir");
        entry(cases, "{\"path\":\"s3://bucket/f\",\"record_count\":1,\"content_length\":9}", 400, "data_dir");
        entry(cases, "{\"path\":\"DIR/a\\u0000b\",\"record_count\":1,\"content_length\":9}", 400, "entries[0].path");
        entry(cases, full(",\"entry_type\":\"magic\""), 400, "entry_type");
        entry(cases, full(",\"content_encoding\":\"rot13\""), 422, "rot13");
        entry(cases, full(",\"data_root_name\":\"other\""), 404, "other");
        entry(cases, full(",\"storage_binding_name\":\"b\""), 400, "storage_binding_name");
        entry(cases, full(",\"partition_values\":[1]"), 400, "partition_values");
        entry(cases, full(",\"expected_missing_partition\":true"), 400, "replace_partition");
        entry(cases, full(",\"column_stats\":7"), 422, "column_stats");
        entry(cases, full(",\"column_stats\":{\"id\":7}"), 422, "column_stats");
        entry(cases, full(",\"column_stats\":{\"id\":null}"), 422, "column_stats");
        entry(cases, full(",\"column_stats\":{\"id\":{\"null_count\":2}}"), 422, "null_count");
        entry(cases, full(",\"column_stats\":{\"id\":{\"null_count\":\"x\"}}"), 422, "null_count");
        entry(cases, full("") + "," + full(""), 422, "entries[1].path");
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void everyBadEntryIsNamed(String entry, int status, String named) {
        ServerClient.entry(session, "f", 1); // 9 bytes: "rows of f"
        String body = "{\"session_version\":1,\"operation_id\":\"op\",\"entries\":["
                + entry.replace("DIR", session.get("data_dir").asText()) + "]}";
        Answer answer =
                client.post("/v1/write-sessions/" + session.get("session_id").asText() + "/commit", body);
        requireEnvelope(answer, status);
        assertThat(answer.message()).contains(named);
    }

    @Test
    void brokenPercentEscapesAreBadRequests() throws Exception {
        for (String path : List.of(TABLES + "/%ZZ", TABLES + "?limit=%Z", TABLES + "/%")) {
            try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(reply).as(path).startsWith("HTTP/1.1 400");
            }
        }
    }

    @Test
    void mutatedBodiesNeverBreakTheServer() {
        long seed = Long.getLong("fuzz.seed", 20260101);
        Random random = new Random(seed);
        List<String> good = List.of(
                "{\"table\":\"z\",\"schema_def\":[{\"name\":\"a\",\"type\":\"int64\",\"past_default\":1}],\"sort_scheme\":{\"keys\":[{\"key\":[\"a\"]}]}}",
                "{\"format\":\"parquet\",\"mode\":\"auto\",\"create_if_missing\":{\"schema_def\":[{\"name\":\"a\",\"type\":\"string\",\"merge_order\":{\"sort_order\":\"ascending\"}}]}}",
                "{\"session_version\":1,\"operation_id\":\"o\",\"entries\":[{\"path\":\"/x\",\"column_stats\":{\"a\":{\"min\":1}}}]}",
                "{\"subscriber_id\":\"f\",\"source_tables\":[{\"table\":\"t\"}],\"trigger\":{\"mode\":\"schedule\",\"schedule\":{\"kind\":\"interval\",\"interval_seconds\":60}}}",
                "{\"watermark_json\":\"{\\\"partition_watermarks\\\":{\\\"a\\\":1}}\"}",
                "{\"transaction_version\":1,\"reason\":\"x\",\"as_of\":5,\"properties\":{\"a\":{\"b\":[1]}},\"namespace\":\"q\"}");
        List<String> targets = List.of(
                "POST " + TABLES,
                "POST " + SESSIONS,
                "POST " + TABLES + "/fuzzed/write-sessions",
                "POST /v1/write-sessions/" + session.get("session_id").asText() + "/commit",
                "POST /v1/transactions",
                "POST /v1/transactions/" + transaction.get("transaction_id").asText() + "/heartbeat",
                "POST /v1/namespaces",
                "PUT /v1/namespaces/default",
                "POST /v1/subscriptions",
                "PUT /v1/subscriptions/s",
                "PUT /v1/subscriptions/s/watermark");
        List<String> scraps = List.of(
                "null", "0", "-1", "1e400", "\"\"", "[]", "{}", "true", "[null]", "\"\\ud800\"", "9223372036854775808");
        for (int i = 0; i < 1_500; i++) {
            String body = good.get(random.nextInt(good.size()));
            for (int change = random.nextInt(3); change >= 0; change--) {
                body = mutate(body, scraps, random);
            }
            String[] target = targets.get(random.nextInt(targets.size())).split(" ", 2);
            Answer answer = client.send(target[0], target[1], body.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status())
                    .as("seed %d, round %d: %s %s %s", seed, i, target[0], target[1], body)
                    .isLessThan(500);
        }
    }

    static String mutate(String body, List<String> scraps, Random random) {
        int at = random.nextInt(body.length() + 1);
        return switch (random.nextInt(4)) {
            case 0 -> body.substring(0, at) + scraps.get(random.nextInt(scraps.size())) + body.substring(at);
            case 1 -> at < body.length() ? body.substring(0, at) + body.substring(at + 1) : body;
            case 2 -> replaceValue(body, scraps.get(random.nextInt(scraps.size())), random);
            default -> replaceValue(body, scraps.get(random.nextInt(scraps.size())), random);
        };
    }

    private static String replaceValue(String body, String scrap, Random random) {
        List<Integer> colons = new ArrayList<>();
        for (int i = 0; i < body.length(); i++) {
            if (body.charAt(i) == ':') {
                colons.add(i);
            }
        }
        if (colons.isEmpty()) {
            return body;
        }
        int colon = colons.get(random.nextInt(colons.size()));
        int end = colon + 1;
        int depth = 0;
        while (end < body.length() && (depth > 0 || ",}]".indexOf(body.charAt(end)) < 0)) {
            depth += "[{".indexOf(body.charAt(end)) >= 0 ? 1 : 0;
            depth -= "]}".indexOf(body.charAt(end)) >= 0 ? 1 : 0;
            end++;
        }
        return body.substring(0, colon + 1) + scrap + body.substring(end);
    }

    private static void requireEnvelope(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        JsonNode error = answer.at("error");
        assertThat(error.path("code").asText()).isNotEmpty();
        assertThat(error.path("message").asText())
                .isNotEmpty()
                .doesNotContain("\n")
                .doesNotContain("Exception");
        assertThat(error.path("retryable").isBoolean()).isTrue();
        assertThat(error.path("details").isObject()).isTrue();
        assertThat(error.path("request_id").asText()).isNotEmpty();
    }

    private static String subscription(String more) {
        return "{\"subscriber_id\":\"x\",\"source_tables\":[{\"table\":\"t\"}]" + more + "}";
    }

    private static String full(String more) {
        return "{\"path\":\"DIR/f\",\"record_count\":1,\"content_length\":9" + more + "}";
    }

    private static void entry(List<Arguments> cases, String entry, int status, String named) {
        cases.add(Arguments.of(entry, status, named));
    }

    private static void add(List<Arguments> cases, String method, String path, String body, int status, String named) {
        cases.add(Arguments.of(method, path, body, status, named));
    }
}
