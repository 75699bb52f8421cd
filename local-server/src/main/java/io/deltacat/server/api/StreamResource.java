package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.StreamService;
import java.util.List;
import java.util.Optional;

/** Streams, partitions and deltas. */
public final class StreamResource implements Resource {
    private static final String STREAMS = "/v1/namespaces/{namespace}/tables/{table}/versions/{version}/streams";
    private static final String STREAM = STREAMS + "/{stream}";
    private static final String PARTITION = STREAM + "/partitions/{partition}";

    private final StreamService streams;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param streams use cases
     * @param catalogs knows the catalogs
     */
    public StreamResource(StreamService streams, CatalogService catalogs) {
        this.streams = streams;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        STREAMS,
                        in(request -> Queries.list(streams.streams(
                                place(request), request.query("stream_format").orElse(null), Queries.page(request))))),
                Route.get(
                        STREAM,
                        in(request -> Reply.json(
                                200,
                                ReplyCodec.encode(
                                        streams.stream(place(request), stream(request), Queries.reading(request)))))),
                Route.get(STREAM + "/partitions", in(this::partitions)),
                Route.get(PARTITION, in(this::partition)),
                Route.get(PARTITION + "/deltas", in(request -> deltas("deltas", request))),
                Route.get(PARTITION + "/delta-pages", in(request -> deltas("delta-pages", request))),
                Route.get(PARTITION + "/deltas/{position}", in(this::delta)));
    }

    private Reply partitions(Request request) {
        Optional<JsonNode> values = Queries.json(request, "partition_values");
        if (values.isPresent() && !values.get().isNull() && !values.get().isArray()) {
            throw Bodies.invalid("partition_values", "is no JSON list or null");
        }
        return Queries.list(streams.partitions(
                place(request),
                stream(request),
                values.orElse(null),
                request.query("partition_scheme_id").orElse(null),
                Queries.page(request)));
    }

    private Reply partition(Request request) {
        return Reply.json(
                200,
                ReplyCodec.encode(streams.partition(
                        place(request),
                        stream(request),
                        request.pathValue("partition"),
                        request.queryFlag("include_initial_deltas", false),
                        Queries.reading(request))));
    }

    private Reply deltas(String list, Request request) {
        long first =
                request.queryLong("first_stream_position", 0, Long.MAX_VALUE).orElse(0L);
        long last = request.queryLong("last_stream_position", 0, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        return Queries.list(streams.deltas(
                list,
                place(request),
                stream(request),
                request.pathValue("partition"),
                first,
                last,
                request.queryFlag("include_manifest", false),
                Queries.page(request)));
    }

    private Reply delta(Request request) {
        String text = request.pathValue("position");
        long position;
        try {
            position = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Bodies.invalid("stream_position", "is '" + Texts.shorten(text) + "'; expected a whole number");
        }
        return Reply.json(
                200,
                ReplyCodec.encode(streams.delta(
                        place(request),
                        stream(request),
                        request.pathValue("partition"),
                        position,
                        Queries.reading(request))));
    }

    private Handler in(Handler handler) {
        return Queries.inCatalog(catalogs, handler);
    }

    private static StreamService.Place place(Request request) {
        return new StreamService.Place(
                request.pathValue("namespace"), request.pathValue("table"), request.pathValue("version"));
    }

    private static String stream(Request request) {
        return request.pathValue("stream");
    }
}
