package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.DeltaType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final List<String> KEYS = List.of("id");

    @ParameterizedTest
    @CsvSource({
        "AUTO, true, false, ADD",
        "AUTO, false, false, APPEND",
        "AUTO, true, true, UPSERT",
        "CREATE, false, false, APPEND",
        "CREATE, false, true, UPSERT",
        "ADD, true, false, ADD",
        "APPEND, true, false, APPEND",
        "MERGE, true, true, UPSERT",
        "DELETE, true, true, DELETE",
        "REPLACE, true, false, APPEND",
        "REPLACE_PARTITION, true, true, UPSERT"
    })
    void aModeMakesOneTypeOfDelta(WriteMode mode, boolean existed, boolean keyed, DeltaType expected) {
        assertThat(WriteRules.deltaType(mode, existed, keyed ? KEYS : List.of()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"ADD, true", "APPEND, true", "MERGE, false", "DELETE, false"})
    void aModeThatDoesNotFitTheKeysIsRefused(WriteMode mode, boolean keyed) {
        assertThatThrownBy(() -> WriteRules.deltaType(mode, true, keyed ? KEYS : List.of()))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void orderedPositionsCountFromOneAndEndBelowTheUnorderedOnes() {
        assertThat(WriteRules.nextOrderedPosition(0)).isEqualTo(1);
        assertThat(WriteRules.nextOrderedPosition(1)).isEqualTo(2);
        assertThatThrownBy(() -> WriteRules.nextOrderedPosition((1L << 32) - 1)).isInstanceOf(RefusedException.class);
    }

    @Test
    void unorderedPositionsLieAboveTheOrderedOnes() {
        Random random = new Random(17);
        for (int i = 0; i < 1_000; i++) {
            assertThat(WriteRules.unorderedPosition(random)).isGreaterThanOrEqualTo(1L << 32);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, 500, 100, 900, false",
        "APPEND, 500, 100, 900, true",
        "APPEND, 100, 100, 900, true",
        "APPEND, 99, 100, 900, false",
        "APPEND, 900, 100, 900, false",
        "UPSERT, 500, 100, 900, true"
    })
    void onlyOrderedDeltasConflictAndNeverWithTheirOwnCommit(
            DeltaType type, long lastOrderedAt, long snapshotBefore, long commitTime, boolean conflict) {
        assertThat(ConflictRules.conflicts(type, lastOrderedAt, snapshotBefore, commitTime))
                .isEqualTo(conflict);
    }

    @ParameterizedTest
    @CsvSource({"500, 100, 900, true", "100, 100, 900, true", "99, 100, 900, false", "900, 100, 900, false"})
    void contentsThatChangedAfterTheSnapshotWereNotSeen(
            long changedAt, long snapshotBefore, long commitTime, boolean unseen) {
        assertThat(ConflictRules.changedUnseen(changedAt, snapshotBefore, commitTime))
                .isEqualTo(unseen);
    }

    @Test
    void conflictsSayWhoWonAndWhetherToTryAgain() {
        assertThat(ConflictRules.lost("n.t", "tx_1", "tx_2").details())
                .containsEntry("conflict_class", "retryable_stale_read")
                .containsEntry("blocker_outcome", "successful_winner")
                .containsEntry("blocking_transaction_id", "tx_2")
                .containsEntry("transaction_id", "tx_1");
        assertThat(ConflictRules.lost("n.t", "tx_1", "").details()).doesNotContainKey("blocking_transaction_id");
        assertThat(ConflictRules.unsettled("n.t").details())
                .containsEntry("conflict_class", "unsettled_authority")
                .containsEntry("blocker_outcome", "unsettled")
                .containsEntry("blocking_transaction_status", "RUNNING");
        assertThat(ConflictRules.schemaChanged("n.t", "", "why").details()).doesNotContainKey("transaction_id");
    }

    @Test
    void onlyPartitionsThatThereAreCanBeReplaced() {
        assertThatThrownBy(() -> WriteRules.requirePartitions(WriteMode.REPLACE_PARTITION, null))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("partitioned table");
        WriteRules.requirePartitions(WriteMode.APPEND, null);
    }

    @Test
    void aDeletedSubscriptionLooksMissingToEveryEvent() {
        for (SubscriptionEvent event : SubscriptionEvent.values()) {
            Decision<SubscriptionState> decision =
                    SubscriptionMachine.on(subscription(SubscriptionStatus.DELETED), event, 9);
            assertThat(((Decision.Refused<SubscriptionState>) decision)
                            .refusal()
                            .kind())
                    .isEqualTo(RefusalKind.NOT_FOUND);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, PAUSE, PAUSED",
        "PAUSED, PAUSE, PAUSED",
        "PAUSED, RESUME, ACTIVE",
        "ACTIVE, RESUME, ACTIVE",
        "ERROR, RESUME, ACTIVE",
        "ERROR, PAUSE, PAUSED",
        "COMPLETED, DELETE, DELETED",
        "PAUSED, SET_WATERMARK, PAUSED",
        "ACTIVE, UPDATE, ACTIVE"
    })
    void aSubscriptionMovesAsTold(SubscriptionStatus from, SubscriptionEvent event, SubscriptionStatus to) {
        assertThat(SubscriptionMachine.on(subscription(from), event, 9)
                        .orThrow()
                        .status())
                .isEqualTo(to);
    }

    private static SubscriptionState subscription(SubscriptionStatus status) {
        return SubscriptionStateBuilder.builder()
                .subscriberId("s")
                .status(status)
                .sourceTables(List.of())
                .subscriberType("custom")
                .subscriberMode("delta")
                .configJson("{}")
                .managers(List.of())
                .createdAt(1)
                .updatedAt(1)
                .build();
    }
}
