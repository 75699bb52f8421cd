package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Body of heartbeat and commit of a transaction. Wire name {@code TransactionVersionRequest}.
 *
 * @param transactionVersion version last seen; the fence
 */
@RecordBuilder
public record TransactionVersionRequest(long transactionVersion) {}
