package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingIT {
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
                .build());
        client = new ServerClient(server.uri());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void partitionsAreFoundByValuesAndScheme() {
        String partitions = partitioned();
        Answer one = client.get(partitions + "?partition_values=" + encode("[\"b\",2]"));
        assertThat(one.body()).hasSize(1);
        assertThat(one.body().get(0).get("partition_values").toString()).isEqualTo("[\"b\",2]");
        String scheme = one.body().get(0).get("partition_scheme_id").asText();
        assertThat(scheme).isNotEmpty();
        assertThat(client.get(partitions + "?partition_scheme_id=" + scheme).body())
                .hasSize(3);
        assertThat(client.get(partitions + "?partition_scheme_id=other").body()).isEmpty();
        assertThat(client.get(partitions + "?partition_scheme_id=other&partition_values=" + encode("[\"b\",2]"))
                        .body())
                .isEmpty();
        assertThat(client.get(partitions + "?partition_values=null").body()).isEmpty();
        Answer first = client.get(partitions + "?limit=2");
        Answer second = client.get(partitions + "?limit=2&next_token=" + first.nextToken());
        assertThat(first.body()).hasSize(2);
        assertThat(second.body()).hasSize(1);
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void plansPrunePartitionsAndTakePartitionFilters() {
        partitioned();
        JsonNode plan = client.plan("p", "filter_predicate=" + encode("{\"eq\":[\"name\",\"b\"]}"));
        assertThat(plan.get("scan_tasks")).hasSize(1);
        assertThat(plan.at("/scan_tasks/0/partition_values").toString()).isEqualTo("[\"b\",2]");
        assertThat(client.plan("p", "partition_filter=" + encode("[{\"partition_values\":[\"a\",1]}]"))
                        .get("scan_tasks"))
                .hasSize(1);
        assertThat(client.plan(
                                "p",
                                "include_files=false",
                                "filter_predicate=" + encode("{\"in\":[\"name\",[\"a\",\"b\"]]}"))
                        .get("total_files")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void tokensHoldWhenTheClockStepsBackAndTheServerStartsAgain() {
        client.createTable("t");
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMillis(1));
            client.write("t", "append", "f" + i, 1);
        }
        String deltas = client.partitionPath("t") + "/deltas?limit=2";
        Answer first = client.get(deltas);
        clock.advance(Duration.ofMinutes(-10));
        server.close();
        start();
        client.write("t", "append", "late", 1);
        List<Long> rest = new ArrayList<>();
        Answer page = first;
        while (!page.nextToken().isEmpty()) {
            page = require(client.get(deltas + "&next_token=" + page.nextToken()), 200);
            page.body().forEach(delta -> rest.add(delta.get("stream_position").asLong()));
        }
        assertThat(rest).containsExactly(3L, 4L);
        assertThat(client.get(deltas + "&next_token=" + first.nextToken() + "x").status())
                .isIn(200, 400);
    }

    @Test
    void pagesWithFilesEndEarlyRatherThanHoldVeryMany() {
        client.createTable("t");
        client.write("t", "append", "f1", 1);
        Answer page = client.get(client.partitionPath("t") + "/deltas?include_manifest=true&limit=10");
        assertThat(page.body()).hasSize(1);
        assertThat(page.nextToken()).isEmpty();
        JsonNode partition = client.get(client.partitionPath("t") + "?include_initial_deltas=true")
                .body();
        assertThat(partition.get("initial_deltas")).isEmpty();
        assertThat(client.get(client.partitionPath("t")).body().has("initial_deltas"))
                .isFalse();
    }

    /** A table with three partitions; gives the path of their list. */
    private String partitioned() {
        require(
                client.post(
                        "/v1/namespaces/default/tables",
                        "{\"table\":\"p\",\"schema_def\":" + ServerClient.SCHEMA
                                + ",\"partition_scheme\":{\"keys\":[{\"key\":[\"name\"],\"transform\":\"identity\"},"
                                + "{\"key\":[\"id\"],\"transform\":\"bucket(4)\"}]}}"),
                201);
        JsonNode session = client.openSession("p", "append").body();
        require(
                client.commitSession(
                        session,
                        "op",
                        entry(session, "f1", "[\"a\",1]"),
                        entry(session, "f2", "[\"b\",2]"),
                        entry(session, "f3", "[null,3]")),
                200);
        String streams = "/v1/namespaces/default/tables/p/versions/1/streams";
        return streams + "/"
                + client.get(streams).body().get(0).get("stream_id").asText() + "/partitions";
    }

    private static String entry(JsonNode session, String file, String values) {
        return ServerClient.entry(session, file, 1)
                .replace("\"column_stats\"", "\"partition_values\":" + values + ",\"column_stats\"");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
