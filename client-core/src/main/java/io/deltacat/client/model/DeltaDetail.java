package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One delta of a partition (data-plane.md §6.1). It names no credentials and no equality columns: a plan is still
 * needed to read it. Wire name {@code DeltaDetailResponse}.
 *
 * @param deltaType {@code add}, {@code append}, {@code upsert} or {@code delete}
 * @param embeddedInPartition whether it is an add kept inside the partition's record
 * @param manifest null unless asked for
 * @param partitionValues values in scheme order; null for an unpartitioned table
 * @param previousStreamPosition position of the delta before it
 * @param streamPosition 1, 2, 3… for ordered deltas, random and above 2³² for {@code add}
 * @param watermark event-time watermark
 */
@RecordBuilder
public record DeltaDetail(
        @Nullable Long contentLength,
        @Nullable String contentType,
        @Nullable String deltaType,
        boolean embeddedInPartition,
        @Nullable Manifest manifest,
        @Nullable String namespace,
        @Nullable String partitionId,
        @Nullable List<@Nullable Object> partitionValues,
        @Nullable Long previousStreamPosition,
        @Nullable Map<String, JsonNode> properties,
        @Nullable Long recordCount,
        @Nullable String streamFormat,
        @Nullable String streamId,
        @Nullable Long streamPosition,
        @Nullable String tableName,
        @Nullable String tableVersion,
        @Nullable Long watermark) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public DeltaDetail {
        partitionValues = Copies.nullableList(partitionValues);
        properties = Copies.nullableMap(properties);
    }
}
