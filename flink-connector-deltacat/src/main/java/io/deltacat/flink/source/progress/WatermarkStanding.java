package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Where a watermark document stands compared with what this source last knew of it. Pure.
 *
 * <p>A redrive and another worker both change the document, and the protocol tells neither. What tells them apart is the
 * direction: a redrive takes back what this source wrote, in every place it touches, or removes it; a worker that processes
 * deltas moves on.
 */
@Internal
public enum WatermarkStanding {
    /** Nobody else changed what concerns this source. */
    OWN,
    /** Somebody moved it back, or removed it. */
    MOVED_BACK,
    /** Somebody else moved it on, or took it over. */
    FOREIGN;

    /**
     * Compares.
     *
     * @param found the document as it is now
     * @param writer id of this source
     * @param lastSeen the last document this source wrote or started from, or null when it has seen none
     * @param lastWritten what this source wrote last, or null when it does not remember
     * @return the standing
     */
    public static WatermarkStanding of(
            WatermarkDocument found, String writer, @Nullable Fingerprint lastSeen, @Nullable Progress lastWritten) {
        Fingerprint now = found.fingerprint();
        if (lastSeen == null || now.equals(lastSeen) || now.lostOwnPartOf(lastSeen)) {
            return OWN;
        }
        if (!found.hasEntry()) {
            return withoutEntry(found, lastSeen, lastWritten);
        }
        if (!found.writer().filter(writer::equals).isPresent()) {
            return FOREIGN;
        }
        return switch (found.slotMovement()) {
            case NONE -> lastWritten != null && behind(found.recorded(), lastWritten) ? MOVED_BACK : OWN;
            case BACK -> MOVED_BACK;
            case OTHER -> FOREIGN;
        };
    }

    private static WatermarkStanding withoutEntry(
            WatermarkDocument found, Fingerprint lastSeen, @Nullable Progress lastWritten) {
        OptionalLong slot = found.slotPosition();
        if (slot.isEmpty()) {
            return lastSeen.saysNothing() ? OWN : MOVED_BACK;
        }
        long written = lastWritten == null ? 0 : position(lastWritten, found.slotIdentity());
        return slot.getAsLong() < written ? MOVED_BACK : FOREIGN;
    }

    private static long position(Progress written, Optional<PartitionRef> partition) {
        return written.partitions().entrySet().stream()
                .filter(entry -> partition.isEmpty() || partition.get().equals(entry.getKey()))
                .mapToLong(entry -> entry.getValue().orderedPosition())
                .max()
                .orElse(0);
    }

    /** Whether something that was written is gone, and nothing is there that was not. */
    private static boolean behind(SortedMap<PartitionRef, PartitionCursor> found, Progress written) {
        boolean less = false;
        for (Map.Entry<PartitionRef, PartitionCursor> entry :
                written.partitions().entrySet()) {
            PartitionCursor before = entry.getValue();
            PartitionCursor now = found.getOrDefault(entry.getKey(), PartitionCursor.START);
            boolean more = now.orderedPosition() > before.orderedPosition()
                    || !now.adds().without(before.adds()).isEmpty();
            if (more) {
                return false;
            }
            less |= !now.equals(before);
        }
        return less;
    }
}
