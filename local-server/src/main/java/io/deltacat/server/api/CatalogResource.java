package io.deltacat.server.api;

import io.deltacat.client.model.ServerEndpoints;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.ReplyCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Catalogs, and what the server says about itself. */
public final class CatalogResource implements Resource {
    private final CatalogService catalogs;
    private final boolean authenticated;

    /**
     * The resource.
     *
     * @param catalogs use cases
     * @param authenticated whether requests need a token
     */
    public CatalogResource(CatalogService catalogs, boolean authenticated) {
        this.catalogs = catalogs;
        this.authenticated = authenticated;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/catalogs", request -> Reply.json(200, ReplyCodec.encode(catalogs.list()))),
                Route.get(
                        "/v1/catalogs/{catalog}",
                        request -> Reply.json(200, ReplyCodec.encode(catalogs.describe(request.pathValue("catalog"))))),
                Route.get(
                        "/v1/server/endpoints",
                        request -> Reply.json(200, ReplyCodec.encode(new ServerEndpoints(null, null)))),
                Route.get("/v1/auth/whoami", this::whoami));
    }

    private Reply whoami(Request request) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("user_id", request.user().orElse(null));
        reply.put("auth_configured", authenticated);
        reply.put("grants", List.of());
        return Reply.json(200, ReplyCodec.encode(reply));
    }
}
