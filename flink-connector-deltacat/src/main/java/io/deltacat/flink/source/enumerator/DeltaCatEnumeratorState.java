package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.OpenDelta;
import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * What the enumerator keeps in a checkpoint: how far discovery came, and the work that is not finished. Immutable; holds no
 * credentials. Splits at readers are in the readers' own state.
 *
 * @param table {@code namespace.table} the state belongs to
 * @param sourceId random id of this source since its first start; it marks the watermark documents it writes
 * @param cursor how far discovery came, or null when the start position was not decided yet
 * @param discovery whether a bounded read has discovered everything
 * @param waiting splits that no reader has
 * @param openDeltas deltas with unfinished splits or undiscovered files
 * @param lastSeen the last watermark document this source wrote or started from, or null
 */
@PublicEvolving
public record DeltaCatEnumeratorState(
        String table,
        String sourceId,
        @Nullable FeedCursor cursor,
        Discovery discovery,
        List<DeltaCatSplit> waiting,
        List<OpenDelta> openDeltas,
        @Nullable Fingerprint lastSeen) {
    /** Copies the lists. */
    public DeltaCatEnumeratorState {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(sourceId, "sourceId");
        Objects.requireNonNull(discovery, "discovery");
        waiting = List.copyOf(waiting);
        openDeltas = List.copyOf(openDeltas);
    }

    /**
     * Returns the state of a source that never ran.
     *
     * @param table {@code namespace.table}
     * @param sourceId random id for this source
     * @return the state
     */
    public static DeltaCatEnumeratorState fresh(String table, String sourceId) {
        return new DeltaCatEnumeratorState(table, sourceId, null, Discovery.GOING_ON, List.of(), List.of(), null);
    }

    /**
     * Returns the discovery cursor.
     *
     * @return the cursor, or empty when the start position was not decided yet
     */
    public Optional<FeedCursor> discovered() {
        return Optional.ofNullable(cursor);
    }

    /** Whether there is more to discover. */
    public enum Discovery {
        /** New deltas may turn up. */
        GOING_ON,
        /** The snapshot of a bounded read was paged to its end. */
        COMPLETE
    }
}
