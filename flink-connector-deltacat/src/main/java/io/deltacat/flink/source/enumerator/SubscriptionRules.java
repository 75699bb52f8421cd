package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * How a source deals with its subscription, if it has one. Immutable.
 *
 * @param acknowledgement whether to move the subscription's watermark on
 * @param safetyLag how old a completed checkpoint is before the watermark moves on to it
 * @param foreignWatermark what to do when somebody else moved it
 * @param onRedrive what to do when it was moved back
 * @param absence what to do when there is no such subscription
 * @param statusInterval pause between looks at the subscription's state
 */
@Internal
public record SubscriptionRules(
        Acknowledgement acknowledgement,
        Duration safetyLag,
        ForeignWatermarkPolicy foreignWatermark,
        RedrivePolicy onRedrive,
        Absence absence,
        Duration statusInterval)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public SubscriptionRules {
        Objects.requireNonNull(acknowledgement, "acknowledgement");
        Objects.requireNonNull(safetyLag, "safetyLag");
        Objects.requireNonNull(foreignWatermark, "foreignWatermark");
        Objects.requireNonNull(onRedrive, "onRedrive");
        Objects.requireNonNull(absence, "absence");
        Objects.requireNonNull(statusInterval, "statusInterval");
    }

    /** What to do when a subscription does not exist. */
    public enum Absence {
        /** Stop the job. */
        FAIL,
        /** Create it. */
        CREATE
    }
}
