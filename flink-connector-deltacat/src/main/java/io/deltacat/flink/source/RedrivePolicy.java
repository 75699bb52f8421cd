package io.deltacat.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What a running source does when its subscription's watermark was moved back, or removed: somebody wants the rows behind it
 * once more. A watermark that another worker moved on is a matter of {@link ForeignWatermarkPolicy} instead.
 */
@PublicEvolving
public enum RedrivePolicy {
    /** Stop the job and say where the watermark is. */
    FAIL,
    /**
     * Finish what is under way, wait for a checkpoint of it, and go on behind the moved watermark. What comes after it is
     * emitted again.
     */
    REREAD,
    /** Emit nothing again and move the watermark back to where this source is. */
    IGNORE
}
