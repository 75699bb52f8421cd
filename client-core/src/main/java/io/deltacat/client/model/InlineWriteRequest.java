package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code WriteDataRequest} of the wire protocol (openapi-0.1.67.json).
 *
 * @param data columns by name, each an array of values
 * @param layout layout of the table to write, or null for its own
 */
@RecordBuilder
public record InlineWriteRequest(
        JsonNode data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String layout) {}
