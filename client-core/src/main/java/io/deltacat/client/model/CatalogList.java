package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Reply {@code CatalogListResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record CatalogList(List<CatalogSummary> catalogs) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CatalogList {
        catalogs = Copies.list(catalogs);
    }
}
