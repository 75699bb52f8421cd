package io.deltacat.client.catalog;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Deltas of one partition to list (protocol/data-plane.md §6.2). Immutable.
 *
 * @param table table with its version
 * @param streamId stream of that version
 * @param partitionId partition of that stream
 * @param firstPosition lowest stream position wanted, inclusive, or null for the first; ordered positions are below 2³²,
 *     positions of {@code add} deltas are random and above
 * @param lastPosition highest stream position wanted, inclusive, or null for the last
 * @param includeManifest whether deltas carry their manifest
 * @param pageSize elements per page at most, or null for the server's default of 100
 */
@RecordBuilder
public record DeltaRange(
        TableRef table,
        String streamId,
        String partitionId,
        @Nullable Long firstPosition,
        @Nullable Long lastPosition,
        boolean includeManifest,
        @Nullable Integer pageSize) {
    /** Highest position an ordered delta can have; a range up to it leaves {@code add} deltas out. */
    public static final long LAST_ORDERED_POSITION = (1L << 32) - 1;

    /**
     * Checks that the table names a version.
     *
     * @throws IllegalArgumentException if it does not
     */
    public DeltaRange {
        requireNonNull(table, "table").requireVersion();
        requireNonNull(streamId, "streamId");
        requireNonNull(partitionId, "partitionId");
    }
}
