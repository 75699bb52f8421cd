package io.deltacat.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionAbortRequest;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.registry.FormatRegistry;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.WriteMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows that come in the request itself (protocol/data-plane.md §1.1): opens a session, writes real data files into it and
 * commits it. Thread-safe.
 */
public final class InlineWriteService {
    private static final String DEFAULT_CONTENT_TYPE = "parquet";
    private static final String AUTO = "auto";

    private final ServiceContext context;
    private final SessionService sessions;
    private final TransactionScope transactions;
    private final FormatRegistry formats = FormatRegistry.load(InlineWriteService.class.getClassLoader());
    private final InlineFiles files = new InlineFiles();

    /**
     * The service.
     *
     * @param context what it works with
     * @param sessions opens and commits
     */
    public InlineWriteService(ServiceContext context, SessionService sessions) {
        this.context = context;
        this.sessions = sessions;
        this.transactions = new TransactionScope(context);
    }

    /**
     * A write.
     *
     * @param namespace namespace of the table
     * @param table the table
     * @param tableVersion its version; null for the latest
     * @param mode how to write
     * @param contentType format of the files; null for the table's
     * @param layout layout name; null for none
     * @param transaction transaction to write in; null for none
     * @param operationId the caller's operation; null for a write that cannot be repeated
     */
    public record Target(
            String namespace,
            String table,
            @Nullable String tableVersion,
            String mode,
            @Nullable String contentType,
            @Nullable String layout,
            @Nullable TransactionReference transaction,
            @Nullable String operationId) {}

    /**
     * Writes.
     *
     * @param target where to
     * @param data the rows, as columns or as objects
     * @return reply by field
     * @throws RefusedException naming row and column of a value that does not fit, or the rule the write breaks
     */
    public Map<String, Object> write(Target target, JsonNode data) {
        InlineRows rows = InlineRows.of(data);
        WriteMode mode = SessionRequests.mode(target.mode());
        String contentType = contentType(target);
        FileFormat format = formats.find(contentType)
                .orElseThrow(() -> Refusal.of(
                                RefusalKind.UNSUPPORTED,
                                "query parameter 'content_type' is '" + contentType
                                        + "', which this server cannot write; use one of "
                                        + formats.names().stream().sorted().toList())
                        .with("field", "content_type")
                        .asException());
        boolean creates = mode.mayCreateTable() && !exists(target);
        SchemaSpec schema = creates ? inferred(rows) : null;
        WriteSession session = decode(sessions.open(
                target.namespace(),
                target.table(),
                request(target, contentType, data),
                schema,
                creates,
                Operation.unkeyed()));
        return session.status().equals("OPEN")
                ? commit(target, session, rows, format)
                : reply(target, session); // the same operation was written before
    }

    private Map<String, Object> commit(Target target, WriteSession session, InlineRows rows, FileFormat format) {
        List<WriteEntry> written = List.of();
        try {
            Schema schema = schema(session, rows);
            written = files.write(
                    completed(rows, session),
                    schema,
                    format,
                    session,
                    context.newId().substring(0, 8));
            String operation = target.operationId();
            String reply = sessions.commit(
                    session.sessionId(),
                    WriteSessionCommitRequestBuilder.builder()
                            .entries(written)
                            .operationId(operation == null ? "op_" + context.newId() : operation)
                            .sessionVersion(session.sessionVersion())
                            .transactionVersion(session.transactionVersion())
                            .build());
            return reply(target, decode(reply));
        } catch (RefusedException e) {
            files.delete(written);
            abandon(session);
            throw e;
        }
    }

    private void abandon(WriteSession session) {
        try {
            sessions.abort(
                    session.sessionId(),
                    new WriteSessionAbortRequest(session.sessionVersion(), "the rows were refused"));
        } catch (RefusedException alreadyEnded) {
            // another request of the same operation was faster
        }
    }

    private boolean exists(Target target) {
        return transactions.read(
                target.transaction(),
                null,
                view -> view.catalog().table(target.namespace(), target.table()).isPresent());
    }

    private String contentType(Target target) {
        String given = target.contentType();
        if (given != null) {
            ContentTypes.check("content_type", given);
            return given;
        }
        return transactions.read(
                target.transaction(),
                null,
                view -> view.catalog()
                        .table(target.namespace(), target.table())
                        .map(row -> TableLookup.find(view, target.namespace(), target.table(), target.tableVersion()))
                        .map(found -> found.version().properties().get("default_content_type"))
                        .map(JsonNode::asText)
                        .orElse(DEFAULT_CONTENT_TYPE));
    }

    /** An operation that may come again is the one write of its own key, so that it is written once whatever breaks. */
    private WriteSessionCreateRequest request(Target target, String contentType, JsonNode data) {
        TransactionReference transaction = target.transaction();
        String operation = transaction == null ? target.operationId() : null;
        boolean once = operation != null;
        return WriteSessionCreateRequestBuilder.builder()
                .format(contentType)
                .mode(target.mode())
                .layout(target.layout())
                .tableVersion(target.tableVersion())
                .transactionId(transaction == null ? null : transaction.transactionId())
                .transactionVersion(transaction == null ? null : transaction.transactionVersion())
                .writeOnce(once)
                .writeKey(operation == null ? null : "inline:" + ReplyCodec.digest(operation))
                .ownerKey(once ? "inline" : null)
                .writeOnceInputSha256(once ? ReplyCodec.digest(data.toString()) : null)
                .build();
    }

    private static SchemaSpec inferred(InlineRows rows) {
        List<Field> columns = new ArrayList<>();
        rows.columns().forEach(column -> columns.add(rows.inferred(column)));
        if (columns.isEmpty()) {
            throw InlineRows.refused("data", "is empty, so the table to create has no columns; send rows or create it");
        }
        return SchemaSpecs.ofSerialized("data", ArrowSchemas.toBase64(new Schema(columns)));
    }

    private static Schema schema(WriteSession session, InlineRows rows) {
        String serialized = session.schemaSerialized();
        if (serialized == null) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "table '" + session.namespace() + "." + session.table()
                                    + "' has no schema, so values have no types; write files through a write session")
                    .asException();
        }
        Schema schema = ArrowSchemas.fromBase64(serialized);
        List<Field> columns = new ArrayList<>(schema.getFields());
        Set<String> known = new HashSet<>();
        columns.forEach(column -> known.add(column.getName()));
        for (String name : rows.columns()) {
            if (known.contains(name)) {
                continue;
            }
            if (!AUTO.equals(session.schemaEvolutionMode())) {
                throw InlineRows.refused(
                        "data." + name,
                        "is no column of table '" + session.namespace() + "." + session.table() + "', which has "
                                + schema.getFields().stream()
                                        .map(Field::getName)
                                        .toList() + "; leave it out or add the column");
            }
            columns.add(rows.inferred(name));
        }
        return new Schema(columns);
    }

    /** Rows with the defaults of columns they do not name. */
    private static List<ObjectNode> completed(InlineRows rows, WriteSession session) {
        Map<String, JsonNode> defaults = new LinkedHashMap<>();
        List<SchemaField> fields = session.schema() == null ? List.of() : session.schema();
        for (SchemaField field : fields) {
            JsonNode value = field.futureDefault();
            if (value != null && !value.isNull() && field.name() != null) {
                defaults.put(field.name(), value);
            }
        }
        if (defaults.isEmpty()) {
            return rows.rows();
        }
        List<ObjectNode> completed = new ArrayList<>();
        for (ObjectNode row : rows.rows()) {
            ObjectNode copy = row.deepCopy();
            defaults.forEach((name, value) -> {
                if (!copy.has(name)) {
                    copy.set(name, value);
                }
            });
            completed.add(copy);
        }
        return completed;
    }

    private static Map<String, Object> reply(Target target, WriteSession session) {
        Long records = session.totalRecords();
        Long deltas = session.deltasWritten();
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("table", target.table());
        reply.put("records", records == null ? 0 : records);
        reply.put("deltas_written", deltas == null ? 0 : deltas);
        reply.put("written", true);
        if (session.transactionId() != null && session.transactionVersion() != null) {
            reply.put("transaction_id", session.transactionId());
            reply.put("transaction_version", session.transactionVersion());
        }
        return reply;
    }

    private static WriteSession decode(String json) {
        try {
            return WireJson.clientMapper().readValue(json, WriteSession.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a session's own reply cannot be read", e);
        }
    }
}
