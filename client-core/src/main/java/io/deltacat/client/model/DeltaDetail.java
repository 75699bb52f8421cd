package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code DeltaDetailResponse} of the wire protocol (openapi-0.1.67.json).
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
