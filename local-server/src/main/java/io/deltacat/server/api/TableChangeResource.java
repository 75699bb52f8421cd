package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.AlterTableRequest;
import io.deltacat.client.model.RollbackRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
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
        return List.of(
                Route.put(ONE, in(this::alter)),
                Route.delete(ONE, in(this::drop)),
                Route.post(ONE + "/rename", in(this::rename)),
                Route.post(ONE + "/truncate", in(this::truncate)),
                Route.post(ONE + "/rollback", in(this::rollback)));
    }

    private Reply drop(Request request) {
        return Reply.json(
                200,
                changes.drop(
                        namespace(request),
                        table(request),
                        request.queryFlag("purge", false),
                        Queries.writing(request),
                        Queries.operation(request)));
    }

    private Reply rename(Request request) {
        String newName = request.query("new_name")
                .orElseThrow(() -> Refusal.of(
                                RefusalKind.INVALID_FIELD,
                                "query parameter 'new_name' is missing; say what the table shall be called")
                        .with("field", "new_name")
                        .asException());
        return Reply.json(
                200,
                changes.rename(
                        namespace(request),
                        table(request),
                        newName,
                        request.query("new_namespace").orElse(null),
                        Queries.writing(request),
                        Queries.operation(request)));
    }

    private Reply truncate(Request request) {
        return Reply.json(
                200,
                changes.truncate(
                        namespace(request),
                        table(request),
                        request.query("table_version").orElse(null),
                        Queries.writing(request),
                        Queries.operation(request)));
    }

    private Reply rollback(Request request) {
        RollbackRequest body = Bodies.open(Bodies.object(request), RollbackRequest.class, "as_of");
        return Reply.json(
                200,
                changes.rollback(
                        namespace(request),
                        table(request),
                        request.query("table_version").orElse(null),
                        body,
                        Queries.writing(request),
                        Queries.operation(request)));
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
