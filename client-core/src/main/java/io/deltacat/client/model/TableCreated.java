package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply of creating a table. Wire name {@code TableCreateResponse}.
 *
 * @param created false if it existed and that was allowed
 * @param transactionVersion version of the transaction after this change
 */
@RecordBuilder
public record TableCreated(
        boolean created,
        String namespace,
        String table,
        @Nullable String tableVersion,
        @Nullable String transactionId,
        @Nullable Long transactionVersion) {}
