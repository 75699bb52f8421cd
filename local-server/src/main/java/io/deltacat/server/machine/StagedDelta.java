package io.deltacat.server.machine;

import io.deltacat.client.model.DeltaType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delta whose manifest is stored and whose position is not assigned yet. Immutable.
 *
 * @param deltaKey key of its manifest entries
 * @param sessionId session that wrote it
 * @param tableId table it goes to
 * @param tableVersion version it goes to
 * @param deltaType kind of rows
 * @param partitionValues canonical JSON of the partition values; {@code null} as JSON for an unpartitioned table
 * @param partitionSchemeId scheme of the values; null if unpartitioned
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
        DeltaType deltaType,
        String partitionValues,
        @Nullable String partitionSchemeId,
        String manifestId,
        String contentType,
        long entryCount,
        long recordCount,
        long contentLength,
        String fingerprint,
        List<String> equalityFields) {
    /** Copies the list. */
    public StagedDelta {
        equalityFields = List.copyOf(equalityFields);
    }
}
