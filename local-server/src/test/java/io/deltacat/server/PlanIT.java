package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanIT {
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
    void aFilterLeavesFilesOutByTheirStatistics() {
        client.write("t", "append", "f5", 5);
        client.write("t", "append", "f9", 9);
        client.write("t", "add", "f2", 2);
        JsonNode plan = client.plan("t", filter("{\"gt\":[\"id\",4]}"));
        assertThat(names(plan)).containsExactly("f5", "f9");
        assertThat(plan.get("total_files").asInt()).isEqualTo(2);
        assertThat(plan.get("total_records").asInt()).isEqualTo(14);
        assertThat(plan.get("returned_files").asInt()).isEqualTo(2);
        assertThat(plan.at("/scan_tasks/0/files/0/column_stats/id/max").asInt()).isEqualTo(5);
        JsonNode bare = client.plan("t", filter("{\"gt\":[\"id\",4]}"), "include_column_stats=false");
        assertThat(bare.at("/scan_tasks/0/files/0/column_stats")).isEmpty();
        assertThat(names(client.plan("t", filter("{\"is_null\":\"id\"}")))).isEmpty();
        assertThat(names(client.plan("t", filter("{\"is_null\":\"name\"}")))).hasSize(3);
    }

    @Test
    void pagesOfAFilteredPlanCoverWhatItKeeps() {
        for (int i = 1; i <= 9; i++) {
            client.write("t", "append", "f" + i, i);
        }
        List<String> files = new ArrayList<>();
        String offset = "0";
        boolean more = true;
        while (more) {
            JsonNode page = client.plan("t", filter("{\"gte\":[\"id\",4]}"), "max_files=2", "file_offset=" + offset);
            assertThat(page.get("total_files").asInt()).isEqualTo(6);
            files.addAll(names(page));
            more = page.get("truncated").asBoolean();
            offset = page.path("next_file_offset").asText();
        }
        assertThat(files).containsExactly("f4", "f5", "f6", "f7", "f8", "f9");
    }

    @Test
    void aFilterThatNamesNoColumnIsRefused() {
        Answer refused = client.post("/v1/namespaces/default/tables/t/plan?" + filter("{\"eq\":[\"nothing\",1]}"), "");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("'nothing'", "describe the table");
    }

    @Test
    void partitionsAreChosenByIdOrValues() {
        client.write("t", "append", "f1", 1);
        String id = client.plan("t").at("/scan_tasks/0/partition_id").asText();
        assertThat(names(client.plan("t", "partition_filter=" + encode("[\"" + id + "\"]"))))
                .hasSize(1);
        assertThat(names(client.plan("t", "partition_filter=" + encode("[{\"partition_id\":\"" + id + "\"}]"))))
                .hasSize(1);
        assertThat(names(client.plan("t", "partition_filter=" + encode("[{\"partition_values\":null}]"))))
                .hasSize(1);
        assertThat(names(client.plan(
                        "t",
                        "partition_filter=" + encode("[{\"partition_id\":\"" + id + "\",\"partition_values\":[1]}]"))))
                .isEmpty();
        assertThat(names(client.plan("t", "partition_filter=" + encode("[\"other\"]"))))
                .isEmpty();
    }

    @Test
    void plansWithoutFilesHaveTotalsAndNoCredentials() {
        client.write("t", "append", "f1", 3);
        JsonNode plan = client.plan("t", "include_files=false");
        assertThat(plan.get("total_records").asInt()).isEqualTo(3);
        assertThat(plan.get("returned_files").asInt()).isZero();
        assertThat(plan.has("credentials")).isFalse();
        assertThat(plan.get("truncated").asBoolean()).isFalse();
    }

    @Test
    void newerOptionsAreAnsweredOrRefusedWithTheirReason() {
        client.write("t", "append", "f1", 3);
        JsonNode plan = client.plan("t", "uncredentialed_manifest_only=true", "preferred_root=default");
        assertThat(plan.at("/scan_tasks/0/files/0/credential_status").asText())
                .isEqualTo("uncredentialed_manifest_only");
        assertThat(plan.get("preferred_root_used").asBoolean()).isTrue();
        String path = "/v1/namespaces/default/tables/t/plan?";
        assertThat(client.post(path + "preferred_root=s3", "").message()).contains("one data root");
        assertThat(client.post(path + "include_partition_frontier=true", "").message())
                .contains("does not attest");
        assertThat(client.post(path + "expected_table_id=other", "").status()).isEqualTo(409);
    }

    @Test
    void readersThatStandStillHoldNobodyUp() throws IOException {
        JsonNode session = client.openSession("t", "append").body();
        String value = "x".repeat(200_000);
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(ServerClient.entry(session, "f" + i, 1)
                    .replace("\"id\":{", "\"name\":{\"min\":\"" + value + "\",\"max\":\"" + value + "\"},\"id\":{"));
        }
        require(client.commitSession(session, "op", entries.toArray(String[]::new)), 200);
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4_096);
                socket.connect(new java.net.InetSocketAddress(
                        server.uri().getHost(), server.uri().getPort()));
                socket.getOutputStream()
                        .write(("POST /v1/namespaces/default/tables/t/plan?include_column_stats=true HTTP/1.1\r\n"
                                        + "Host: localhost\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                stalled.add(socket);
            }
            long started = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                client.write("t", "add", "more" + i, 1);
                assertThat(client.plan("t", "include_files=false")
                                .get("total_files")
                                .asInt())
                        .isEqualTo(41 + i);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static String filter(String json) {
        return "filter_predicate=" + encode(json);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> names(JsonNode plan) {
        return StreamSupport.stream(plan.get("scan_tasks").spliterator(), false)
                .flatMap(task -> StreamSupport.stream(task.get("files").spliterator(), false))
                .map(file -> Path.of(file.get("path").asText()).getFileName().toString())
                .toList();
    }
}
