package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import io.deltacat.server.fault.FaultAction;
import io.deltacat.server.fault.FaultPoint;
import io.deltacat.server.fault.FaultRule;
import io.deltacat.server.http.ObservedRequest;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultIT {
    private static final String COMMIT = "/v1/write-sessions/.*/commit";

    @TempDir
    Path directory;

    private final List<ObservedRequest> seen = new CopyOnWriteArrayList<>();
    private LocalServer server;
    private ServerClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .authToken("secret-token")
                .faultsOverHttp(true)
                .observer(seen::add)
                .build());
        client = new ServerClient(server.uri());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyRequestButHealthNeedsTheToken() {
        assertThat(client.get("/health").status()).isEqualTo(200);
        Answer without = client.get("/v1/namespaces");
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.code()).isEqualTo("authentication_required");
        assertThat(authorized("GET", "/v1/namespaces", "", "Bearer wrong").status())
                .isEqualTo(401);
        assertThat(authorized("GET", "/v1/namespaces", "", "Basic secret-token").status())
                .isEqualTo(401);
        assertThat(call("GET", "/v1/namespaces", "").status()).isEqualTo(200);
        assertThat(authorized("GET", "/v1/namespaces", "", "Bearer wrong").text())
                .doesNotContain("secret-token");
        assertThat(LocalServerOptions.builder()
                        .authToken("secret-token")
                        .build()
                        .toString())
                .doesNotContain("secret-token");
    }

    @Test
    void aReplyCanGetLostAfterTheCommitWasApplied() {
        JsonNode session = open();
        String path = "/v1/write-sessions/" + session.get("session_id").asText() + "/commit";
        String body = "{\"session_version\":1,\"operation_id\":\"op\",\"entries\":["
                + ServerClient.entry(session, "f", 3) + "]}";
        server.faults().add(FaultRule.once(FaultPoint.BEFORE_REPLY, "POST", COMMIT, new FaultAction.DropConnection()));
        assertThatThrownBy(() -> call("POST", path, body)).isInstanceOf(UncheckedIOException.class);
        assertThat(call("GET", path.replace("/commit", ""), "").at("status").asText())
                .isEqualTo("COMMITTED");
        assertThat(call("POST", path, body).at("status").asText()).isEqualTo("COMMITTED");
        assertThat(seen).anySatisfy(request -> {
            assertThat(request.status()).isZero();
            assertThat(request.template()).isEqualTo("/v1/write-sessions/{session}/commit");
        });
    }

    @Test
    void aRequestCanGetLostBeforeItIsApplied() {
        JsonNode session = open();
        String path = "/v1/write-sessions/" + session.get("session_id").asText() + "/commit";
        String body = "{\"session_version\":1,\"operation_id\":\"op\",\"entries\":[]}";
        server.faults()
                .add(FaultRule.once(FaultPoint.BEFORE_HANDLER, "POST", COMMIT, new FaultAction.DropConnection()));
        assertThatThrownBy(() -> call("POST", path, body)).isInstanceOf(UncheckedIOException.class);
        assertThat(call("GET", path.replace("/commit", ""), "").at("status").asText())
                .isEqualTo("OPEN");
    }

    @Test
    void aFaultCanAnswerBusySkipSomeRequestsAndRepeat() {
        Answer rule = call(
                "POST",
                "/faults",
                "{\"point\":\"before_handler\",\"method\":\"GET\",\"path\":\"/v1/namespaces\",\"skip\":1,\"times\":2,"
                        + "\"action\":\"answer\",\"status\":429,\"code\":\"rate_limited\",\"retry_after\":3}");
        assertThat(rule.status()).isEqualTo(200);
        assertThat(call("GET", "/v1/namespaces", "").status()).isEqualTo(200);
        Answer busy = call("GET", "/v1/namespaces", "");
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.code()).isEqualTo("rate_limited");
        assertThat(busy.raw().headers().firstValue("Retry-After")).hasValue("3");
        assertThat(call("GET", "/v1/namespaces", "").status()).isEqualTo(429);
        assertThat(call("GET", "/v1/namespaces", "").status()).isEqualTo(200);
    }

    @Test
    void aFaultCanDelayAndAllCanBeSwitchedOff() {
        server.faults()
                .add(new FaultRule(
                        FaultPoint.BEFORE_REPLY, "*", ".*", new FaultAction.Delay(Duration.ofMillis(200)), 0, 1));
        assertThat(call("GET", "/v1/namespaces", "").status()).isEqualTo(200);
        assertThat(seen.get(seen.size() - 1).durationNanos()).isGreaterThanOrEqualTo(200_000_000);
        server.faults().add(FaultRule.once(FaultPoint.BEFORE_REPLY, "*", ".*", new FaultAction.DropConnection()));
        server.faults().clear();
        assertThat(call("GET", "/v1/namespaces", "").status()).isEqualTo(200);
    }

    @Test
    void timeCanRunOutNow() {
        JsonNode session = open();
        String id = session.get("session_id").asText();
        assertThat(call("POST", "/faults/expire", "{\"session_id\":\"" + id + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(call("GET", "/v1/write-sessions/" + id, "").at("status").asText())
                .isEqualTo("EXPIRED");
        String transaction =
                call("POST", "/v1/transactions", "{}").at("transaction_id").asText();
        server.expireTransaction(transaction);
        assertThat(call("GET", "/v1/transactions/" + transaction, "")
                        .at("status")
                        .asText())
                .isEqualTo("EXPIRED");
    }

    @Test
    void badFaultRulesAreRefused() {
        for (String body : List.of(
                "{}",
                "{\"point\":\"x\",\"action\":\"drop\"}",
                "{\"point\":\"before_reply\",\"action\":\"x\"}",
                "{\"point\":\"before_reply\",\"action\":\"drop\",\"path\":\"(\"}",
                "{\"point\":\"before_reply\",\"action\":\"drop\",\"times\":0}")) {
            assertThat(call("POST", "/faults", body).status()).as(body).isEqualTo(422);
        }
        assertThat(server.faults().rules()).isEmpty();
    }

    private JsonNode open() {
        call("POST", "/v1/namespaces/default/tables", "{\"table\":\"t\"}");
        return call(
                        "POST",
                        "/v1/namespaces/default/tables/t/write-sessions",
                        "{\"format\":\"parquet\",\"mode\":\"append\"}")
                .body();
    }

    private Answer call(String method, String path, String body) {
        return authorized(method, path, body, "Bearer secret-token");
    }

    private Answer authorized(String method, String path, String body, String authorization) {
        return client.send(method, path, body.getBytes(StandardCharsets.UTF_8), "Authorization", authorization);
    }
}
