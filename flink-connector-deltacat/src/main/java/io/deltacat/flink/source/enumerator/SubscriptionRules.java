package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * How a source deals with its subscription, if it has one. Immutable.
 *
 * @param acknowledgement whether to move the subscription's watermark on
 * @param foreignWatermark what to do when somebody else moved it
 * @param statusInterval pause between looks at the subscription's state
 */
@Internal
public record SubscriptionRules(
        Acknowledgement acknowledgement, ForeignWatermarkPolicy foreignWatermark, Duration statusInterval)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public SubscriptionRules {
        Objects.requireNonNull(acknowledgement, "acknowledgement");
        Objects.requireNonNull(foreignWatermark, "foreignWatermark");
        Objects.requireNonNull(statusInterval, "statusInterval");
    }
}
