package io.deltacat.server.service;

/**
 * The transaction a request runs in.
 *
 * @param transactionId its id
 * @param transactionVersion the version the caller believes to be current; -1 if the caller names none
 */
public record TransactionReference(String transactionId, long transactionVersion) {}
