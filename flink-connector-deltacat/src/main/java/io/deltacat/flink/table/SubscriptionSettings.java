package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * The subscription that a read starts from and moves on. Immutable.
 *
 * @param id id of the subscription
 * @param acknowledgement when its watermark moves on
 * @param foreignWatermark what to do when somebody else moved it
 * @param statusInterval pause between two looks at its state
 */
@Internal
record SubscriptionSettings(
        String id, Acknowledgement acknowledgement, ForeignWatermarkPolicy foreignWatermark, Duration statusInterval) {

    SubscriptionSettings {
        requireNonNull(id, "id");
        requireNonNull(acknowledgement, "acknowledgement");
        requireNonNull(foreignWatermark, "foreignWatermark");
        requireNonNull(statusInterval, "statusInterval");
    }
}
