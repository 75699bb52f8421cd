package io.deltacat.client.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.FailureContext;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.NotFound;
import io.deltacat.client.RateLimited;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionBuilder;
import io.deltacat.client.transaction.CommitStep.Done;
import io.deltacat.client.transaction.CommitStep.Fail;
import io.deltacat.client.transaction.CommitStep.Look;
import io.deltacat.client.transaction.CommitStep.Send;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionRecoveryTest {
    private static final Duration NOW = Duration.ofSeconds(1);
    private static final WriteSession OPEN = WriteSessionBuilder.builder()
            .sessionId("ws")
            .sessionVersion(4)
            .status("OPEN")
            .build();

    private final SessionRecovery recovery = new SessionRecovery("ws", "op_1");

    @Test
    void committedUnderOurOperationIsDone() {
        WriteSession done = with("COMMITTED", "op_1", "COMMITTED");
        assertThat(recovery.afterLook(done, NOW)).isEqualTo(new Done<>(done));
        assertThat(recovery.afterReply(done, NOW)).isEqualTo(new Done<>(done));
    }

    @Test
    void oldServersNameNoOperationAndTheFlagCounts() {
        WriteSession flag = WriteSessionBuilder.builder(OPEN).committed(true).build();
        assertThat(recovery.afterLook(flag, NOW)).isEqualTo(new Done<>(flag));
        WriteSession word =
                WriteSessionBuilder.builder(OPEN).status("committed").build();
        assertThat(recovery.afterLook(word, NOW)).isEqualTo(new Done<>(word));
    }

    @Test
    void aSessionOfATransactionIsDoneWhenItIsAttached() {
        WriteSession attached = WriteSessionBuilder.builder(OPEN)
                .transactionId("tx")
                .status("ATTACHED")
                .attached(true)
                .build();
        assertThat(recovery.afterReply(attached, NOW)).isEqualTo(new Done<>(attached));
    }

    @Test
    void committedUnderAnotherOperationIsRefused() {
        CommitStep<WriteSession> step = recovery.afterLook(with("COMMITTED", "op_2", "COMMITTED"), NOW);
        assertThat(((Fail<WriteSession>) step).error())
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("op_2")
                .hasMessageContaining("op_1");
    }

    @Test
    void anOpenSessionIsSentAgainWithItsPresentVersion() {
        assertThat(recovery.afterFailure(new UnknownOutcome(context().build()), 3))
                .isInstanceOf(Look.class);
        assertThat(recovery.afterLook(OPEN, NOW)).isEqualTo(new Send<>(4));
    }

    @Test
    void aBegunOperationIsLeftAloneForAWhileAndThenSentAgain() {
        WriteSession applied = with("ATTACHED", "op_1", "APPLIED");
        assertThat(recovery.afterLook(applied, Duration.ofSeconds(10))).isInstanceOf(Look.class);
        assertThat(recovery.afterLook(applied, Duration.ofSeconds(14))).isInstanceOf(Look.class);
        assertThat(recovery.afterLook(applied, Duration.ofSeconds(15))).isEqualTo(new Send<>(4));
    }

    @Test
    void anAbortedSessionIsRefused() {
        for (String status : new String[] {"ABORTED", "expired", "FAILED"}) {
            CommitStep<WriteSession> step = recovery.afterLook(with(status, null, null), NOW);
            assertThat(((Fail<WriteSession>) step).error()).isInstanceOf(Conflict.class);
        }
    }

    @Test
    void whatWasNotAdmittedIsSentAgain() {
        FailureContext notAdmitted = context()
                .status(503)
                .retryable(true)
                .details(Map.of("admitted", "false"))
                .build();
        assertThat(recovery.afterFailure(new ServerUnavailable(notAdmitted), 3)).isEqualTo(new Send<>(3));
        assertThat(recovery.afterFailure(new RateLimited(context().status(429).build()), 3))
                .isEqualTo(new Send<>(3));
        assertThat(recovery.afterFailure(new ServerUnavailable(context().build()), 3))
                .isEqualTo(new Send<>(3));
    }

    @Test
    void aBusyServerIsLookedAt() {
        assertThat(recovery.afterFailure(
                        new ServerUnavailable(context().status(503).build()), 3))
                .isInstanceOf(Look.class);
    }

    @Test
    void aLostRaceIsReportedAtOnce() {
        Conflict lost = new Conflict(
                context().status(409).code("concurrent_modification").build());
        assertThat(recovery.afterFailure(lost, 3)).isEqualTo(new Fail<>(lost));
    }

    @Test
    void anyOtherConflictIsLookedIntoOnce() {
        Conflict stale =
                new Conflict(context().status(409).code("stale_version").build());
        assertThat(recovery.afterFailure(stale, 3)).isInstanceOf(Look.class);
        assertThat(recovery.afterFailure(stale, 4)).isEqualTo(new Fail<>(stale));
    }

    @Test
    void aRefusalBeforeAnythingWasAppliedIsReportedAsItIs() {
        InvalidRequest invalid = new InvalidRequest(context().status(422).build());
        assertThat(recovery.afterFailure(invalid, 3)).isEqualTo(new Fail<>(invalid));
    }

    @Test
    void aSessionThatVanishesAfterASendIsUnknown() {
        assertThat(recovery.afterFailure(new UnknownOutcome(context().build()), 3))
                .isInstanceOf(Look.class);
        CommitStep<WriteSession> step =
                recovery.afterFailedLook(new NotFound(context().status(404).build()));
        DeltaCatException error = ((Fail<WriteSession>) step).error();
        assertThat(error).isInstanceOf(UnknownOutcome.class).hasMessageContaining("Look for the session's files");
    }

    @Test
    void aServerThatIsDownIsLookedAtAgain() {
        assertThat(recovery.afterFailedLook(new ServerUnavailable(context().build())))
                .isInstanceOf(Look.class);
    }

    private static WriteSession with(String status, String operation, String commitStatus) {
        return WriteSessionBuilder.builder(OPEN)
                .status(status)
                .commitOperationId(operation)
                .commitStatus(commitStatus)
                .build();
    }

    private static FailureContextBuilder context() {
        return FailureContextBuilder.builder().code("c").problem("p").cure("Do it.");
    }
}
