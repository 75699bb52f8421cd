package io.deltacat.server.api;

import io.deltacat.client.model.CompactionSubmitRequest;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.CompactionService;
import io.deltacat.server.service.ReplyCodec;
import java.util.List;

/** State of compaction, and requests for it. */
public final class CompactionResource implements Resource {
    private final CompactionService compaction;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param compaction use cases
     * @param catalogs knows the catalogs
     */
    public CompactionResource(CompactionService compaction, CatalogService catalogs) {
        this.compaction = compaction;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/namespaces/{namespace}/tables/{table}/compact", Queries.inCatalog(catalogs, this::status)),
                Route.post("/v1/jobs/submit/compaction", Queries.inCatalog(catalogs, this::submit)));
    }

    private Reply status(Request request) {
        return Reply.json(
                200,
                ReplyCodec.encode(compaction.status(
                        request.pathValue("namespace"), request.pathValue("table"), Queries.reading(request))));
    }

    private Reply submit(Request request) {
        CompactionSubmitRequest wanted =
                Bodies.open(Bodies.object(request), CompactionSubmitRequest.class, "namespace", "table");
        return Reply.json(200, ReplyCodec.encode(compaction.submit(wanted)));
    }
}
