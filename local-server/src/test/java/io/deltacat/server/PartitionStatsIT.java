package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.write.WriteMode;
import io.deltacat.server.ServerClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionStatsIT {
    private static final String TABLE = "/v1/namespaces/default/tables/t";

    @TempDir
    Path directory;

    private LocalServer server;
    private ServerClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void statisticsAreListedByPageAndFilter() {
        partitioned();
        Answer first = client.post(TABLE + "/partition-stats/query", "{\"limit\":2}");
        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.at("rows")).hasSize(2);
        Answer second = client.post(
                TABLE + "/partition-stats/query",
                "{\"limit\":2,\"after_token\":\"" + first.at("next_token").asText() + "\"}");
        assertThat(second.at("rows")).hasSize(1);
        assertThat(second.body().has("next_token")).isFalse();
        JsonNode one = client.post(TABLE + "/partition-stats/query", "{\"filter_predicate\":{\"eq\":[\"name\",\"b\"]}}")
                .at("rows");
        assertThat(one).hasSize(1);
        assertThat(one.get(0).get("record_count").asInt()).isEqualTo(2);
        assertThat(one.get(0).get("delta_count").asInt()).isEqualTo(1);
    }

    @Test
    void statisticsThatWentWrongAreFoundAndRepaired() throws Exception {
        partitioned();
        assertThat(client.get(TABLE + "/partition-stats/dirty").at("dirty_partitions"))
                .isEmpty();
        server.close();
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("catalog.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("UPDATE delta SET total_records = total_records + 7 WHERE record_count = 2");
        }
        start();
        JsonNode dirty = client.get(TABLE + "/partition-stats/dirty").at("dirty_partitions");
        assertThat(dirty).hasSize(1);
        assertThat(dirty.get(0).get("partition_values").toString()).isEqualTo("[\"b\"]");
        assertThat(dirty.get(0).get("record_count").asInt()).isEqualTo(9);
        Answer repaired = client.post(TABLE + "/partition-stats/repair", "{\"partition_values\":[\"b\"]}");
        assertThat(repaired.at("repaired").asBoolean()).isTrue();
        assertThat(repaired.at("stats").get("record_count").asInt()).isEqualTo(2);
        assertThat(client.get(TABLE + "/partition-stats/dirty").at("dirty_partitions"))
                .isEmpty();
        assertThat(client.records("t")).isEqualTo(4);
        assertThat(client.post(TABLE + "/partition-stats/repair", "{\"partition_id\":\"none\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aPreviewShowsRowsAsReadersSeeThem() {
        partitioned();
        Answer all = client.get(TABLE + "/preview?limit=3");
        assertThat(all.status()).as(all.text()).isEqualTo(200);
        assertThat(all.at("sample_rows")).hasSize(3);
        assertThat(all.at("sample_size").asInt()).isEqualTo(3);
        assertThat(all.at("total_rows").asInt()).isEqualTo(4);
        assertThat(all.at("schema")).hasSize(2);
        JsonNode some = client.get(TABLE + "/preview?filter_predicate="
                        + URLEncoder.encode("{\"gte\":[\"id\",3]}", StandardCharsets.UTF_8))
                .at("sample_rows");
        assertThat(some).hasSize(2);
        assertThat(some.findValuesAsText("id")).containsExactlyInAnyOrder("3", "4");
        client.createTable("bytes");
        client.write("bytes", "append", "no.parquet", 1);
        assertThat(client.get("/v1/namespaces/default/tables/bytes/preview").status())
                .isEqualTo(400);
    }

    private void partitioned() {
        ServerClient.require(
                client.post(
                        "/v1/namespaces/default/tables",
                        "{\"table\":\"t\",\"schema_def\":" + ServerClient.SCHEMA
                                + ",\"partition_scheme\":{\"keys\":[{\"key\":[\"name\"],\"transform\":\"identity\"}]}}"),
                201);
        try (DeltaCatClient writer = DeltaCatClient.builder().uri(server.uri()).build()) {
            writer.catalog()
                    .write(TableRef.of("default", "t"))
                    .mode(WriteMode.APPEND)
                    .rows(List.of(
                            Map.of("id", 1L, "name", "a"),
                            Map.of("id", 2L, "name", "b"),
                            Map.of("id", 3L, "name", "b"),
                            Map.of("id", 4L, "name", "c")));
        }
    }
}
