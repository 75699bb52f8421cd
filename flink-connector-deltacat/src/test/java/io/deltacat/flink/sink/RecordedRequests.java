package io.deltacat.flink.sink;

import io.deltacat.server.http.ObservedRequest;
import io.deltacat.server.http.RequestObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers every request that a server answered. Thread-safe. */
final class RecordedRequests implements RequestObserver {
    private final List<ObservedRequest> requests = new CopyOnWriteArrayList<>();

    @Override
    public void onRequest(ObservedRequest request) {
        requests.add(request);
    }

    /** Counts requests whose method and raw path match. */
    long count(String method, String pathPattern) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().matches(pathPattern))
                .count();
    }

    long begins() {
        return count("POST", "/v1/transactions");
    }

    long transactionCommits() {
        return count("POST", "/v1/transactions/[^/]+/commit");
    }

    long transactionLooks() {
        return count("GET", "/v1/transactions/[^/]+");
    }

    long sessionCreates() {
        return count("POST", "/v1/namespaces/[^/]+/tables/[^/]+/write-sessions");
    }

    long sessionCommits() {
        return count("POST", "/v1/write-sessions/[^/]+/commit");
    }

    long plans() {
        return count("POST", "/v1/namespaces/[^/]+/tables/[^/]+/plan");
    }

    long aborts() {
        return count("POST", "/v1/(transactions|write-sessions)/[^/]+/abort");
    }
}
