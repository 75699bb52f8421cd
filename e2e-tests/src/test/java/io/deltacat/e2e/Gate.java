package io.deltacat.e2e;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * Lets exactly as many rows out of a generator source as the test allows. Only for one subtask, and for clusters in this
 * JVM: the source's copy finds the test's gate by its name. Thread-safe.
 */
final class Gate {
    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    private long allowed;
    private long taken;
    private CompletableFuture<Void> waiting = new CompletableFuture<>();

    static Gate named(String name) {
        return GATES.computeIfAbsent(name, unused -> new Gate());
    }

    /** The strategy to build the source with. */
    static RateLimiterStrategy strategy(String name) {
        return new Strategy(name);
    }

    /** Allows that many rows more. */
    synchronized void allow(long rows) {
        allowed += rows;
        waiting.complete(null);
        waiting = new CompletableFuture<>();
    }

    /** Whether every allowed row was emitted, and the source asks for the next one in vain. */
    synchronized boolean usedUp() {
        return taken == allowed && waiting.getNumberOfDependents() > 0;
    }

    private synchronized CompletionStage<Void> acquire() {
        if (taken < allowed) {
            taken++;
            return CompletableFuture.completedFuture(null);
        }
        return waiting.thenCompose(unused -> acquire());
    }

    private record Strategy(String name) implements RateLimiterStrategy {
        @Override
        public RateLimiter<SourceSplit> createRateLimiter(int parallelism) {
            return rows -> {
                if (rows != 1) {
                    throw new IllegalArgumentException("the gate counts single rows, asked for " + rows);
                }
                return named(name).acquire();
            };
        }
    }
}
