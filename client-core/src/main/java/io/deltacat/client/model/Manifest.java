package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ManifestSummaryResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record Manifest(
        @Nullable String authorName,
        @Nullable String authorVersion,
        List<ManifestEntry> entries,
        long entryCount,
        @Nullable String id) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public Manifest {
        entries = Copies.list(entries);
    }
}
