package io.deltacat.server.service;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit most items of a page
 * @param nextToken token of the page before; null for the first page
 * @param transaction transaction to read in; null for none
 */
public record PageRequest(
        int limit, @Nullable String nextToken, @Nullable TransactionReference transaction) {}
