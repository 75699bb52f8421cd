package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One delta of a read plan (data-plane.md §2.3). Wire name {@code ThinClientScanTaskResponse}.
 *
 * @param deltaType {@code add}, {@code append}, {@code upsert} or {@code delete}
 * @param entryParams {@code equality_field_locators} of a delete: columns it matches by
 * @param files data files of the delta in this page
 * @param partitionId changes when the partition is compacted or replaced
 * @param partitionValues values in scheme order; null for an unpartitioned table
 * @param previousStreamPosition position of the delta before it in the partition
 * @param streamId changes when the table is replaced
 * @param streamPosition 1, 2, 3… for ordered deltas, random and above 2³² for {@code add}
 */
@RecordBuilder
public record ScanTask(
        @Nullable String authorName,
        @Nullable String authorVersion,
        @Nullable Map<String, JsonNode> deltaRevisionAuthority,
        @Nullable String deltaType,
        @Nullable Map<String, JsonNode> entryParams,
        List<DataFile> files,
        @Nullable String partitionId,
        @Nullable String partitionSchemeId,
        @Nullable List<@Nullable Object> partitionValues,
        @Nullable Long previousStreamPosition,
        @Nullable String streamId,
        @Nullable Long streamPosition) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public ScanTask {
        deltaRevisionAuthority = Copies.nullableMap(deltaRevisionAuthority);
        entryParams = Copies.nullableMap(entryParams);
        files = Copies.list(files);
        partitionValues = Copies.nullableList(partitionValues);
    }
}
