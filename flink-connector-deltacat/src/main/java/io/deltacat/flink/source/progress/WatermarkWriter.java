package io.deltacat.flink.source.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to write into a watermark document that was just read. It never goes back, and it never passes over a
 * foreign change without the policy's word. Immutable; pure.
 *
 * @param writer id of this source, kept in its checkpoints
 * @param policy what to do about foreign changes
 * @param layout how partitions are spelled as slots
 */
@Internal
public record WatermarkWriter(String writer, ForeignWatermarkPolicy policy, SlotLayout layout) {
    /** Checks that nothing is missing. */
    public WatermarkWriter {
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(layout, "layout");
    }

    /**
     * Decides.
     *
     * @param subscription id of the subscription, for error texts
     * @param found the document as it is now
     * @param lastSeen the last document this source wrote or started from, or null when it has seen none: then whatever is
     *     found is a starting point, not a foreign change
     * @param progress what completed checkpoints cover
     * @return the document to write, or empty when it already says so
     * @throws DeltaCatSourceException.ForeignWatermark when somebody else changed it and the policy is to fail
     * @throws DeltaCatSourceException.UnusableSubscription when the entry in it cannot be read
     */
    public Optional<ObjectNode> update(
            String subscription, WatermarkDocument found, @Nullable Fingerprint lastSeen, Progress progress) {
        boolean own = lastSeen == null
                || found.fingerprint().equals(lastSeen)
                || found.fingerprint().lostOwnPartOf(lastSeen)
                || (found.writer().filter(writer::equals).isPresent() && found.undisturbed());
        if (!own && policy == ForeignWatermarkPolicy.FAIL) {
            throw new DeltaCatSourceException.ForeignWatermark(
                    "Subscription '%s': its watermark was changed by somebody else (entry of %s, slots %s); expected this source ('%s') to be its only writer. Stop the other worker, or set 'scan.on-foreign-watermark' to overwrite or adopt; to read again from a rewound watermark start the job without state."
                            .formatted(
                                    subscription,
                                    found.writer()
                                            .map(id -> "source '" + id + "'")
                                            .orElse("no Flink source"),
                                    found.undisturbed() ? "as written" : "moved",
                                    writer));
        }
        if (!own && policy == ForeignWatermarkPolicy.OVERWRITE) {
            return Optional.of(found.with(progress, layout, writer));
        }
        Progress before = recorded(subscription, found);
        Progress next = before.union(progress);
        boolean alreadyThere = before.partitions().equals(next.partitions())
                && found.writer().filter(writer::equals).isPresent()
                && found.undisturbed();
        return alreadyThere || next.isNothing() ? Optional.empty() : Optional.of(found.with(next, layout, writer));
    }

    private static Progress recorded(String subscription, WatermarkDocument found) {
        try {
            return found.progress().orElse(Progress.none());
        } catch (CorruptStateException e) {
            throw new DeltaCatSourceException.UnusableSubscription(
                    "Subscription '%s': %s".formatted(subscription, e.getMessage()));
        }
    }
}
