package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ThinClientScanTaskResponse} of the wire protocol (openapi-0.1.67.json).
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
