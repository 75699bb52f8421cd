package io.deltacat.server.api;

import io.deltacat.client.model.AlterNamespaceRequest;
import io.deltacat.client.model.CreateNamespaceRequest;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.NamespaceService;
import io.deltacat.server.service.ReplyCodec;
import java.util.List;

/** Namespaces. */
public final class NamespaceResource implements Resource {
    private static final String ONE = "/v1/namespaces/{namespace}";

    private final NamespaceService namespaces;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param namespaces use cases
     * @param catalogs knows the catalogs
     */
    public NamespaceResource(NamespaceService namespaces, CatalogService catalogs) {
        this.namespaces = namespaces;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/namespaces", in(request -> Queries.list(namespaces.list(Queries.page(request))))),
                Route.post("/v1/namespaces", in(this::create)),
                Route.get(
                        ONE,
                        in(request -> Reply.json(
                                200, ReplyCodec.encode(namespaces.describe(name(request), Queries.reading(request)))))),
                Route.put(ONE, in(this::alter)),
                Route.delete(
                        ONE,
                        in(request -> Reply.json(
                                200,
                                namespaces.drop(
                                        name(request),
                                        request.queryFlag("purge", false),
                                        Queries.writing(request),
                                        Queries.operation(request))))),
                Route.get(
                        ONE + "/exists",
                        in(request -> Reply.json(
                                200, ReplyCodec.encode(namespaces.exists(name(request), Queries.reading(request)))))));
    }

    private Reply create(Request request) {
        CreateNamespaceRequest body = Bodies.open(Bodies.object(request), CreateNamespaceRequest.class, "namespace");
        return Reply.json(201, namespaces.create(body, Queries.writing(request), Queries.operation(request)));
    }

    private Reply alter(Request request) {
        AlterNamespaceRequest body = Bodies.open(Bodies.object(request), AlterNamespaceRequest.class);
        return Reply.json(
                200, namespaces.alter(name(request), body, Queries.writing(request), Queries.operation(request)));
    }

    private Handler in(Handler handler) {
        return Queries.inCatalog(catalogs, handler);
    }

    private static String name(Request request) {
        return request.pathValue("namespace");
    }
}
