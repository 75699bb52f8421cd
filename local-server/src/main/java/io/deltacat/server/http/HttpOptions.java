package io.deltacat.server.http;

import java.util.function.Supplier;

/**
 * Settings of the HTTP edge.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param workerThreads threads that run handlers, hence requests worked on at once
 * @param maximumBodyBytes larger bodies are answered with 413
 * @param authentication who may call
 * @param observer is told about every request
 * @param requestIds makes ids for requests that bring none
 */
public record HttpOptions(
        String host,
        int port,
        int workerThreads,
        long maximumBodyBytes,
        BearerAuthentication authentication,
        RequestObserver observer,
        Supplier<String> requestIds) {}
