package io.deltacat.server.service;

import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.client.model.CreateIfMissingInputBuilder;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.Lifecycle;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SessionEvent;
import io.deltacat.server.machine.SessionMachine;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.SessionStateBuilder;
import io.deltacat.server.machine.SessionStatus;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.WriteMode;
import io.deltacat.server.machine.WriteOnce;
import io.deltacat.server.machine.WriteRules;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens write sessions (protocol/data-plane.md §1.2). Thread-safe. */
final class SessionOpening {
    private final ServiceContext context;
    private final TransactionScope transactions;
    private final SessionReplies replies;

    SessionOpening(ServiceContext context, TransactionScope transactions, SessionReplies replies) {
        this.context = context;
        this.transactions = transactions;
        this.replies = replies;
    }

    /**
     * Opens a session, or hands the open one of the same key out again.
     *
     * @param schema schema of a table to create; null if none is given
     * @param createsTable whether the request says how to create the table
     * @return the reply's JSON
     */
    String open(
            String namespace,
            String table,
            WriteSessionCreateRequest request,
            @Nullable SchemaSpec schema,
            boolean createsTable,
            Operation operation) {
        WriteMode mode = SessionRequests.mode(request.mode());
        SessionRequests.check(request);
        WriteOnce once = WriteOnceRequests.of(request);
        String writeKey = request.writeKey();
        String openKey = once == null ? SessionRequests.openKey(context.catalog(), namespace, table, request) : null;
        String sessionId = once == null || writeKey == null
                ? "ws_" + context.newId().replace("-", "")
                : WriteOnceRequests.sessionId(context.catalog(), namespace, table, writeKey);
        TableSpec spec = createsTable && mode.mayCreateTable() ? spec(namespace, table, request, schema) : null;
        String directory =
                DataRoots.relativeDirectory(namespace, table, openKey == null ? sessionId : openKey.substring(0, 32));
        String reply = context.store()
                .write(unit -> operation.once(unit, () -> {
                    ReadView latest = unit.view(Snapshot.latest());
                    Optional<SessionState> earlier =
                            once == null ? openSession(unit, openKey) : earlier(unit, sessionId, once);
                    if (earlier.isPresent()) {
                        return replies.show(latest, earlier.get(), transactionOf(unit, earlier.get()));
                    }
                    TransactionScope.Mutation mutation =
                            transactions.mutate(unit, SessionRequests.transaction(request), sessionId);
                    ReadView view = unit.view(mutation.snapshot());
                    TableTarget target = target(view, namespace, table, request, mode, spec);
                    long now = context.nowNanos();
                    SessionState state = SessionStateBuilder.builder()
                            .sessionId(sessionId)
                            .sessionVersion(1)
                            .status(SessionStatus.OPEN)
                            .target(target)
                            .mode(mode)
                            .format(request.format())
                            .layout(request.layout())
                            .dataDirectory(directory)
                            .externalEntries(request.allowExternalEntries())
                            .openKey(openKey)
                            .writeOnce(once)
                            .expectedTableId(request.expectedTableId())
                            .transactionId(mutation.transactionIdOrNull())
                            .tableSpec(target.existed() ? null : spec)
                            .createdAt(now)
                            .lastHeartbeatAt(now)
                            .expiresAt(Math.addExact(
                                    now, context.sessionTimeToLive().toNanos()))
                            .build();
                    unit.sessions().add(state);
                    return replies.show(view, state, mutation.transaction());
                }));
        // Only now, when all checks have passed; a repeated operation finds the directory of the first one.
        context.roots().createDirectory(ReplyCodec.text(reply, "data_dir"));
        return reply;
    }

    /** The session that a write-once key has already; one that was given up is opened again. */
    private Optional<SessionState> earlier(WriteUnit unit, String sessionId, WriteOnce once) {
        Optional<SessionState> stored = unit.view(Snapshot.latest()).sessions().session(sessionId);
        if (stored.isEmpty()) {
            return stored;
        }
        WriteOnce first = stored.get().writeOnce();
        if (first != null) {
            WriteOnceRequests.requireSame(first, once, sessionId);
        }
        SessionState next = SessionMachine.on(
                        stored.get(),
                        new SessionEvent.Reopen(context.sessionTimeToLive().toNanos()),
                        context.nowNanos())
                .orThrow();
        if (!next.equals(stored.get())) {
            unit.sessions().replace(next);
        }
        return Optional.of(next);
    }

    private static @Nullable TransactionState transactionOf(WriteUnit unit, SessionState state) {
        String id = state.transactionId();
        return id == null
                ? null
                : TransactionScope.find(unit.view(Snapshot.latest()).sessions(), id);
    }

    private Optional<SessionState> openSession(WriteUnit unit, @Nullable String openKey) {
        if (openKey == null) {
            return Optional.empty();
        }
        Optional<SessionState> stored = unit.view(Snapshot.latest()).sessions().sessionByOpenKey(openKey);
        if (stored.isEmpty()) {
            return stored;
        }
        SessionState now = SessionMachine.at(stored.get(), context.nowNanos());
        if (now.status() == SessionStatus.OPEN) {
            return Optional.of(now);
        }
        unit.sessions().replace(now);
        return Optional.empty();
    }

    private TableTarget target(
            ReadView view,
            String namespace,
            String table,
            WriteSessionCreateRequest request,
            WriteMode mode,
            @Nullable TableSpec spec) {
        Optional<TableRow> row = view.catalog().table(namespace, table);
        if (row.isEmpty()) {
            if (spec == null) {
                throw mode.mayCreateTable()
                        ? Refusal.of(
                                        RefusalKind.NOT_FOUND,
                                        "table '" + namespace + "." + table
                                                + "' does not exist; create it or send create_if_missing")
                                .with("namespace", namespace)
                                .with("table", table)
                                .asException()
                        : Missing.table(namespace, table);
            }
            checkExpectedId(request, spec.tableId());
            return new TableTarget(namespace, table, request.tableVersion(), null, null, null, false);
        }
        TableLookup found = TableLookup.find(view, namespace, table, request.tableVersion());
        if (mode == WriteMode.CREATE) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "table '" + namespace + "." + table
                                    + "' exists already; use mode append or add to write to it")
                    .with("field", "mode")
                    .asException();
        }
        checkExpectedId(request, found.table().tableId());
        Lifecycle.requireWritable(
                namespace + "." + table,
                found.version().tableVersion(),
                found.version().lifecycleState());
        List<String> types = found.version().contentTypes();
        if (!types.isEmpty() && !types.contains(request.format())) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "field 'format' is '" + request.format() + "', but table '" + namespace + "." + table
                                    + "' takes " + types + " only")
                    .with("field", "format")
                    .asException();
        }
        WriteRules.deltaType(mode, true, found.mergeKeys());
        WriteRules.requirePartitions(mode, found.version().partitionScheme());
        return new TableTarget(
                namespace,
                table,
                request.tableVersion(),
                found.table().tableId(),
                found.version().tableVersion(),
                found.version().schemaId(),
                true);
    }

    private TableSpec spec(
            String namespace, String table, WriteSessionCreateRequest request, @Nullable SchemaSpec schema) {
        CreateIfMissingInput input = request.createIfMissing();
        return TableSpecs.of(
                namespace,
                table,
                request.tableVersion(),
                input == null
                        ? CreateIfMissingInputBuilder.builder()
                                .autoCreateNamespace(true)
                                .build()
                        : input,
                schema,
                context);
    }

    private static void checkExpectedId(WriteSessionCreateRequest request, String tableId) {
        String expected = request.expectedTableId();
        if (expected != null && !expected.equals(tableId)) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "field 'expected_table_id' is '" + expected + "', but the table has id '" + tableId
                                    + "'; describe the table again")
                    .with("table_id", tableId)
                    .asException();
        }
    }
}
