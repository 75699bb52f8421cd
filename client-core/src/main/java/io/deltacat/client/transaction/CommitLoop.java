package io.deltacat.client.transaction;

import io.deltacat.client.CallInterrupted;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.http.Pacing;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries out the steps of a recovery: sends, looks, pauses, and stops at a deadline. One per commit, confined to one
 * thread.
 *
 * @param <S> state of what is committed
 */
final class CommitLoop<S> {
    private static final RetryPolicy PAUSES =
            new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofDays(1));

    private final Protocol<S> protocol;
    private final Pacing pacing;
    private final Duration timeout;
    private final String what;
    private final long begin;
    private boolean sent;

    /** The requests and decisions the loop drives. */
    interface Protocol<S> {
        CommitStep<S> send(long version, Duration elapsed);

        CommitStep<S> look(Duration elapsed);

        /** The error of the last request, empty if it succeeded. */
        Optional<DeltaCatException> lastFailure();
    }

    CommitLoop(Protocol<S> protocol, Pacing pacing, Duration timeout, String what) {
        this.protocol = protocol;
        this.pacing = pacing;
        this.timeout = timeout;
        this.what = what;
        this.begin = pacing.nanoTime();
    }

    S run(CommitStep<S> first) {
        CommitStep<S> step = first;
        for (int round = 0; ; round++) {
            if (step instanceof CommitStep.Done<S> done) {
                return done.state();
            }
            if (step instanceof CommitStep.Fail<S> fail) {
                throw fail.error();
            }
            if (round > 0) {
                pause(round);
            }
            if (step instanceof CommitStep.Send<S> send) {
                sent = true;
                step = protocol.send(send.version(), elapsed());
            } else {
                step = protocol.look(elapsed());
            }
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(pacing.nanoTime() - begin);
    }

    private void pause(int round) {
        Duration pause = PAUSES.pause(round, pacing.jitter());
        Duration floor =
                protocol.lastFailure().flatMap(DeltaCatException::retryAfter).orElse(Duration.ZERO);
        if (floor.compareTo(pause) > 0) {
            pause = floor;
        }
        if (elapsed().plus(pause).compareTo(timeout) > 0) {
            throw outOfTime("not settled within " + timeout);
        }
        try {
            pacing.pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outOfTime("interrupted");
        }
    }

    private DeltaCatException outOfTime(String why) {
        Optional<DeltaCatException> last = protocol.lastFailure();
        String lastProblem =
                last.map(error -> "; last: " + error.context().problem()).orElse("");
        FailureContextBuilder context = FailureContextBuilder.builder()
                .code("commit_unsettled")
                .problem("commit of " + what + " is " + why + lastProblem)
                .retryable(true)
                .cure("Call again with the same ids to settle it; do not abort it and do not write its files again.");
        if (!sent) {
            return new CallInterrupted(context.build());
        }
        return last.map(error -> new UnknownOutcome(context.build(), error))
                .orElseGet(() -> new UnknownOutcome(context.build()));
    }
}
