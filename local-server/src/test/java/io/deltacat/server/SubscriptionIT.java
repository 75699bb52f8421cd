package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.server.ServerClient.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionIT {
    private static final String BODY =
            "{\"subscriber_id\":\"s\",\"source_tables\":[{\"namespace\":\"default\",\"table\":\"t\"}]}";

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
    void aSubscriptionLivesThroughItsStates() {
        Answer made = client.post("/v1/subscriptions", BODY);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("source_tables").get(0).asText()).isEqualTo("default.t");
        assertThat(client.post("/v1/subscriptions", BODY).status()).isEqualTo(409);
        assertThat(status()).isEqualTo("active");
        assertThat(client.post("/v1/subscriptions/s/pause", "").at("paused").asBoolean())
                .isTrue();
        assertThat(status()).isEqualTo("paused");
        assertThat(client.post("/v1/subscriptions/s/resume", "").at("resumed").asBoolean())
                .isTrue();
        assertThat(status()).isEqualTo("active");
        assertThat(client.put("/v1/subscriptions/s", "{\"config_json\":\"{\\\"a\\\":1}\"}")
                        .at("updated")
                        .asBoolean())
                .isTrue();
        assertThat(client.get("/v1/subscriptions/s").at("config_json").asText()).isEqualTo("{\"a\":1}");
        assertThat(client.get("/v1/subscriptions").at("subscriptions")).hasSize(1);
        assertThat(client.get("/v1/subscriptions?status=paused").at("subscriptions"))
                .isEmpty();
        assertThat(client.delete("/v1/subscriptions/s").at("deleted").asBoolean())
                .isTrue();
        assertThat(client.get("/v1/subscriptions/s").status()).isEqualTo(404);
        assertThat(client.get("/v1/subscriptions").at("subscriptions")).isEmpty();
        assertThat(client.get("/v1/subscriptions?status=deleted").at("subscriptions"))
                .hasSize(1);
        assertThat(client.post("/v1/subscriptions", BODY).status()).isEqualTo(201);
    }

    @Test
    void aWatermarkIsKeptAsItIsThroughARestart() {
        client.post("/v1/subscriptions", BODY);
        assertThat(client.get("/v1/subscriptions/s/watermark")
                        .body()
                        .path("watermark")
                        .isMissingNode())
                .isTrue();
        String watermark = "{\"partition_watermarks\":{\"default.t\":3},\"known_partitions\":[\"default.t\"],"
                + "\"partition_identities\":{\"default.t\":[\"s1\",\"p1\"]},\"added_later\":{\"x\":[1]}}";
        String body = "{\"watermark_json\":" + ServerClient.JSON.valueToTree(watermark) + "}";
        assertThat(client.put("/v1/subscriptions/s/watermark", body)
                        .at("updated")
                        .asBoolean())
                .isTrue();
        server.close();
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
        assertThat(client.get("/v1/subscriptions/s/watermark").at("watermark").toString())
                .isEqualTo(watermark);
        assertThat(client.put("/v1/subscriptions/s/watermark", "{\"watermark_json\":\"null\"}")
                        .status())
                .isEqualTo(200);
        assertThat(client.get("/v1/subscriptions/s/watermark").body().has("watermark"))
                .isFalse();
    }

    @Test
    void aListIsPagedWhenAskedTo() {
        for (String id : new String[] {"a", "b", "c"}) {
            client.post("/v1/subscriptions", BODY.replace("\"s\"", "\"" + id + "\""));
        }
        Answer page = client.get("/v1/subscriptions?limit=2");
        assertThat(page.at("subscriptions").findValuesAsText("subscriber_id")).containsExactly("a", "b");
        Answer rest = client.get("/v1/subscriptions?limit=2&next_token=" + page.nextToken());
        assertThat(rest.at("subscriptions").findValuesAsText("subscriber_id")).containsExactly("c");
        assertThat(rest.nextToken()).isEmpty();
    }

    private String status() {
        return client.get("/v1/subscriptions/s").at("status").asText();
    }
}
