package io.deltacat.client.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.Conflict;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.NotFound;
import io.deltacat.client.PermissionDenied;
import io.deltacat.client.RateLimited;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.RemoteTransactionBuilder;
import io.deltacat.client.transaction.CommitStep.Done;
import io.deltacat.client.transaction.CommitStep.Fail;
import io.deltacat.client.transaction.CommitStep.Look;
import io.deltacat.client.transaction.CommitStep.Send;
import org.junit.jupiter.api.Test;

class TransactionRecoveryTest {
    private final TransactionRecovery recovery = new TransactionRecovery("tx");

    @Test
    void committedIsDoneWhereverItIsSeen() {
        RemoteTransaction committed = transaction("COMMITTED", 5);
        assertThat(recovery.afterReply(committed)).isEqualTo(new Done<>(committed));
        assertThat(recovery.afterLook(committed)).isEqualTo(new Done<>(committed));
    }

    @Test
    void theFinalizationStateDecidesOverTheStatus() {
        RemoteTransaction failed = RemoteTransactionBuilder.builder(transaction("RUNNING", 5))
                .finalizationState("failed")
                .finalizedAt(1L)
                .build();
        assertThat(recovery.afterLook(failed)).isInstanceOf(Fail.class);
        assertThat(TransactionRecovery.stateOf(failed)).isEqualTo(SettledState.DISCARDED);
    }

    @Test
    void aLostReplyIsLookedIntoAndAnOpenTransactionCommittedAgain() {
        assertThat(recovery.afterFailure(new UnknownOutcome(context().build()), 3))
                .isInstanceOf(Look.class);
        assertThat(recovery.afterLook(transaction("RUNNING", 4))).isEqualTo(new Send<>(4));
    }

    @Test
    void aTransactionUnderWayIsWaitedFor() {
        assertThat(recovery.afterLook(transaction("COMMITTING", 4))).isInstanceOf(Look.class);
        assertThat(recovery.afterLook(transaction("a word nobody knows", 4))).isInstanceOf(Look.class);
    }

    @Test
    void aDiscardedTransactionIsAConflictThatSaysWhatToDo() {
        Fail<RemoteTransaction> fail = (Fail<RemoteTransaction>) recovery.afterLook(transaction("ABORTED", 4));
        assertThat(fail.error())
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("transaction 'tx' ended as 'ABORTED'");
        assertThat(fail.error().code()).isEqualTo("transaction_not_committed");
    }

    @Test
    void whatWasNotAppliedIsSentAgain() {
        assertThat(recovery.afterFailure(new ServerUnavailable(context().build()), 3))
                .isEqualTo(new Send<>(3));
        assertThat(recovery.afterFailure(new RateLimited(context().build()), 3)).isEqualTo(new Send<>(3));
        assertThat(recovery.afterFailure(new Conflict(context().status(423).build()), 3))
                .isEqualTo(new Send<>(3));
    }

    @Test
    void aConflictMayMeanThatAnEarlierAttemptCommitted() {
        Conflict stale = new Conflict(context().status(409).build());
        assertThat(recovery.afterFailure(stale, 3)).isInstanceOf(Look.class);
        RemoteTransaction committed = transaction("COMMITTED", 4);
        assertThat(recovery.afterLook(committed)).isEqualTo(new Done<>(committed));
    }

    @Test
    void aStaleVersionIsReplacedAndARealConflictReported() {
        Conflict refused = new Conflict(context().status(409).build());
        recovery.afterFailure(refused, 3);
        assertThat(recovery.afterLook(transaction("RUNNING", 4))).isEqualTo(new Send<>(4));
        recovery.afterFailure(refused, 4);
        assertThat(recovery.afterLook(transaction("RUNNING", 4))).isEqualTo(new Fail<>(refused));
    }

    @Test
    void aLostRaceReportsTheServersConflict() {
        Conflict lost = new Conflict(
                context().status(409).conflictClass("retryable_stale_read").build());
        recovery.afterFailure(lost, 3);
        assertThat(recovery.afterLook(transaction("FAILED", 4))).isEqualTo(new Fail<>(lost));
    }

    @Test
    void aVanishedTransactionIsUnknownOnlyIfACommitMayHaveBeenSent() {
        NotFound gone = new NotFound(context().status(404).build());
        assertThat(recovery.afterFailedLook(gone)).isEqualTo(new Fail<>(gone));
        assertThat(recovery.afterFailure(gone, 3)).isEqualTo(new Fail<>(gone));
        TransactionRecovery restored = TransactionRecovery.ofMaybeSent("tx");
        assertThat(((Fail<RemoteTransaction>) restored.afterFailedLook(gone)).error())
                .isInstanceOf(UnknownOutcome.class);
    }

    @Test
    void refusalsBeforeAnythingWasSentAreReportedAsTheyAre() {
        PermissionDenied denied = new PermissionDenied(context().status(403).build());
        assertThat(recovery.afterFailure(denied, 3)).isEqualTo(new Fail<>(denied));
    }

    private static RemoteTransaction transaction(String status, long version) {
        return RemoteTransactionBuilder.builder()
                .transactionId("tx")
                .transactionVersion(version)
                .status(status)
                .build();
    }

    private static FailureContextBuilder context() {
        return FailureContextBuilder.builder().code("c").problem("p").cure("Do it.");
    }
}
