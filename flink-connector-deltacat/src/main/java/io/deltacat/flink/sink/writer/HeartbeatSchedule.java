package io.deltacat.flink.sink.writer;

import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * Decides when a location session gets its next heartbeat: after a third of its life, so that two may fail, at most every
 * 15 minutes and at least every 200 ms apart; after a failure, three times as soon. Pure.
 */
@Internal
final class HeartbeatSchedule {
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration SHORTEST = Duration.ofMillis(200);

    private HeartbeatSchedule() {}

    /**
     * Decides after a success.
     *
     * @param life how long the session lives from now
     * @return time to the next heartbeat
     */
    static Duration afterSuccess(Duration life) {
        return within(life.dividedBy(3));
    }

    /**
     * Decides after a failure.
     *
     * @param life how long the session lived from its last heartbeat on
     * @return time to the next attempt
     */
    static Duration afterFailure(Duration life) {
        return within(life.dividedBy(9));
    }

    private static Duration within(Duration wanted) {
        if (wanted.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return wanted.compareTo(SHORTEST) < 0 ? SHORTEST : wanted;
    }
}
