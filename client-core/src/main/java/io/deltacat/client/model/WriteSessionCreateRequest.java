package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code WriteSessionCreateRequest} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record WriteSessionCreateRequest(
        String format,
        String mode,
        boolean allowExternalEntries,
        @Nullable String catalog,
        @Nullable CreateIfMissingInput createIfMissing,
        @Nullable String expectedTableId,
        @Nullable String layout,
        @Nullable String operationId,
        @Nullable String ownerKey,
        @Nullable String root,
        @Nullable String stagedStreamId,
        @Nullable String tableVersion,
        @Nullable String transactionId,
        @Nullable Long transactionVersion,
        @Nullable String writeKey,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean writeOnce,
        @Nullable JsonNode writeOnceInputContext,
        @Nullable String writeOnceInputSha256) {}
