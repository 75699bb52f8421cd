package io.deltacat.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.client.model.WriteSessionAbortRequest;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.client.model.WriteSessionHeartbeatRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.Operation;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.SessionService;
import io.deltacat.server.service.TableService;
import java.util.List;
import java.util.Optional;

/** Write sessions. */
public final class WriteSessionResource implements Resource {
    private static final String ONE = "/v1/write-sessions/{session}";

    private final SessionService sessions;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param sessions use cases
     * @param catalogs knows the catalogs
     */
    public WriteSessionResource(SessionService sessions, CatalogService catalogs) {
        this.sessions = sessions;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/namespaces/{namespace}/tables/{table}/write-sessions", this::open),
                Route.get(ONE, in(request -> Reply.json(200, ReplyCodec.encode(sessions.get(session(request)))))),
                Route.post(ONE + "/heartbeat", in(this::heartbeat)),
                Route.post(ONE + "/commit", in(this::commit)),
                Route.post(ONE + "/abort", in(this::abort)));
    }

    private Reply open(Request request) {
        ObjectNode body = Bodies.object(request);
        String asked = ReplyCodec.encode(body);
        // 0.1.1 sends the schema of a missing table beside the other fields.
        Optional<String> oldSchema = Bodies.takeText(body, "schema_serialized");
        WriteSessionCreateRequest decoded = Bodies.closed(body, WriteSessionCreateRequest.class, "format", "mode");
        String catalog = decoded.catalog();
        if (catalog != null) {
            catalogs.require(catalog);
        }
        CreateIfMissingInput create = decoded.createIfMissing();
        SchemaSpec schema = create != null
                ? SchemaBodies.decode("create_if_missing.schema_def", create.schemaDef())
                : oldSchema
                        .map(text -> TableService.schema("schema_serialized", text, null))
                        .orElse(null);
        String id = decoded.operationId();
        Operation operation = id == null
                ? Operation.unkeyed()
                : new Operation("write-sessions", id, ReplyCodec.digest(request.path() + " " + asked));
        return Reply.json(
                200,
                sessions.open(
                        request.pathValue("namespace"),
                        request.pathValue("table"),
                        decoded,
                        schema,
                        create != null || oldSchema.isPresent(),
                        operation));
    }

    private Reply heartbeat(Request request) {
        WriteSessionHeartbeatRequest body =
                Bodies.open(Bodies.object(request), WriteSessionHeartbeatRequest.class, "session_version");
        return Reply.json(200, ReplyCodec.encode(sessions.heartbeat(session(request), body)));
    }

    private Reply commit(Request request) {
        ObjectNode given = Bodies.object(request);
        EntryBodies.normalize(given.path("entries"));
        WriteSessionCommitRequest body =
                Bodies.open(given, WriteSessionCommitRequest.class, "session_version", "operation_id", "entries");
        if (!body.commitObligations().isEmpty()) {
            throw Refusal.of(
                            RefusalKind.UNSUPPORTED,
                            "field 'commit_obligations' is not empty; this server has no work to do along with a commit, leave"
                                    + " it out")
                    .with("field", "commit_obligations")
                    .asException();
        }
        return Reply.json(200, sessions.commit(session(request), body));
    }

    private Reply abort(Request request) {
        WriteSessionAbortRequest body =
                Bodies.open(Bodies.object(request), WriteSessionAbortRequest.class, "session_version");
        return Reply.json(200, ReplyCodec.encode(sessions.abort(session(request), body)));
    }

    private Handler in(Handler handler) {
        return Queries.inCatalog(catalogs, handler);
    }

    private static String session(Request request) {
        return request.pathValue("session");
    }
}
