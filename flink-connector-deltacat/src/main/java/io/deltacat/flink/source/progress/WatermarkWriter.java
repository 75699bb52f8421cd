package io.deltacat.flink.source.progress;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * Decides what to write into a watermark document that was just read. It never goes back, and it never passes over a
 * foreign change or a redrive without the policies' word. Immutable; pure.
 *
 * @param writer id of this source, kept in its checkpoints
 * @param origin where this source is
 * @param policy what to do about foreign changes
 * @param onRedrive what to do about a watermark that was moved back
 * @param layout how partitions are spelled as slots
 */
@Internal
public record WatermarkWriter(
        String writer, SourceOrigin origin, ForeignWatermarkPolicy policy, RedrivePolicy onRedrive, SlotLayout layout) {
    /** Checks that nothing is missing. */
    public WatermarkWriter {
        Objects.requireNonNull(writer, "writer");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(onRedrive, "onRedrive");
        Objects.requireNonNull(layout, "layout");
    }

    /**
     * Decides.
     *
     * @param subscription id of the subscription, for error texts
     * @param found the document as it is now
     * @param standing how it differs from what this source knew
     * @param progress what completed checkpoints cover
     * @return the document to write, or empty when it is to stay as it is: it already says so, or the source has to go back
     * @throws DeltaCatSourceException.ForeignWatermark when somebody else changed it and the policy is to fail
     * @throws DeltaCatSourceException.Redriven when it was moved back and the policy is to fail
     * @throws DeltaCatSourceException.UnusableSubscription when the entry in it cannot be read
     */
    public Optional<ObjectNode> update(
            String subscription, WatermarkDocument found, WatermarkStanding standing, Progress progress) {
        return switch (standing) {
            case OWN -> advanced(subscription, found, progress);
            case MOVED_BACK -> redriven(subscription, found, progress);
            case FOREIGN -> foreign(subscription, found, progress);
        };
    }

    /**
     * Tells whether the source has to read again from where the document stands.
     *
     * @param standing how the document differs from what this source knew
     * @return whether it was moved back and the policy is to read again
     */
    public boolean goesBack(WatermarkStanding standing) {
        return standing == WatermarkStanding.MOVED_BACK && onRedrive == RedrivePolicy.REREAD;
    }

    private Optional<ObjectNode> redriven(String subscription, WatermarkDocument found, Progress progress) {
        return switch (onRedrive) {
            case FAIL ->
                throw new DeltaCatSourceException.Redriven(
                        "Subscription '%s': its watermark was moved back to %s while this source ('%s') was reading. Set 'scan.on-redrive' to reread to emit the rows behind it again, or to ignore to leave it; or start the job without state."
                                .formatted(
                                        subscription,
                                        found.slotPosition().isPresent()
                                                ? "position "
                                                        + found.slotPosition().getAsLong()
                                                : "the start",
                                        writer));
            case REREAD -> Optional.empty();
            case IGNORE -> Optional.of(found.with(progress, layout, writer, origin));
        };
    }

    private Optional<ObjectNode> foreign(String subscription, WatermarkDocument found, Progress progress) {
        return switch (policy) {
            case FAIL ->
                throw new DeltaCatSourceException.ForeignWatermark(
                        "Subscription '%s': its watermark was changed by somebody else (entry of %s, slots %s); expected this source ('%s') to be its only writer. Stop the other worker, or set 'scan.on-foreign-watermark' to overwrite or adopt."
                                .formatted(
                                        subscription,
                                        found.writer()
                                                .map(id -> "source '" + id + "'")
                                                .orElse("no Flink source"),
                                        found.undisturbed() ? "as written" : "moved",
                                        writer));
            case OVERWRITE -> Optional.of(found.with(progress, layout, writer, origin));
            case ADOPT -> advanced(subscription, found, progress);
        };
    }

    private Optional<ObjectNode> advanced(String subscription, WatermarkDocument found, Progress progress) {
        Progress before = recorded(subscription, found);
        Progress next = before.union(progress);
        boolean alreadyThere = before.partitions().equals(next.partitions())
                && found.writer().filter(writer::equals).isPresent()
                && found.undisturbed();
        return alreadyThere || next.isNothing()
                ? Optional.empty()
                : Optional.of(found.with(next, layout, writer, origin));
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
