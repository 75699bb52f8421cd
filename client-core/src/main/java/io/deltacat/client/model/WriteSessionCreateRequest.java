package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Opens a write session (data-plane.md §1.2). Closed: a server refuses keys it does not know, so null and default
 * components are not sent. Wire name {@code WriteSessionCreateRequest}.
 *
 * @param format short content type such as {@code parquet}
 * @param mode write mode, lower case
 * @param allowExternalEntries whether entries may lie outside the session's {@code data_dir}
 * @param catalog catalog, which travels in this body rather than in the query; null for the client's own
 * @param createIfMissing how to create the table, or null not to
 * @param expectedTableId identity the table must have
 * @param operationId {@code op_} and 32 hex digits; a repeated one replays the reply
 * @param ownerKey owner of the write key; needed with it where there is no authentication
 * @param root name of the data root to write to, or null for the default
 * @param transactionId transaction to bind the session to, or null
 * @param transactionVersion version of that transaction last seen
 * @param writeKey the same key gets the same session back while it is open; it is no receipt, since after
 *     completion it opens a new one
 * @param writeOnce whether the write key is used up by one commit for good; servers since 0.1.32
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
