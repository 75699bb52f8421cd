package io.deltacat.client.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.http.HttpRequest;
import io.deltacat.client.http.ScriptedTransport;
import io.deltacat.client.http.TransportFailure.Kind;
import io.deltacat.client.http.VirtualPacing;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommitClientsTest {
    private static final String OPEN = session("OPEN", 4, "null", "null");
    private static final String COMMITTED = session("COMMITTED", 5, "\"op_1\"", "\"COMMITTED\"");
    private static final WriteSessionCommitRequest REQUEST = WriteSessionCommitRequestBuilder.builder()
            .operationId("op_1")
            .sessionVersion(3)
            .build();

    private final ScriptedTransport transport = new ScriptedTransport();
    private final VirtualPacing pacing = new VirtualPacing();
    private final DeltaCatClient client = DeltaCatClient.builder()
            .uri("http://localhost:1")
            .commitTimeout(Duration.ofSeconds(60))
            .transport(transport)
            .pacing(pacing)
            .build();

    @Test
    void aLostCommitReplyIsFoundByLooking() {
        transport.fail(Kind.NO_REPLY).reply(200, COMMITTED);
        WriteSession session = client.writeSessions().commit("ws", REQUEST);
        assertThat(session.commitOperationId()).isEqualTo("op_1");
        assertThat(methods()).containsExactly("POST", "GET");
    }

    @Test
    void aLostCommitRequestIsSentAgainUnderTheSameOperation() {
        transport.fail(Kind.NO_REPLY).reply(200, OPEN).reply(200, COMMITTED);
        client.writeSessions().commit("ws", REQUEST);
        assertThat(methods()).containsExactly("POST", "GET", "POST");
        assertThat(transport.requests().get(0).body())
                .isEqualTo("{\"entries\":[],\"operation_id\":\"op_1\",\"session_version\":3}");
        assertThat(transport.requests().get(2).body())
                .isEqualTo("{\"entries\":[],\"operation_id\":\"op_1\",\"session_version\":4}");
    }

    @Test
    void aServerThatStaysAwayLeavesTheOutcomeUnknownWithinTheTimeOut() {
        transport.fail(Kind.NO_REPLY);
        for (int i = 0; i < 500; i++) {
            transport.fail(Kind.NOT_SENT);
        }
        assertThatThrownBy(() -> client.writeSessions().commit("ws", REQUEST))
                .isInstanceOf(UnknownOutcome.class)
                .hasMessageContaining("write session 'ws'")
                .hasMessageContaining("do not abort");
        assertThat(pacing.nanoTime())
                .isLessThanOrEqualTo(Duration.ofSeconds(130).toNanos());
        assertThat(transport.requests()).noneMatch(request -> request.path().endsWith("/abort"));
    }

    @Test
    void retryAfterOfABusyServerIsAFloor() {
        transport
                .reply(429, Map.of("Retry-After", "9"), "{\"detail\":\"busy\"}")
                .reply(200, COMMITTED);
        client.writeSessions().commit("ws", REQUEST);
        assertThat(pacing.pauses()).containsExactly(Duration.ofSeconds(9));
    }

    @Test
    void interruptionLeavesTheOutcomeUnknownAndKeepsTheFlag() {
        pacing.interruptAtPause(0);
        transport.fail(Kind.NO_REPLY);
        assertThatThrownBy(() -> client.writeSessions().commit("ws", REQUEST)).isInstanceOf(UnknownOutcome.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTransactionCommitIsSentOnceAndItsLostReplyReported() {
        transport.fail(Kind.NO_REPLY);
        assertThatThrownBy(() -> client.transactions().commit("tx", 3))
                .isInstanceOf(UnknownOutcome.class)
                .hasMessageContaining("Get the transaction");
        assertThat(transport.requests()).hasSize(1);
    }

    @Test
    void aTransactionCommitIsSettledByLooking() {
        transport
                .fail(Kind.NO_REPLY)
                .reply(200, transaction("RUNNING", 3))
                .fail(Kind.NO_REPLY)
                .reply(200, transaction("COMMITTED", 4));
        assertThat(client.transactions().commitAndSettle("tx", 3).status()).isEqualTo("COMMITTED");
        assertThat(methods()).containsExactly("POST", "GET", "POST", "GET");
    }

    @Test
    void aRestoredCommitLooksBeforeItSends() {
        transport.reply(200, transaction("COMMITTED", 4));
        client.transactions().resumeCommit("tx");
        assertThat(methods()).containsExactly("GET");
    }

    @Test
    void aTransactionThatWillNeverCommitIsAConflict() {
        transport
                .reply(
                        409,
                        "{\"error\":{\"code\":\"concurrent_modification\",\"message\":\"lost\","
                                + "\"details\":{\"conflict_class\":\"retryable_stale_read\"}}}")
                .reply(200, transaction("FAILED", 4));
        assertThatThrownBy(() -> client.transactions().commitAndSettle("tx", 3))
                .isInstanceOfSatisfying(
                        Conflict.class,
                        conflict -> assertThat(conflict.conflictClass()).contains("retryable_stale_read"));
    }

    @Test
    void onlyKeyedCreatesAreRepeated() {
        transport.fail(Kind.NO_REPLY).reply(200, OPEN).fail(Kind.NO_REPLY);
        TableRef table = TableRef.of("n", "t");
        WriteSessionCreateRequestBuilder create =
                WriteSessionCreateRequestBuilder.builder().mode("append").format("parquet");
        client.writeSessions().create(table, create.writeKey("k").build());
        assertThat(transport.requests()).hasSize(2);
        assertThatThrownBy(() -> client.writeSessions()
                        .create(table, create.writeKey(null).build()))
                .isInstanceOf(UnknownOutcome.class);
        assertThat(transport.requests()).hasSize(3);
    }

    private List<String> methods() {
        return transport.requests().stream().map(HttpRequest::method).toList();
    }

    private static String session(String status, long version, String operation, String commitStatus) {
        return """
                {"session_id":"ws","session_version":%d,"status":"%s","commit_operation_id":%s,"commit_status":%s,
                 "namespace":"n","table":"t","mode":"append","format":"parquet","data_dir":"/d","table_exists":true,
                 "created_at":1,"expires_at":2,"last_heartbeat_at":1,"something_new":[1]}""".formatted(version, status, operation, commitStatus);
    }

    private static String transaction(String status, long version) {
        return """
                {"transaction_id":"tx","transaction_version":%d,"status":"%s","created_at":1,"expires_at":2,
                 "last_heartbeat_at":1}""".formatted(version, status);
    }
}
