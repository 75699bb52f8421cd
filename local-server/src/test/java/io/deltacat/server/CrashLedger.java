package io.deltacat.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What writers tried and what a server acknowledged, as {@code table/file}. Thread-safe. */
final class CrashLedger {
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<Set<String>> transactions = ConcurrentHashMap.newKeySet();
    private final Set<Set<String>> acknowledgedTransactions = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    void tries(String file) {
        tried.add(file);
    }

    void tries(Set<String> transaction) {
        transactions.add(transaction);
        tried.addAll(transaction);
    }

    void acknowledge(String file) {
        acknowledged.add(file);
    }

    void acknowledge(Set<String> transaction) {
        acknowledgedTransactions.add(transaction);
        acknowledged.addAll(transaction);
    }

    Set<String> tried() {
        return tried;
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    Set<Set<String>> transactions() {
        return transactions;
    }

    Set<Set<String>> acknowledgedTransactions() {
        return acknowledgedTransactions;
    }

    /** A writer met something other than the end of its server. */
    void fail(Throwable unexpected) {
        failure.compareAndSet(null, unexpected);
    }

    void rethrow() {
        Throwable unexpected = failure.get();
        if (unexpected != null) {
            throw new AssertionError("a writer failed before its server was killed", unexpected);
        }
    }
}
