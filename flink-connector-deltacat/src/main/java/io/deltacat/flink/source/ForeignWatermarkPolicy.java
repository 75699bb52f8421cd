package io.deltacat.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What the source does when another worker moved its subscription's watermark on; one that was moved back is a matter of
 * {@link RedrivePolicy}. The protocol has no conditional write, so
 * a change between this source's look and its own write can be overwritten unseen (protocol/control-plane.md §12.6).
 */
@PublicEvolving
public enum ForeignWatermarkPolicy {
    /** Stop the job and say who wrote what. */
    FAIL,
    /** Put this source's progress in place of what was found. */
    OVERWRITE,
    /**
     * Keep what was found and add this source's progress to it; of two positions the higher stays.
     */
    ADOPT
}
