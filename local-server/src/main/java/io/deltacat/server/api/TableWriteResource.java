package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.InlineWriteService;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.TokenWriteService;
import java.util.ArrayList;
import java.util.List;

/** Writes to a table without the caller's own session: rows in the body, and the two requests of 0.1.1. */
public final class TableWriteResource implements Resource {
    private static final String TABLE = "/v1/namespaces/{namespace}/tables/{table}";
    private static final String DEFAULT_MODE = "auto";
    private static final String DEFAULT_CONTENT_TYPE = "parquet";

    private final InlineWriteService inline;
    private final TokenWriteService tokens;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param inline writes rows
     * @param tokens writes files in two requests
     * @param catalogs knows the catalogs
     */
    public TableWriteResource(InlineWriteService inline, TokenWriteService tokens, CatalogService catalogs) {
        this.inline = inline;
        this.tokens = tokens;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(TABLE + "/write", Queries.inCatalog(catalogs, this::write)),
                Route.post(TABLE + "/stage", Queries.inCatalog(catalogs, this::stage)),
                Route.post(TABLE + "/commit", Queries.inCatalog(catalogs, this::commit)));
    }

    private Reply write(Request request) {
        ObjectNode body = Bodies.object(request);
        JsonNode data = body.get("data");
        if (data == null || data.isNull()) {
            throw Bodies.invalid("data", "is missing; the request needs it");
        }
        InlineWriteService.Target target = new InlineWriteService.Target(
                request.pathValue("namespace"),
                request.pathValue("table"),
                request.query("table_version").orElse(null),
                request.query("mode").orElse(DEFAULT_MODE),
                request.query("content_type").orElse(null),
                Bodies.takeText(body, "layout").orElse(null),
                Queries.writing(request),
                request.query("operation_id").orElse(null));
        return Reply.json(200, ReplyCodec.encode(inline.write(target, data)));
    }

    private Reply stage(Request request) {
        return Reply.json(
                200,
                ReplyCodec.encode(tokens.stage(
                        request.pathValue("namespace"),
                        request.pathValue("table"),
                        request.query("table_version").orElse(null),
                        request.query("mode").orElse(DEFAULT_MODE),
                        request.query("content_type").orElse(DEFAULT_CONTENT_TYPE),
                        request.query("data_root_name").orElse(null))));
    }

    private Reply commit(Request request) {
        ObjectNode body = Bodies.object(request);
        if (!(body.get("manifest_entries") instanceof ArrayNode given)) {
            throw Bodies.invalid("manifest_entries", "is missing or no list; expected the files to register");
        }
        EntryBodies.normalize(given);
        List<WriteEntry> entries = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (!(given.get(i) instanceof ObjectNode entry)) {
                throw Bodies.invalid("manifest_entries[" + i + "]", "is no object");
            }
            entries.add(Bodies.open(entry, WriteEntry.class));
        }
        return Reply.json(
                200,
                ReplyCodec.encode(tokens.commit(
                        request.pathValue("namespace"),
                        request.pathValue("table"),
                        request.query("mode").orElse(DEFAULT_MODE),
                        request.query("content_type").orElse(DEFAULT_CONTENT_TYPE),
                        Bodies.takeText(body, "validation_token").orElse(null),
                        entries)));
    }
}
