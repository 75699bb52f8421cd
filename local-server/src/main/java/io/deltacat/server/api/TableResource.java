package io.deltacat.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.TableCounts;
import io.deltacat.server.service.TableService;
import java.util.List;
import java.util.Optional;

/** Tables and their versions. */
public final class TableResource implements Resource {
    private static final String ALL = "/v1/namespaces/{namespace}/tables";
    private static final String ONE = ALL + "/{table}";

    private final TableService tables;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param tables use cases
     * @param catalogs knows the catalogs
     */
    public TableResource(TableService tables, CatalogService catalogs) {
        this.tables = tables;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, in(request -> Queries.list(tables.list(namespace(request), Queries.page(request))))),
                Route.post(ALL, in(this::create)),
                Route.get(ONE, in(this::describe)),
                Route.get(
                        ONE + "/exists",
                        in(request -> Reply.json(
                                200,
                                ReplyCodec.encode(tables.exists(
                                        namespace(request),
                                        table(request),
                                        request.query("table_version").orElse(null),
                                        Queries.reading(request)))))),
                Route.get(
                        ONE + "/retention",
                        in(request -> Reply.json(
                                200,
                                ReplyCodec.encode(tables.retention(
                                        namespace(request), table(request), Queries.reading(request)))))),
                Route.get(
                        ONE + "/versions",
                        in(request -> Queries.list(
                                tables.versions(namespace(request), table(request), Queries.page(request))))));
    }

    private Reply create(Request request) {
        ObjectNode body = Bodies.object(request);
        // 0.1.1 sends one content_type, and creates the namespace unless told not to.
        Optional<String> oldContentType = Bodies.takeText(body, "content_type");
        if (oldContentType.isPresent()) {
            if (!body.has("default_content_type")) {
                body.put("default_content_type", oldContentType.get());
            }
            if (!body.has("auto_create_namespace")) {
                body.put("auto_create_namespace", true);
            }
        }
        CreateTableRequest decoded = Bodies.closed(body, CreateTableRequest.class, "table");
        return Reply.json(
                201,
                tables.create(
                        namespace(request),
                        decoded,
                        SchemaBodies.decode("schema_def", decoded.schemaDef()),
                        Queries.writing(request),
                        Queries.operation(request)));
    }

    private Reply describe(Request request) {
        if (request.query("staged_stream_id").isPresent()) {
            throw Refusal.of(
                            RefusalKind.UNSUPPORTED,
                            "query parameter 'staged_stream_id': this server stages no streams; leave it out")
                    .with("field", "staged_stream_id")
                    .asException();
        }
        return Reply.json(
                200,
                ReplyCodec.encode(tables.describe(
                        namespace(request),
                        table(request),
                        request.query("table_version").orElse(null),
                        counts(request),
                        request.query("expected_table_id").orElse(null),
                        Queries.reading(request))));
    }

    /** The oldest clients know no flags and always get counts. */
    private static TableCounts counts(Request request) {
        boolean metadataOnly = request.queryFlag("metadata_only", false);
        boolean exact = request.queryFlag("exact_stats", false);
        boolean kept = request.queryFlag("include_stats", false);
        if (metadataOnly && (exact || kept)) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "query parameter 'metadata_only' comes with '" + (exact ? "exact_stats" : "include_stats")
                                    + "'; leave one of them out")
                    .with("field", "metadata_only")
                    .asException();
        }
        if (exact) {
            return TableCounts.EXACT;
        }
        boolean old = request.clientVersion().isEmpty()
                && request.query("include_stats").isEmpty();
        return kept || (old && !metadataOnly) ? TableCounts.KEPT : TableCounts.OMITTED;
    }

    private Handler in(Handler handler) {
        return Queries.inCatalog(catalogs, handler);
    }

    private static String namespace(Request request) {
        return request.pathValue("namespace");
    }

    private static String table(Request request) {
        return request.pathValue("table");
    }
}
