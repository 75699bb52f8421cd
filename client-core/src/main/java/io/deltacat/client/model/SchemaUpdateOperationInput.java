package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code SchemaUpdateOperationInput} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record SchemaUpdateOperationInput(
        String op,
        @Nullable SchemaFieldInput field,
        @Nullable String fieldLocator,
        @Nullable String newType) {}
