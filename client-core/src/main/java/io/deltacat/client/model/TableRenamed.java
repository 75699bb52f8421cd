package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code RenameTableResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TableRenamed(
        String newName,
        String newNamespace,
        String oldName,
        boolean renamed,
        @Nullable String transactionId,
        @Nullable Long transactionVersion) {}
