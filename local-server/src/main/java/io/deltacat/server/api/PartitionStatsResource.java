package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.PartitionStatsQuery;
import io.deltacat.client.model.PartitionStatsRepairRequest;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.PageRequest;
import io.deltacat.server.service.PartitionStatsService;
import io.deltacat.server.service.PreviewService;
import io.deltacat.server.service.ReplyCodec;
import java.util.List;

/** Statistics of partitions, and a look at some rows. */
public final class PartitionStatsResource implements Resource {
    private static final String TABLE = "/v1/namespaces/{namespace}/tables/{table}";
    private static final String FILTER = "filter_predicate";
    private static final long DEFAULT_LIMIT = 100;
    private static final long LARGEST_LIMIT = 10_000;
    private static final long DEFAULT_PREVIEW = 10;
    private static final long LARGEST_PREVIEW = 1_000;

    private final PartitionStatsService stats;
    private final PreviewService previews;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param stats use cases of statistics
     * @param previews reads rows
     * @param catalogs knows the catalogs
     */
    public PartitionStatsResource(PartitionStatsService stats, PreviewService previews, CatalogService catalogs) {
        this.stats = stats;
        this.previews = previews;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(TABLE + "/partition-stats/dirty", Queries.inCatalog(catalogs, this::dirty)),
                Route.post(TABLE + "/partition-stats/repair", Queries.inCatalog(catalogs, this::repair)),
                Route.post(TABLE + "/partition-stats/query", Queries.inCatalog(catalogs, this::query)),
                Route.get(TABLE + "/preview", Queries.inCatalog(catalogs, this::preview)));
    }

    private Reply dirty(Request request) {
        return Reply.json(
                200,
                ReplyCodec.encode(stats.dirty(
                        request.pathValue("namespace"),
                        request.pathValue("table"),
                        request.query("table_version").orElse(null))));
    }

    private Reply repair(Request request) {
        PartitionStatsRepairRequest wanted = Bodies.open(Bodies.object(request), PartitionStatsRepairRequest.class);
        return Reply.json(
                200,
                ReplyCodec.encode(stats.repair(request.pathValue("namespace"), request.pathValue("table"), wanted)));
    }

    private Reply query(Request request) {
        ObjectNode body = Bodies.object(request);
        if (!body.hasNonNull("limit")) {
            body.put("limit", DEFAULT_LIMIT);
        }
        PartitionStatsQuery wanted = Bodies.open(body, PartitionStatsQuery.class);
        long limit = wanted.limit();
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw Bodies.invalid("limit", "is " + limit + "; expected 1 to " + LARGEST_LIMIT);
        }
        JsonNode wire = wanted.filterPredicate();
        Filter filter = Queries.filter(FILTER, wire);
        return Reply.json(
                200,
                ReplyCodec.encode(stats.query(
                        request.pathValue("namespace"),
                        request.pathValue("table"),
                        filter,
                        wire,
                        new PageRequest(Math.toIntExact(limit), wanted.afterToken(), null))));
    }

    private Reply preview(Request request) {
        long limit = request.queryLong("limit", 1, LARGEST_PREVIEW).orElse(DEFAULT_PREVIEW);
        return Reply.json(
                200,
                ReplyCodec.encode(previews.preview(
                        request.pathValue("namespace"),
                        request.pathValue("table"),
                        request.query("table_version").orElse(null),
                        Math.toIntExact(limit),
                        Queries.filter(FILTER, Queries.json(request, FILTER).orElse(null)))));
    }
}
