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

class TransactionMachineTest {
    private static final long NOW = 1_000;
    private static final long EXPIRY = 5_000;
    private static final Refusal CONFLICT = Refusal.of(RefusalKind.CONCURRENT_MODIFICATION, "lost");

    /** Every status meets every event, with the current version. */
    @Test
    void everyStatusAnswersEveryEventAsTheTableSays() {
        Map<String, String> expected = new TreeMap<>(Map.ofEntries(
                Map.entry("RUNNING Heartbeat", "RUNNING"),
                Map.entry("RUNNING Mutate", "RUNNING"),
                Map.entry("RUNNING Commit", "COMMITTED"),
                Map.entry("RUNNING Abort", "ABORTED"),
                Map.entry("RUNNING Fail", "FAILED"),
                Map.entry("COMMITTED Heartbeat", "refused WRONG_STATE"),
                Map.entry("COMMITTED Mutate", "refused WRONG_STATE"),
                Map.entry("COMMITTED Commit", "unchanged"),
                Map.entry("COMMITTED Abort", "refused WRONG_STATE"),
                Map.entry("COMMITTED Fail", "refused WRONG_STATE"),
                Map.entry("ABORTED Heartbeat", "refused WRONG_STATE"),
                Map.entry("ABORTED Mutate", "refused WRONG_STATE"),
                Map.entry("ABORTED Commit", "refused WRONG_STATE"),
                Map.entry("ABORTED Abort", "unchanged"),
                Map.entry("ABORTED Fail", "refused WRONG_STATE"),
                Map.entry("FAILED Heartbeat", "refused WRONG_STATE"),
                Map.entry("FAILED Mutate", "refused WRONG_STATE"),
                Map.entry("FAILED Commit", "refused CONCURRENT_MODIFICATION"),
                Map.entry("FAILED Abort", "unchanged"),
                Map.entry("FAILED Fail", "refused WRONG_STATE"),
                Map.entry("EXPIRED Heartbeat", "refused EXPIRED"),
                Map.entry("EXPIRED Mutate", "refused EXPIRED"),
                Map.entry("EXPIRED Commit", "refused EXPIRED"),
                Map.entry("EXPIRED Abort", "unchanged"),
                Map.entry("EXPIRED Fail", "refused EXPIRED")));

        Map<String, String> actual = new TreeMap<>();
        for (TransactionStatus status : TransactionStatus.values()) {
            for (TransactionEvent event : events(4)) {
                actual.put(status + " " + event.getClass().getSimpleName(), outcome(transaction(status, null), event));
            }
        }

        assertThat(actual).isEqualTo(expected);
        assertThat(events(4).stream().map(event -> (Object) event.getClass()))
                .containsExactlyInAnyOrder((Object[]) TransactionEvent.class.getPermittedSubclasses());
    }

    @Test
    void aRunningTransactionRefusesEveryStaleVersion() {
        for (TransactionEvent event : events(3)) {
            assertThat(outcome(transaction(TransactionStatus.RUNNING, null), event))
                    .isEqualTo("refused STALE_VERSION");
        }
    }

    @Test
    void aLostCommitReplyCanBeAskedForAgainWithTheSameVersion() {
        TransactionState committed = TransactionMachine.on(
                        transaction(TransactionStatus.RUNNING, null), new TransactionEvent.Commit(4), NOW)
                .orThrow();
        assertThat(TransactionMachine.on(committed, new TransactionEvent.Commit(4), NOW))
                .isEqualTo(new Unchanged<>(committed));
        assertThat(outcome(committed, new TransactionEvent.Commit(3))).isEqualTo("refused WRONG_STATE");
    }

    @Test
    void aTransactionExpiresWhenItsTimeIsOver() {
        TransactionState running = transaction(TransactionStatus.RUNNING, null);
        assertThat(TransactionMachine.at(running, EXPIRY - 1)).isEqualTo(running);
        TransactionState expired = TransactionMachine.at(running, EXPIRY);
        assertThat(expired.status()).isEqualTo(TransactionStatus.EXPIRED);
        assertThat(expired.finalizedAt()).isEqualTo(EXPIRY);
        assertThat(expired.transactionVersion()).isEqualTo(5);
    }

    @Test
    void historyTakesNoChange() {
        assertThat(outcome(transaction(TransactionStatus.RUNNING, 17L), new TransactionEvent.Mutate(4, null)))
                .isEqualTo("refused INVALID_REQUEST");
    }

    @Test
    void boundSessionsKeepTheirOrder() {
        TransactionState first = TransactionMachine.on(
                        transaction(TransactionStatus.RUNNING, null), new TransactionEvent.Mutate(4, "b"), NOW)
                .orThrow();
        TransactionState second = TransactionMachine.on(first, new TransactionEvent.Mutate(5, "a"), NOW)
                .orThrow();
        assertThat(second.boundSessions()).containsExactly("b", "a");
        assertThat(second.operationCount()).isEqualTo(2);
        assertThat(second.transactionVersion()).isEqualTo(6);
    }

    private static List<TransactionEvent> events(long version) {
        return List.of(
                new TransactionEvent.Heartbeat(version, 10),
                new TransactionEvent.Mutate(version, "ws"),
                new TransactionEvent.Commit(version),
                new TransactionEvent.Abort(version, "why"),
                new TransactionEvent.Fail(version, CONFLICT));
    }

    private static String outcome(TransactionState state, TransactionEvent event) {
        Decision<TransactionState> decision = TransactionMachine.on(state, event, NOW);
        if (decision instanceof Refused<TransactionState> refused) {
            return "refused " + refused.refusal().kind();
        }
        return decision instanceof Unchanged
                ? "unchanged"
                : ((Accepted<TransactionState>) decision).state().status().name();
    }

    private static TransactionState transaction(TransactionStatus status, @Nullable Long asOf) {
        return TransactionStateBuilder.builder()
                .transactionId("tx")
                .transactionVersion(4)
                .status(status)
                .snapshotBefore(900)
                .asOf(asOf)
                .createdAt(1)
                .expiresAt(EXPIRY)
                .lastHeartbeatAt(1)
                .boundSessions(List.of())
                .failure(status == TransactionStatus.FAILED ? CONFLICT : null)
                .build();
    }
}
