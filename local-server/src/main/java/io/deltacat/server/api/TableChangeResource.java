package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.AlterTableRequest;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.TableChangeService;
import java.util.List;

/** Changes of tables that exist. */
public final class TableChangeResource implements Resource {
    private static final String ONE = "/v1/namespaces/{namespace}/tables/{table}";

    private final TableChangeService changes;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param changes use cases
     * @param catalogs knows the catalogs
     */
    public TableChangeResource(TableChangeService changes, CatalogService catalogs) {
        this.changes = changes;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.put(ONE, in(this::alter)));
    }

    private Reply alter(Request request) {
        ObjectNode body = Bodies.object(request);
        JsonNode updates = body.get("schema_updates");
        if (updates != null && updates.isObject() && !updates.hasNonNull("operations")) {
            throw Bodies.invalid("schema_updates.operations", "is missing; list the steps of the change");
        }
        return Reply.json(
                200,
                changes.alter(
                        namespace(request),
                        table(request),
                        Bodies.closed(body, AlterTableRequest.class),
                        Queries.writing(request),
                        Queries.operation(request)));
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
