package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCreationIT {
    private static final String TABLES = "/v1/namespaces/default/tables";
    private static final String FIELDS = """
            [{"name":"id","type":"int64","nullable":false,"is_merge_key":true,"doc":"the key"},
             {"name":"at","type":"timestamp[us, tz=UTC]","is_event_time":true,
              "merge_order":{"sort_order":"descending"}},
             {"name":"region","type":"string","past_default":"old","future_default":"new","consistency_type":"validate"},
             {"name":"amount","type":"float64","future_default":1}]""";
    private static final String SCHEMES = """
            "partition_scheme":{"keys":[{"key":["region"]},{"key":["at"],"transform":"Day"},
             {"key":["id"],"transform":"bucket(8)"}],"name":"by day"},
            "sort_scheme":{"keys":[{"key":["at"],"sort_order":"descending"},{"key":["amount"],"null_order":"at_start"}]}""";

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static ServerClient client;

    @BeforeAll
    static void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).port(0).build());
        client = new ServerClient(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatDescribesTheTableIsReturnedByDescribeSessionAndPlan() {
        Answer made = client.post(TABLES, "{\"table\":\"rich\",\"schema_def\":" + FIELDS + "," + SCHEMES + "}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode described = client.get(TABLES + "/rich").body();
        requireRich(described);
        JsonNode plan = client.post(TABLES + "/rich/plan", "").body();
        requireRich(plan);
        String partitionId = described.at("/partition_scheme/id").asText();
        assertThat(plan.at("/partition_schemes_by_id/" + partitionId)).isEqualTo(described.get("partition_scheme"));
        String sortId = described.at("/sort_scheme/id").asText();
        assertThat(plan.at("/sort_schemes_by_id/" + sortId)).isEqualTo(described.get("sort_scheme"));
    }

    @Test
    void aSessionThatCreatesItsTableTakesTheSameDescription() {
        Answer opened = client.post(
                TABLES + "/made/write-sessions",
                "{\"mode\":\"auto\",\"format\":\"parquet\",\"create_if_missing\":{\"schema_def\":" + FIELDS + ","
                        + SCHEMES + "}}");
        if (opened.status() == 201 || opened.status() == 200) {
            requireRich(opened.body());
        } else {
            assertThat(opened.status()).as(opened.text()).isEqualTo(400);
        }
    }

    private static void requireRich(JsonNode reply) {
        JsonNode fields = reply.get("schema");
        List<Integer> ids = new ArrayList<>();
        fields.forEach(field -> ids.add(field.get("field_id").asInt()));
        assertThat(ids).containsExactly(1, 2, 3, 4);
        assertThat(reply.get("merge_keys").toString()).isEqualTo("[\"id\"]");
        assertThat(fields.get(0).get("doc").asText()).isEqualTo("the key");
        assertThat(fields.get(1).get("is_event_time").asBoolean()).isTrue();
        assertThat(fields.get(1).get("merge_order").toString())
                .isEqualTo("{\"null_order\":\"at_end\",\"sort_order\":\"descending\"}");
        assertThat(fields.get(2).get("past_default").asText()).isEqualTo("old");
        assertThat(fields.get(2).get("future_default").asText()).isEqualTo("new");
        assertThat(fields.get(2).get("consistency_type").asText()).isEqualTo("validate");
        assertThat(fields.get(3).get("future_default").asInt()).isEqualTo(1);
        assertThat(reply.at("/partition_scheme/id").asText()).isNotEmpty();
        assertThat(reply.at("/partition_scheme/keys").toString())
                .isEqualTo(
                        "[{\"key\":[\"region\"],\"transform\":\"identity\"},{\"key\":[\"at\"],\"transform\":\"day\"},"
                                + "{\"key\":[\"id\"],\"transform\":\"bucket(8)\"}]");
        assertThat(reply.at("/sort_scheme/id").asText()).isNotEmpty();
        assertThat(reply.at("/sort_scheme/keys/0/sort_order").asText()).isEqualTo("descending");
        assertThat(reply.at("/sort_scheme/keys/1/null_order").asText()).isEqualTo("at_start");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"float64\",\"is_merge_key\":true | is_merge_key",
                "\"type\":\"string\",\"is_event_time\":true | is_event_time",
                "\"type\":\"int64\",\"merge_order\":{\"sort_order\":\"up\"} | merge_order.sort_order",
                "\"type\":\"int64\",\"merge_order\":{\"sort_order\":\"ascending\",\"null_order\":\"last\"} | merge_order.null_order",
                "\"type\":\"int64\",\"consistency_type\":\"strict\" | consistency_type",
                "\"type\":\"int8\",\"past_default\":128 | past_default",
                "\"type\":\"int64\",\"future_default\":1.5 | future_default",
                "\"type\":\"timestamp[us]\",\"future_default\":\"soon\" | future_default",
                "\"type\":\"bool\",\"past_default\":\"yes\" | past_default",
                "\"type\":\"int64\",\"field_id\":0 | field_id",
                "\"type\":\"int64\",\"field_id\":99999999999 | field_id"
            })
    void aColumnThatBreaksARuleIsRefusedByName(String column, String field) {
        Answer refused = client.post(TABLES, "{\"table\":\"bad\",\"schema_def\":[{\"name\":\"c\"," + column + "}]}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.details().get("field").asText()).isEqualTo("schema_def[0]." + field);
    }

    @Test
    void twoEventTimesAndRepeatedFieldIdsAreRefused() {
        Answer times = client.post(
                TABLES,
                "{\"table\":\"bad\",\"schema_def\":[{\"name\":\"a\",\"type\":\"date32\",\"is_event_time\":true},"
                        + "{\"name\":\"b\",\"type\":\"date32\",\"is_event_time\":true}]}");
        assertThat(times.status()).isEqualTo(422);
        assertThat(times.message()).contains("[a, b]");
        Answer ids = client.post(
                TABLES,
                "{\"table\":\"bad\",\"schema_def\":[{\"name\":\"a\",\"type\":\"date32\",\"field_id\":3},"
                        + "{\"name\":\"b\",\"type\":\"date32\",\"field_id\":3}]}");
        assertThat(ids.status()).isEqualTo(422);
        assertThat(ids.details().get("field").asText()).isEqualTo("schema_def[1].field_id");
    }
}
