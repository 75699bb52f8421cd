package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code CatalogDescriptionResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record CatalogDescription(
        String name,
        String root,
        @Nullable String clockMode,
        @Nullable String dataRoot,
        @Nullable Map<String, DataRootInfo> dataRoots,
        @Nullable JsonNode retentionConfig) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CatalogDescription {
        dataRoots = Copies.nullableMap(dataRoots);
    }
}
