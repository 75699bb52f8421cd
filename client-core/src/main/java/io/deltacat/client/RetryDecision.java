package io.deltacat.client;

import java.time.Duration;

/** What to do after a failed attempt. Immutable. */
public sealed interface RetryDecision {
    /**
     * Send the same request again after a pause.
     *
     * @param pause how long to wait, not negative
     */
    record Again(Duration pause) implements RetryDecision {}

    /**
     * Report the failure.
     *
     * @param reason why no other attempt is made, for the log
     */
    record GiveUp(String reason) implements RetryDecision {}
}
