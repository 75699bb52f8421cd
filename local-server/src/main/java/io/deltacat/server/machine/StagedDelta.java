package io.deltacat.server.machine;

import io.deltacat.client.model.DeltaType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delta whose manifest is stored and which is not visible yet, with the place its transaction sees it at. Immutable.
 *
 * @param deltaKey key of its manifest entries
 * @param sessionId session that wrote it
 * @param tableId table it goes to
 * @param tableVersion version it goes to
 * @param streamId stream it goes to
 * @param deltaType kind of rows
 * @param partitionValues canonical JSON of the partition values; {@code null} as JSON for an unpartitioned table
 * @param partitionSchemeId scheme of the values; null if unpartitioned
 * @param replacesPartition whether it takes the place of everything in its partition
 * @param place where it is in that stream
 * @param manifestId id of its manifest
 * @param contentType short content type
 * @param entryCount files
 * @param recordCount rows
 * @param contentLength stored bytes
 * @param fingerprint digest over its entries
 * @param equalityFields merge keys of an upsert or delete; empty otherwise
 */
@RecordBuilder
public record StagedDelta(
        long deltaKey,
        String sessionId,
        String tableId,
        String tableVersion,
        String streamId,
        DeltaType deltaType,
        String partitionValues,
        @Nullable String partitionSchemeId,
        boolean replacesPartition,
        Place place,
        String manifestId,
        String contentType,
        long entryCount,
        long recordCount,
        long contentLength,
        String fingerprint,
        List<String> equalityFields)
        implements StagedDeltaBuilder.With {
    /** Copies the list. */
    public StagedDelta {
        equalityFields = List.copyOf(equalityFields);
    }

    /**
     * A place in a stream, as far as the writing transaction knows.
     *
     * @param partitionKey key of the partition, which may still have to be made
     * @param partitionId id of the partition
     * @param newPartition whether the delta is the first of its partition
     * @param previousPartitionId the partition it replaces; null if it replaces none
     * @param streamPosition position in the partition
     * @param previousStreamPosition position of the ordered delta before it; null for the first and for unordered ones
     */
    public record Place(
            long partitionKey,
            String partitionId,
            boolean newPartition,
            @Nullable String previousPartitionId,
            long streamPosition,
            @Nullable Long previousStreamPosition) {}
}
