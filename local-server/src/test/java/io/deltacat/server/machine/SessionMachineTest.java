package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.server.machine.Decision.Accepted;
import io.deltacat.server.machine.Decision.Refused;
import io.deltacat.server.machine.Decision.Unchanged;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionMachineTest {
    private static final long NOW = 1_000;
    private static final long EXPIRY = 5_000;
    private static final CommitResult RESULT = new CommitResult(1, 1, 3, 30, List.of());
    private static final TableTarget TARGET = new TableTarget("ns", "t", null, "id", "1", 1L, true);

    /** Every status meets every event; a pair that is not in this table fails the test, as does a wrong outcome. */
    @Test
    void everyStatusAnswersEveryEventAsTheTableSays() {
        Map<String, String> expected = new TreeMap<>(Map.ofEntries(
                Map.entry("OPEN Heartbeat", "OPEN"),
                Map.entry("OPEN Attach", "ATTACHED"),
                Map.entry("OPEN Commit", "COMMITTED"),
                Map.entry("OPEN Abort", "ABORTED"),
                Map.entry("OPEN TransactionEnded", "ABORTED"),
                Map.entry("OPEN TransactionCommitted", "bug"),
                Map.entry("ATTACHED Heartbeat", "ATTACHED"),
                Map.entry("ATTACHED Attach", "refused WRONG_STATE"),
                Map.entry("ATTACHED Commit", "refused WRONG_STATE"),
                Map.entry("ATTACHED Abort", "ABORTED"),
                Map.entry("ATTACHED TransactionEnded", "ABORTED"),
                Map.entry("ATTACHED TransactionCommitted", "COMMITTED"),
                Map.entry("COMMITTED Heartbeat", "refused WRONG_STATE"),
                Map.entry("COMMITTED Attach", "refused WRONG_STATE"),
                Map.entry("COMMITTED Commit", "refused WRONG_STATE"),
                Map.entry("COMMITTED Abort", "refused WRONG_STATE"),
                Map.entry("COMMITTED TransactionEnded", "unchanged"),
                Map.entry("COMMITTED TransactionCommitted", "unchanged"),
                Map.entry("ABORTED Heartbeat", "refused WRONG_STATE"),
                Map.entry("ABORTED Attach", "refused WRONG_STATE"),
                Map.entry("ABORTED Commit", "refused WRONG_STATE"),
                Map.entry("ABORTED Abort", "unchanged"),
                Map.entry("ABORTED TransactionEnded", "unchanged"),
                Map.entry("ABORTED TransactionCommitted", "unchanged"),
                Map.entry("EXPIRED Heartbeat", "refused EXPIRED"),
                Map.entry("EXPIRED Attach", "refused EXPIRED"),
                Map.entry("EXPIRED Commit", "refused EXPIRED"),
                Map.entry("EXPIRED Abort", "unchanged"),
                Map.entry("EXPIRED TransactionEnded", "unchanged"),
                Map.entry("EXPIRED TransactionCommitted", "unchanged"),
                Map.entry("OPEN Reopen", "unchanged"),
                Map.entry("ATTACHED Reopen", "unchanged"),
                Map.entry("COMMITTED Reopen", "unchanged"),
                Map.entry("ABORTED Reopen", "OPEN"),
                Map.entry("EXPIRED Reopen", "OPEN")));

        Map<String, String> actual = new TreeMap<>();
        for (SessionStatus status : SessionStatus.values()) {
            for (SessionEvent event : events(7)) {
                String pair = status + " " + event.getClass().getSimpleName();
                actual.put(pair, outcome(session(status, null), event));
            }
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(events(7).stream().map(event -> (Object) event.getClass()))
                .containsExactlyInAnyOrder((Object[]) SessionEvent.class.getPermittedSubclasses());
    }

    @Test
    void everyAcceptedEventRaisesTheVersion() {
        for (SessionStatus status : SessionStatus.values()) {
            for (SessionEvent event : events(7)) {
                if (outcome(session(status, null), event).equals("bug")) {
                    continue;
                }
                Decision<SessionState> decision = SessionMachine.on(session(status, null), event, NOW);
                if (decision instanceof Accepted<SessionState> accepted) {
                    assertThat(accepted.state().sessionVersion()).isEqualTo(8);
                }
            }
        }
    }

    @Test
    void aStaleVersionIsRefusedWithTheCurrentOne() {
        for (SessionEvent event : List.of(
                new SessionEvent.Heartbeat(6, 10),
                new SessionEvent.Commit(6, "op", TARGET, "tx", RESULT),
                new SessionEvent.Attach(6, "op", TARGET, RESULT),
                new SessionEvent.Abort(6, null))) {
            Decision<SessionState> decision = SessionMachine.on(session(SessionStatus.OPEN, null), event, NOW);
            Refusal refusal = ((Refused<SessionState>) decision).refusal();
            assertThat(refusal.kind()).isEqualTo(RefusalKind.STALE_VERSION);
            assertThat(refusal.details()).containsEntry("session_version", 7L);
        }
    }

    @Test
    void aSessionAloneExpiresWhenItsTimeIsOver() {
        SessionState open = session(SessionStatus.OPEN, null);
        assertThat(SessionMachine.at(open, EXPIRY - 1).status()).isEqualTo(SessionStatus.OPEN);
        assertThat(SessionMachine.at(open, EXPIRY).status()).isEqualTo(SessionStatus.EXPIRED);
        assertThat(SessionMachine.at(open, EXPIRY).openKey()).isNull();
    }

    @Test
    void aBoundSessionLivesAsLongAsItsTransaction() {
        SessionState bound = session(SessionStatus.OPEN, "tx");
        assertThat(SessionMachine.at(bound, EXPIRY + 1).status()).isEqualTo(SessionStatus.OPEN);
    }

    @Test
    void aHeartbeatMovesTheExpiryOn() {
        SessionState next = SessionMachine.on(
                        session(SessionStatus.OPEN, null), new SessionEvent.Heartbeat(7, 10_000), NOW)
                .orThrow();
        assertThat(next.expiresAt()).isEqualTo(NOW + 10_000);
        assertThat(next.lastHeartbeatAt()).isEqualTo(NOW);
    }

    @Test
    void aCommitFreesTheKeyForANewSession() {
        SessionState next = SessionMachine.on(
                        session(SessionStatus.OPEN, null), new SessionEvent.Commit(7, "op", TARGET, "tx", RESULT), NOW)
                .orThrow();
        assertThat(next.openKey()).isNull();
        assertThat(next.commitStatus()).isEqualTo(CommitStatus.COMMITTED);
        assertThat(next.commitOperationId()).isEqualTo("op");
    }

    @Test
    void attachingPreparesWithoutCommitting() {
        SessionState next = SessionMachine.on(
                        session(SessionStatus.OPEN, "tx"), new SessionEvent.Attach(7, "op", TARGET, RESULT), NOW)
                .orThrow();
        assertThat(next.commitStatus()).isEqualTo(CommitStatus.PREPARED);
        assertThat(next.result()).isEqualTo(RESULT);
    }

    private static List<SessionEvent> events(long version) {
        return List.of(
                new SessionEvent.Heartbeat(version, 10),
                new SessionEvent.Commit(version, "op", TARGET, "tx", RESULT),
                new SessionEvent.Attach(version, "op", TARGET, RESULT),
                new SessionEvent.Abort(version, "why"),
                new SessionEvent.Reopen(10),
                new SessionEvent.TransactionCommitted(RESULT),
                new SessionEvent.TransactionEnded(false));
    }

    private static String outcome(SessionState state, SessionEvent event) {
        Decision<SessionState> decision;
        try {
            decision = SessionMachine.on(state, event, NOW);
        } catch (IllegalStateException e) {
            return "bug";
        }
        if (decision instanceof Refused<SessionState> refused) {
            return "refused " + refused.refusal().kind();
        }
        return decision instanceof Unchanged
                ? "unchanged"
                : ((Accepted<SessionState>) decision).state().status().name();
    }

    private static SessionState session(SessionStatus status, @Nullable String transactionId) {
        return SessionStateBuilder.builder()
                .sessionId("ws")
                .sessionVersion(7)
                .status(status)
                .target(TARGET)
                .mode(WriteMode.APPEND)
                .format("parquet")
                .dataDirectory("ns/t/ws")
                .openKey(status == SessionStatus.OPEN ? "key" : null)
                .transactionId(transactionId)
                .createdAt(1)
                .expiresAt(EXPIRY)
                .lastHeartbeatAt(1)
                .build();
    }
}
