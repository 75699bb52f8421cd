package io.deltacat.server.api;

import java.util.List;

/** {@code GET /health}: the server listens and its store is open. */
public final class HealthResource implements Resource {
    @Override
    public List<Route> routes() {
        return List.of(Route.get("/health", request -> Reply.json(200, "{\"status\":\"ok\"}")));
    }
}
