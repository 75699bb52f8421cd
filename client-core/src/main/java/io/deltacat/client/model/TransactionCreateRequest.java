package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Begins a transaction (data-plane.md §3). Wire name {@code TransactionCreateRequest}.
 *
 * @param asOf nanoseconds since the epoch to read at, or null for now
 * @param catalog catalog, which travels in this body rather than in the query; null for the client's own
 * @param commitMessage text kept with the transaction
 */
@RecordBuilder
public record TransactionCreateRequest(
        @Nullable Long asOf,
        @Nullable String catalog,
        @Nullable String commitMessage) {}
