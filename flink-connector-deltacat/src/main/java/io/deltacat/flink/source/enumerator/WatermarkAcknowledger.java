package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.SubscriptionRivals;
import io.deltacat.flink.source.progress.WatermarkDocument;
import io.deltacat.flink.source.progress.WatermarkStanding;
import io.deltacat.flink.source.progress.WatermarkWriter;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Moves a subscription's watermark on: read, decide, write. Runs on the worker thread; at most two requests. */
@Internal
final class WatermarkAcknowledger {
    private final String table;
    private final SubscriptionAccess subscription;
    private final WatermarkWriter writer;
    private final SubscriptionRivals rivals;

    WatermarkAcknowledger(
            String table, SubscriptionAccess subscription, WatermarkWriter writer, SubscriptionRivals rivals) {
        this.table = table;
        this.subscription = subscription;
        this.writer = writer;
        this.rivals = rivals;
    }

    /**
     * Writes progress.
     *
     * @param progress what completed checkpoints cover
     * @param lastSeen the last document written or found, or null
     * @param lastWritten what was written last, or null when this is not remembered
     * @return what became of it
     * @throws DeltaCatSourceException when the document must not be written
     * @throws io.deltacat.client.DeltaCatException when the server refused or could not be reached; may be repeated
     */
    Outcome acknowledge(Progress progress, @Nullable Fingerprint lastSeen, @Nullable Progress lastWritten) {
        WatermarkDocument found = WatermarkDocument.of(table, subscription.watermark());
        rivals.changedBy(found).ifPresent(rival -> {
            throw new DeltaCatSourceException.UnusableSubscription(
                    rivals.message(subscription.subscriptionId(), rival));
        });
        WatermarkStanding standing = WatermarkStanding.of(found, writer.writer(), lastSeen, lastWritten);
        if (writer.goesBack(standing)) {
            return new Outcome(found.fingerprint(), true);
        }
        Optional<ObjectNode> next = writer.update(subscription.subscriptionId(), found, standing, progress);
        if (next.isEmpty()) {
            return new Outcome(found.fingerprint(), false);
        }
        subscription.setWatermark(next.get());
        return new Outcome(WatermarkDocument.of(table, next).fingerprint(), false);
    }

    /**
     * What became of an acknowledgement.
     *
     * @param seen fingerprint of the document as it is now
     * @param goBack whether nothing was written, because the source has to read again from there
     */
    record Outcome(Fingerprint seen, boolean goBack) {}
}
