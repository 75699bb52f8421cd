package io.deltacat.server.machine;

import java.util.Locale;

/** Where a subscription stands (protocol/control-plane.md §1.2). */
public enum SubscriptionStatus {
    /** Runs. */
    ACTIVE,
    /** Keeps its watermark, but nothing is to run for it. */
    PAUSED,
    /** Stopped by a failure. */
    ERROR,
    /** Has nothing more to do. */
    COMPLETED,
    /** Removed; its row stays. */
    DELETED;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
