package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DeltaCatSourceBuilder;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * The subscription that a read starts from and moves on. Immutable.
 *
 * @param id id of the subscription
 * @param acknowledgement when its watermark moves on
 * @param safetyLag how far it stays behind
 * @param foreignWatermark what to do when somebody else moved it
 * @param onRedrive what to do when it was moved back
 * @param createIfMissing whether to create the subscription
 * @param statusInterval pause between two looks at its state
 */
@Internal
record SubscriptionSettings(
        String id,
        Acknowledgement acknowledgement,
        Duration safetyLag,
        ForeignWatermarkPolicy foreignWatermark,
        RedrivePolicy onRedrive,
        boolean createIfMissing,
        Duration statusInterval) {

    SubscriptionSettings {
        requireNonNull(id, "id");
        requireNonNull(acknowledgement, "acknowledgement");
        requireNonNull(safetyLag, "safetyLag");
        requireNonNull(foreignWatermark, "foreignWatermark");
        requireNonNull(onRedrive, "onRedrive");
        requireNonNull(statusInterval, "statusInterval");
    }

    /** Sets all this on a builder. */
    void applyTo(DeltaCatSourceBuilder builder) {
        builder.subscription(id)
                .acknowledgement(acknowledgement)
                .safetyLag(safetyLag)
                .foreignWatermark(foreignWatermark)
                .onRedrive(onRedrive)
                .createSubscription(createIfMissing)
                .statusInterval(statusInterval);
    }
}
