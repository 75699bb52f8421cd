package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code SchemaFieldSummary} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record SchemaField(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ComputedField computedField,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String consistencyType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String doc,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long fieldId,
        @Nullable JsonNode futureDefault,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean isEventTime,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean isMergeKey,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MergeOrder mergeOrder,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean nullable,
        @Nullable JsonNode pastDefault,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String subschema,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String type) {}
