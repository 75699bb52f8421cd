package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Body of aborting a transaction. Wire name {@code TransactionAbortRequest}.
 *
 * @param transactionVersion version last seen; the fence
 * @param reason for the server's log
 */
@RecordBuilder
public record TransactionAbortRequest(
        long transactionVersion, @Nullable String reason) {}
