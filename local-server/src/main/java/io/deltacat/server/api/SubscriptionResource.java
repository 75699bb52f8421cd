package io.deltacat.server.api;

import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.SetWatermarkRequest;
import io.deltacat.client.model.SubscriptionList;
import io.deltacat.client.model.SubscriptionSummary;
import io.deltacat.client.model.UpdateSubscriptionRequest;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.Page;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.SubscriptionService;
import java.util.List;

/** Subscriptions and their watermarks. */
public final class SubscriptionResource implements Resource {
    private static final String ALL = "/v1/subscriptions";
    private static final String ONE = ALL + "/{subscriber}";
    private static final int LARGEST_LIMIT = 10_000;

    private final SubscriptionService subscriptions;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param subscriptions use cases
     * @param catalogs knows the catalogs
     */
    public SubscriptionResource(SubscriptionService subscriptions, CatalogService catalogs) {
        this.subscriptions = subscriptions;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, in(this::list)),
                Route.post(ALL, in(this::create)),
                Route.get(ONE, in(request -> reply(200, subscriptions.get(id(request))))),
                Route.put(ONE, in(this::update)),
                Route.delete(ONE, in(request -> reply(200, subscriptions.delete(id(request))))),
                Route.post(ONE + "/pause", in(request -> reply(200, subscriptions.pause(id(request))))),
                Route.post(ONE + "/resume", in(request -> reply(200, subscriptions.resume(id(request))))),
                Route.get(ONE + "/watermark", in(request -> reply(200, subscriptions.watermark(id(request))))),
                Route.put(ONE + "/watermark", in(this::setWatermark)));
    }

    private Reply list(Request request) {
        Integer limit = request.queryLong("limit", 1, LARGEST_LIMIT)
                .map(Math::toIntExact)
                .orElse(null);
        Page<SubscriptionSummary> page = subscriptions.list(
                request.query("status").orElse(null),
                limit,
                request.query("next_token").orElse(null));
        Reply reply = reply(200, new SubscriptionList(page.items()));
        String next = page.nextToken();
        return next == null ? reply : reply.withHeader(Reply.NEXT_TOKEN_HEADER, next);
    }

    private Reply create(Request request) {
        CreateSubscriptionRequest body = Bodies.closed(
                Bodies.object(request), CreateSubscriptionRequest.class, "subscriber_id", "source_tables");
        return reply(201, subscriptions.create(body, request.user().orElse(null)));
    }

    private Reply update(Request request) {
        UpdateSubscriptionRequest body = Bodies.closed(Bodies.object(request), UpdateSubscriptionRequest.class);
        return reply(200, subscriptions.update(id(request), body));
    }

    private Reply setWatermark(Request request) {
        SetWatermarkRequest body = Bodies.closed(Bodies.object(request), SetWatermarkRequest.class, "watermark_json");
        return reply(200, subscriptions.setWatermark(id(request), body.watermarkJson()));
    }

    private Handler in(Handler handler) {
        return Queries.inCatalog(catalogs, handler);
    }

    private static Reply reply(int status, Object record) {
        return Reply.json(status, ReplyCodec.encode(record));
    }

    private static String id(Request request) {
        return request.pathValue("subscriber");
    }
}
