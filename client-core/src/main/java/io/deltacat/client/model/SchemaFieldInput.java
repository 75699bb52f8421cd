package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A column to create. Closed. Wire name {@code SchemaFieldInput}.
 *
 * @param type canonical type name such as {@code int64} or {@code timestamp[us, tz=UTC]}, or {@code
 *     arrow_schema_base64:…}
 * @param isEventTime whether it breaks ties inside one stream position
 * @param isMergeKey whether it is part of the merge key
 * @param nullable null means true
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
