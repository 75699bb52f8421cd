package io.deltacat.server.service;

import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pair of requests by which clients of 0.1.1 can write without sessions (protocol/data-plane.md §1.1): the first one hands
 * out a directory and a token, the second one commits with the token. Behind it is a session, and the token is its. Thread-safe.
 */
public final class TokenWriteService {
    private static final String TOKEN = "vt_";
    private static final String SESSION = "ws_";

    private final ServiceContext context;
    private final SessionService sessions;

    /**
     * The service.
     *
     * @param context what it works with
     * @param sessions opens and commits
     */
    public TokenWriteService(ServiceContext context, SessionService sessions) {
        this.context = context;
        this.sessions = sessions;
    }

    /**
     * Hands out a directory and a token.
     *
     * @param namespace namespace of the table
     * @param table the table, which must be there
     * @param tableVersion its version; null for the latest
     * @param mode how the commit will write
     * @param contentType format of the files
     * @param dataRoot data root to write to; null for the default
     * @return reply by field
     */
    public Map<String, Object> stage(
            String namespace,
            String table,
            @Nullable String tableVersion,
            String mode,
            String contentType,
            @Nullable String dataRoot) {
        String opened = sessions.open(
                namespace,
                table,
                WriteSessionCreateRequestBuilder.builder()
                        .format(contentType)
                        .mode(mode)
                        .tableVersion(tableVersion)
                        .root(dataRoot)
                        .build(),
                null,
                false,
                Operation.unkeyed());
        WriteSession session = sessions.get(ReplyCodec.text(opened, "session_id"));
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("namespace", namespace);
        reply.put("table", table);
        reply.put("table_exists", session.tableExists());
        reply.put("mode", session.mode());
        reply.put("content_type", session.format());
        reply.put("data_dir", session.dataDir());
        reply.put("partition_id", context.newId());
        reply.put("validation_token", TOKEN + session.sessionId().substring(SESSION.length()));
        reply.put("credentials", Map.of());
        reply.put("data_root_name", DataRoots.MANAGED_ROOT);
        reply.put("data_root_info", context.roots().describe().get(DataRoots.MANAGED_ROOT));
        reply.put("available_data_roots", context.roots().describe());
        putPresent(reply, "schema", session.schema());
        putPresent(reply, "merge_keys", session.mergeKeys());
        putPresent(reply, "partition_scheme", session.partitionScheme());
        putPresent(reply, "sort_scheme", session.sortScheme());
        putPresent(reply, "schema_evolution_mode", session.schemaEvolutionMode());
        putPresent(reply, "schema_consistency_type", session.schemaConsistencyType());
        return reply;
    }

    /**
     * Commits what was written under a token; the same request again gets the same reply.
     *
     * @param namespace namespace of the table
     * @param table the table
     * @param mode how to write, as staged
     * @param contentType format of the files, as staged
     * @param token the token; null if none came
     * @param entries the files
     * @return reply by field
     * @throws RefusedException if the token is missing, unknown, or was given for something else
     */
    public Map<String, Object> commit(
            String namespace,
            String table,
            String mode,
            String contentType,
            @Nullable String token,
            List<WriteEntry> entries) {
        if (token == null || !token.startsWith(TOKEN)) {
            throw invalid(token);
        }
        String sessionId = SESSION + token.substring(TOKEN.length());
        WriteSession session;
        try {
            session = sessions.get(sessionId);
        } catch (RefusedException e) {
            throw e.refusal().kind() == RefusalKind.NOT_FOUND ? invalid(token) : e;
        }
        requireSame("namespace", namespace, session.namespace());
        requireSame("table", table, session.table());
        requireSame("mode", mode, session.mode());
        requireSame("content_type", contentType, session.format());
        // The digest makes the commit of other files under the same token another operation, which the session refuses.
        sessions.commit(
                sessionId,
                WriteSessionCommitRequestBuilder.builder()
                        .entries(entries)
                        .operationId("token_" + ReplyCodec.digest(ReplyCodec.encode(entries)))
                        .sessionVersion(session.sessionVersion())
                        .build());
        WriteSession committed = sessions.get(sessionId);
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("committed", true);
        reply.put("namespace", namespace);
        reply.put("table", table);
        reply.put("files_registered", number(committed.filesRegistered()));
        reply.put("total_records", number(committed.totalRecords()));
        reply.put("deltas_written", number(committed.deltasWritten()));
        return reply;
    }

    private static RefusedException invalid(@Nullable String token) {
        return Refusal.of(
                        RefusalKind.INVALID_REQUEST,
                        "field 'validation_token' is " + (token == null ? "missing" : "'" + token + "'")
                                + "; stage the write first and send the token it gives")
                .with("field", "validation_token")
                .asException();
    }

    private static void requireSame(String field, String given, String staged) {
        if (!given.equals(staged)) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "'" + field + "' is '" + given + "', but the token was given for '" + staged
                                    + "'; commit what was staged")
                    .with("field", field)
                    .asException();
        }
    }

    private static void putPresent(Map<String, Object> reply, String field, @Nullable Object value) {
        if (value != null) {
            reply.put(field, value);
        }
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
