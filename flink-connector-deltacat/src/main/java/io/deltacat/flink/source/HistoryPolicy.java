package io.deltacat.flink.source;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What the source does when the table's past changed under it: rows it emitted were replaced, or deltas it did not read are
 * gone. What is passed over is logged with its range and counted.
 */
@PublicEvolving
public enum HistoryPolicy {
    /** Stop the job and say what changed. */
    FAIL,
    /** Emit what took the place of it from its start, without taking back what was emitted before. */
    RESNAPSHOT,
    /** Pass over what took the place of it, and go on with what is committed from now on. */
    SKIP;

    /** Returns the value as options spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
