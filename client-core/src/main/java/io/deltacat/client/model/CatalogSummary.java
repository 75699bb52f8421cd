package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code CatalogSummaryResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record CatalogSummary(
        String name,
        @Nullable String dataRoot,
        @Nullable Map<String, DataRootInfo> dataRoots,
        boolean isDefault,
        @Nullable String root) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CatalogSummary {
        dataRoots = Copies.nullableMap(dataRoots);
    }
}
