package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadIT {
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
    void aPlanOfAnEmptyTableHasItsSchemaAndNoTask() {
        JsonNode plan = client.plan("t");
        assertThat(plan.get("scan_tasks")).isEmpty();
        assertThat(plan.get("total_files").asInt()).isZero();
        assertThat(plan.get("schema")).hasSize(2);
        assertThat(plan.get("schemas_by_id").get("1")).hasSize(2);
        assertThat(plan.get("requires_mor").asBoolean()).isFalse();
        assertThat(plan.at("/data_roots/default/root").asText()).isNotEmpty();
        assertThat(plan.get("expires_at").asLong()).isGreaterThan(System.currentTimeMillis() * 1_000_000);
    }

    @Test
    void aPlanHasOneTaskPerDeltaInCommitOrderWithAbsolutePaths() {
        client.write("t", "append", "f1", 1);
        client.write("t", "add", "f2", 2);
        client.write("t", "append", "f3", 3);
        JsonNode plan = client.plan("t", "include_column_stats=true");
        List<String> names = new ArrayList<>();
        for (JsonNode task : plan.get("scan_tasks")) {
            JsonNode file = task.get("files").get(0);
            names.add(Path.of(file.get("path").asText()).getFileName() + " "
                    + task.get("delta_type").asText());
            assertThat(Path.of(file.get("path").asText())).exists().isAbsolute();
            assertThat(file.get("column_stats").get("id").get("null_count").asInt())
                    .isZero();
            assertThat(file.get("schema_id").asText()).isEqualTo("1");
        }
        assertThat(names).containsExactly("f1 append", "f2 add", "f3 append");
        assertThat(client.plan("t").at("/scan_tasks/0/files/0/column_stats")).isEmpty();
    }

    @Test
    void pagesOfAPlanCoverEveryFileOnce() {
        for (int i = 0; i < 3; i++) {
            JsonNode session = client.openSession("t", "append").body();
            client.commitSession(
                    session,
                    "op" + i,
                    ServerClient.entry(session, "a" + i, 1),
                    ServerClient.entry(session, "b" + i, 1),
                    ServerClient.entry(session, "c" + i, 1));
        }
        List<String> files = new ArrayList<>();
        String offset = "0";
        boolean more = true;
        while (more) {
            JsonNode page = client.plan("t", "max_files=2", "file_offset=" + offset);
            page.get("scan_tasks")
                    .forEach(task -> task.get("files")
                            .forEach(file -> files.add(file.get("path").asText())));
            assertThat(page.get("total_files").asInt()).isEqualTo(9);
            more = page.get("truncated").asBoolean();
            offset = page.path("next_file_offset").asText();
        }
        assertThat(files).hasSize(9).doesNotHaveDuplicates();
        assertThat(client.plan("t", "file_offset=100").get("scan_tasks")).isEmpty();
        assertThat(client.plan("t", "include_files=false").get("scan_tasks")).isEmpty();
        assertThat(client.plan("t", "include_files=false").get("total_files").asInt())
                .isEqualTo(9);
    }

    @Test
    void theSnapshotIdChangesWithTheContentsOnly() {
        String empty = client.plan("t").get("snapshot_id").asText();
        client.write("t", "append", "f1", 1);
        String one = client.plan("t").get("snapshot_id").asText();
        assertThat(one).isNotEqualTo(empty);
        client.createTable("other");
        assertThat(client.plan("t").get("snapshot_id").asText()).isEqualTo(one);
    }

    @Test
    void aFilterMayComeInTheBody() {
        client.write("t", "append", "f1", 1);
        String sentinel = "filter_predicate=%7B%22__deltacat_filter_predicate_body__%22%3Atrue%7D";
        Answer plan = client.post(
                "/v1/namespaces/default/tables/t/plan?" + sentinel, "{\"filter_predicate\":{\"gt\":[\"id\",0]}}");
        assertThat(plan.status()).isEqualTo(200);
        assertThat(plan.body().at("/scan_tasks/0/files/0/column_stats/id/max").asInt())
                .isEqualTo(1);
    }

    @Test
    void deltasAreListedByRangeAndPagedAtOneSnapshot() {
        for (int i = 1; i <= 5; i++) {
            client.write("t", "append", "f" + i, 1);
        }
        String deltas = client.partitionPath("t") + "/deltas";
        assertThat(positions(client.get(deltas + "?first_stream_position=2&last_stream_position=4")))
                .containsExactly(2L, 3L, 4L);
        assertThat(positions(client.get(deltas + "?first_stream_position=6"))).isEmpty();
        Answer page = client.get(deltas + "?limit=2");
        assertThat(positions(page)).containsExactly(1L, 2L);
        client.write("t", "append", "f6", 1);
        List<Long> rest = new ArrayList<>();
        while (!page.nextToken().isEmpty()) {
            page = client.get(deltas + "?limit=2&next_token=" + page.nextToken());
            rest.addAll(positions(page));
        }
        assertThat(rest).containsExactly(3L, 4L, 5L);
        Answer mixed = client.get(client.partitionPath("t") + "/delta-pages?next_token="
                + client.get(deltas + "?limit=1").nextToken());
        assertThat(mixed.status()).isEqualTo(400);
        assertThat(positions(client.get(client.partitionPath("t") + "/delta-pages")))
                .hasSize(6);
    }

    @Test
    void oneDeltaShowsItsManifest() {
        client.write("t", "append", "f1", 7);
        Answer delta = client.get(client.partitionPath("t") + "/deltas/1");
        assertThat(delta.at("record_count").asLong()).isEqualTo(7);
        JsonNode entry = delta.body().at("/manifest/entries/0");
        assertThat(Path.of(entry.get("url").asText())).exists();
        assertThat(entry.get("schema_id").asText()).isEqualTo("1");
        assertThat(client.get(client.partitionPath("t") + "/deltas/2").status()).isEqualTo(404);
        assertThat(client.get(client.partitionPath("t") + "/deltas?include_manifest=true")
                        .body()
                        .at("/0/manifest/entry_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aPartitionTellsItsPositionAndRevision() {
        client.write("t", "append", "f1", 1);
        client.write("t", "add", "f2", 1);
        client.write("t", "append", "f3", 1);
        Answer partition = client.get(client.partitionPath("t"));
        assertThat(partition.at("stream_position").asLong()).isEqualTo(2);
        assertThat(partition.at("previous_stream_position").asLong()).isEqualTo(1);
        assertThat(partition.at("revision").asLong()).isEqualTo(3);
        assertThat(partition.at("state").asText()).isEqualTo("committed");
        String streams = "/v1/namespaces/default/tables/t/versions/1/streams";
        String stream = client.get(streams).body().get(0).get("stream_id").asText();
        assertThat(client.get(streams + "/" + stream).at("stream_id").asText()).isEqualTo(stream);
        assertThat(client.get(streams + "/" + stream + "/partitions?partition_values=null")
                        .body())
                .hasSize(1);
        assertThat(client.get(streams + "/" + stream + "/partitions?partition_values=%5B1%5D")
                        .body())
                .isEmpty();
        assertThat(client.get(streams + "?stream_format=iceberg").body()).isEmpty();
    }

    @Test
    void describeCountsWhatIsThere() {
        client.write("t", "append", "f1", 4);
        client.write("t", "append", "f2", 5);
        Answer table = client.get("/v1/namespaces/default/tables/t?include_stats=true");
        assertThat(table.at("total_records").asLong()).isEqualTo(9);
        assertThat(table.at("total_files").asLong()).isEqualTo(2);
        assertThat(table.at("delta_count").asLong()).isEqualTo(2);
        assertThat(client.get("/v1/namespaces/default/tables/t?metadata_only=true")
                        .body()
                        .has("total_records"))
                .isFalse();
    }

    @Test
    void listsArePagedByName() {
        for (String name : List.of("c", "a", "b")) {
            client.createTable(name);
        }
        Answer first = client.get("/v1/namespaces/default/tables?limit=2");
        assertThat(first.body().findValuesAsText("name")).containsExactly("a", "b");
        Answer second = client.get("/v1/namespaces/default/tables?limit=2&next_token=" + first.nextToken());
        assertThat(second.body().findValuesAsText("name")).containsExactly("c", "t");
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void aDroppedTableIsGoneButItsHistoryIsNot() {
        client.write("t", "append", "f1", 4);
        Instant now = Instant.now();
        long before = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        String table = "/v1/namespaces/default/tables/t";
        assertThat(client.delete(table).at("dropped").asBoolean()).isTrue();
        assertThat(client.get(table).status()).isEqualTo(404);
        assertThat(client.delete(table).status()).isEqualTo(404);
        client.createTable("t");
        assertThat(client.records("t")).isZero();
        assertThat(client.plan("t", "as_of=" + before).get("total_records").asLong())
                .isEqualTo(4);
    }

    private static List<Long> positions(Answer answer) {
        ServerClient.require(answer, 200);
        List<Long> positions = new ArrayList<>();
        answer.body()
                .forEach(delta -> positions.add(delta.get("stream_position").asLong()));
        return positions;
    }
}
