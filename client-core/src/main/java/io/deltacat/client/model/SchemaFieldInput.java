package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code SchemaFieldInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record SchemaFieldInput(
        String name,
        String type,
        @Nullable ComputedFieldInput computedField,
        @Nullable String consistencyType,
        @Nullable String doc,
        @Nullable Long fieldId,
        @Nullable JsonNode futureDefault,
        boolean isEventTime,
        boolean isMergeKey,
        @Nullable MergeOrderInput mergeOrder,
        @Nullable Boolean nullable,
        @Nullable JsonNode pastDefault) {}
