package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * Reply {@code PreviewRowsResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param sampleRows rows as JSON objects by column name
 * @param sampleSize number of these rows
 * @param schema columns as JSON objects with {@code name} and {@code type}
 * @param totalRows rows of the table as far as the server knows
 */
@RecordBuilder
public record PreviewRows(
        List<Map<String, JsonNode>> sampleRows, long sampleSize, List<Map<String, JsonNode>> schema, long totalRows) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PreviewRows {
        sampleRows = Copies.list(sampleRows);
        schema = Copies.list(schema);
    }
}
