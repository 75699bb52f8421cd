package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceIT {
    private static final String ALL = "/v1/namespaces";

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
    void propertiesChangeOneByOne() {
        create("props", ",\"properties\":{\"a\":1,\"b\":{\"c\":[2]}}");
        require(client.put(ALL + "/props", "{\"properties\":{\"a\":null,\"d\":\"x\"}}"), 200);
        assertThat(client.get(ALL + "/props").at("properties").toString()).isEqualTo("{\"b\":{\"c\":[2]},\"d\":\"x\"}");
        Answer wrong = client.put(ALL + "/props", "{\"properties\":{\"retention_days\":0}}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.message()).contains("properties.retention_days", "0");
    }

    @Test
    void aRenamedNamespaceTakesItsTablesAlong() {
        create("before", ",\"properties\":{\"a\":1}");
        table("before", "t");
        String id = client.get(ALL + "/before/tables/t").at("table_id").asText();
        Answer renamed = client.put(ALL + "/before?operation_id=op_ns", "{\"new_name\":\"after\"}");
        assertThat(renamed.at("new_name").asText()).isEqualTo("after");
        assertThat(client.put(ALL + "/before?operation_id=op_ns", "{\"new_name\":\"after\"}")
                        .text())
                .isEqualTo(renamed.text());
        assertThat(client.get(ALL + "/before").status()).isEqualTo(404);
        assertThat(client.get(ALL + "/after").at("properties").toString()).isEqualTo("{\"a\":1}");
        assertThat(client.get(ALL + "/after/tables/t").at("table_id").asText()).isEqualTo(id);
        create("taken", "");
        Answer taken = client.put(ALL + "/after", "{\"new_name\":\"taken\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.message()).contains("'taken'");
        assertThat(client.put(ALL + "/after", "{\"new_name\":\" \"}").status()).isEqualTo(422);
    }

    @Test
    void aNamespaceWithTablesIsDroppedWithPurgeOnly() {
        create("full", "");
        table("full", "t");
        table("full", "u");
        Answer refused = client.delete(ALL + "/full");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).contains("'full'", "purge");
        Answer dropped = client.delete(ALL + "/full?purge=true");
        assertThat(dropped.at("dropped").asBoolean()).isTrue();
        assertThat(dropped.at("purged").asBoolean()).isTrue();
        assertThat(client.get(ALL + "/full/exists").at("exists").asBoolean()).isFalse();
        create("full", "");
        assertThat(client.get(ALL + "/full/tables").text()).isEqualTo("[]");
        assertThat(client.delete(ALL + "/full").at("dropped").asBoolean()).isTrue();
        assertThat(client.delete(ALL + "/full").status()).isEqualTo(404);
    }

    @Test
    void changesInATransactionAreSeenOutsideAfterTheCommit() {
        create("inside", "");
        table("inside", "t");
        JsonNode transaction = client.begin();
        String within = "?transaction_version=1&transaction_id="
                + transaction.get("transaction_id").asText();
        require(client.put(ALL + "/inside" + within, "{\"new_name\":\"outside\"}"), 200);
        assertThat(client.get(ALL + "/outside").status()).isEqualTo(404);
        assertThat(client.get(ALL + "/inside/tables/t").status()).isEqualTo(200);
        require(client.finish(transaction, "commit", 2), 200);
        assertThat(client.get(ALL + "/outside/tables/t").status()).isEqualTo(200);
        assertThat(client.get(ALL + "/inside").status()).isEqualTo(404);
    }

    @Test
    void countsComeWhenAskedForAndAlwaysToTheOldestClients() {
        client.createTable("counted");
        client.write("counted", "append", "c1", 3);
        String path = "/v1/namespaces/default/tables/counted";
        assertThat(client.get(path).at("total_records").asLong()).isEqualTo(3);
        JsonNode plain = newer(path).body();
        assertThat(plain.has("total_records")).isFalse();
        assertThat(plain.at("/stats_omitted/reason").asText()).isEqualTo("not_requested");
        JsonNode kept = newer(path + "?include_stats=true").body();
        assertThat(kept.get("total_records").asLong()).isEqualTo(3);
        assertThat(kept.get("stats_source").asText()).isEqualTo("partition_stats");
        JsonNode exact = newer(path + "?exact_stats=true").body();
        assertThat(exact.get("stats_source").asText()).isEqualTo("exact");
        assertThat(exact.get("total_files").asLong()).isEqualTo(1);
        assertThat(exact.get("delta_count").asLong()).isEqualTo(1);
        assertThat(exact.get("partition_count").asLong()).isEqualTo(1);
        Answer both = client.get(path + "?metadata_only=true&exact_stats=true");
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.message()).contains("'metadata_only'", "'exact_stats'");
    }

    @Test
    void retentionComesFromTheNearestProperties() {
        create("kept", ",\"properties\":{\"retention_days\":30,\"retention_count\":5}");
        table("kept", "t");
        String path = ALL + "/kept/tables/t";
        assertThat(client.get(path + "/retention").body().toString())
                .isEqualTo("{\"namespace\":\"kept\",\"table\":\"t\",\"effective_retention_policy\":"
                        + "{\"retention_count\":5,\"retention_days\":30},\"unlimited\":false}");
        require(client.put(path, "{\"table_properties\":{\"retention_days\":7}}"), 200);
        assertThat(client.get(path + "/retention")
                        .body()
                        .at("/effective_retention_policy/retention_days")
                        .asInt())
                .isEqualTo(7);
        client.createTable("unlimited");
        assertThat(client.get("/v1/namespaces/default/tables/unlimited/retention")
                        .at("unlimited")
                        .asBoolean())
                .isTrue();
        assertThat(client.get(ALL + "/kept/tables/none/retention").status()).isEqualTo(404);
    }

    private static Answer newer(String path) {
        return client.send("GET", path, "".getBytes(StandardCharsets.UTF_8), "X-DeltaCAT-Client-Version", "0.1.67");
    }

    private static void create(String name, String more) {
        require(client.post(ALL, "{\"namespace\":\"" + name + "\"" + more + "}"), 201);
    }

    private static void table(String namespace, String name) {
        require(
                client.post(
                        ALL + "/" + namespace + "/tables",
                        "{\"table\":\"" + name + "\",\"schema_def\":" + ServerClient.SCHEMA + "}"),
                201);
    }
}
