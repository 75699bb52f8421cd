package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.WatermarkDocument;
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

    WatermarkAcknowledger(String table, SubscriptionAccess subscription, WatermarkWriter writer) {
        this.table = table;
        this.subscription = subscription;
        this.writer = writer;
    }

    /**
     * Writes progress.
     *
     * @param progress what completed checkpoints cover
     * @param lastSeen the last document written or found, or null
     * @return fingerprint of the document as it is now
     * @throws io.deltacat.flink.source.DeltaCatSourceException when the document must not be written
     * @throws io.deltacat.client.DeltaCatException when the server refused or could not be reached; may be repeated
     */
    Fingerprint acknowledge(Progress progress, @Nullable Fingerprint lastSeen) {
        WatermarkDocument found = WatermarkDocument.of(table, subscription.watermark());
        Optional<ObjectNode> next = writer.update(subscription.subscriptionId(), found, lastSeen, progress);
        if (next.isEmpty()) {
            return found.fingerprint();
        }
        subscription.setWatermark(next.get());
        return WatermarkDocument.of(table, next).fingerprint();
    }
}
