package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A column as servers describe it (data-plane.md §1.3). Wire name {@code SchemaFieldSummary}.
 *
 * @param computedField present for a virtual column: it is in no file and must not be written
 * @param consistencyType {@code none}, {@code coerce} or {@code validate}
 * @param futureDefault value of rows written without the column
 * @param isEventTime whether it breaks ties inside one stream position
 * @param isMergeKey whether it is part of the merge key
 * @param mergeOrder order that breaks ties inside one stream position
 * @param nullable null means true
 * @param pastDefault value of rows in files from before the column existed
 * @param type canonical type name, an older display name, or {@code arrow_schema_base64:…}
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
