package io.deltacat.server.service;

import io.deltacat.client.model.CommittedDeltaLocator;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.server.machine.CommitResult;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SessionEvent;
import io.deltacat.server.machine.SessionMachine;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.SessionStatus;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.StagedDeltaBuilder;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.WriteMode;
import io.deltacat.server.machine.WriteRules;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.EntryRowBuilder;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commits write sessions, alone or into their transaction (protocol/data-plane.md §1.11). Thread-safe. */
final class SessionCommit {
    private final ServiceContext context;
    private final TransactionScope transactions;
    private final SessionReplies replies;
    private final TableCreation creation;
    private final Publisher publisher;
    private final EntryChecks entryChecks;

    SessionCommit(ServiceContext context, TransactionScope transactions, SessionReplies replies) {
        this.context = context;
        this.transactions = transactions;
        this.replies = replies;
        this.creation = new TableCreation(context);
        this.publisher = new Publisher(context);
        this.entryChecks = new EntryChecks(context.roots());
    }

    /** Commits a session once per operation id; gives the reply's JSON. */
    String commit(String sessionId, WriteSessionCommitRequest request) {
        Operation operation = new Operation(
                "session:" + sessionId, request.operationId(), ReplyCodec.digest(ReplyCodec.encode(request.entries())));
        Before before = context.store().read(Snapshot.latest(), view -> {
            SessionState state = view.sessions().session(sessionId).orElseThrow(() -> Missing.session(sessionId));
            boolean replay = view.sessions()
                    .reply(operation.scope(), request.operationId())
                    .isPresent();
            if (!replay) {
                refuseEarly(state, request);
            }
            return new Before(state, replay);
        });
        // Files are looked at before the store's writer is asked for; a replay was checked when it was first seen.
        List<EntryRow> entries = before.replay()
                ? List.of()
                : entryChecks.check(
                        request.entries(),
                        context.roots().absoluteDirectory(before.state().dataDirectory()),
                        before.state().externalEntries());
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    SessionState state = unit.view(Snapshot.latest())
                            .sessions()
                            .session(sessionId)
                            .orElseThrow(() -> Missing.session(sessionId));
                    return state.transactionId() == null
                            ? commitAlone(unit, state, request, entries)
                            : attach(unit, state, request, entries, state.transactionId());
                }));
    }

    private Object commitAlone(
            WriteUnit unit, SessionState state, WriteSessionCommitRequest request, List<EntryRow> entries) {
        String transactionId = "tx_" + context.newId().replace("-", "");
        refuseEarly(state, request);
        Destination destination = destination(unit, state, Snapshot.latest(), "");
        CommitResult result = result(entries);
        if (!entries.isEmpty()) {
            StagedDelta delta = store(unit, state, destination, entries);
            CommittedDeltaLocator locator =
                    publisher.publish(unit, delta, destination.target(), transactionId, Snapshot.LATEST);
            result = result.located(List.of(locator));
        }
        SessionState next = SessionMachine.on(
                        state,
                        new SessionEvent.Commit(
                                request.sessionVersion(),
                                request.operationId(),
                                destination.target(),
                                transactionId,
                                result),
                        context.nowNanos())
                .orThrow();
        unit.sessions().replace(next);
        return replies.show(unit.view(Snapshot.latest()), next, null);
    }

    private Object attach(
            WriteUnit unit,
            SessionState state,
            WriteSessionCommitRequest request,
            List<EntryRow> entries,
            String transactionId) {
        TransactionState running =
                transactions.running(unit.view(Snapshot.latest()).sessions(), transactionId);
        refuseEarly(state, request);
        Long fence = request.transactionVersion();
        TransactionScope.Mutation mutation = transactions.mutate(
                unit,
                new TransactionReference(transactionId, fence == null ? running.transactionVersion() : fence),
                null);
        Destination destination = destination(unit, state, mutation.snapshot(), transactionId);
        if (!entries.isEmpty()) {
            unit.deltas().stage(transactionId, store(unit, state, destination, entries));
        }
        SessionState next = SessionMachine.on(
                        state,
                        new SessionEvent.Attach(
                                request.sessionVersion(), request.operationId(), destination.target(), result(entries)),
                        context.nowNanos())
                .orThrow();
        unit.sessions().replace(next);
        return replies.show(unit.view(mutation.snapshot()), next, mutation.transaction());
    }

    /** Asks the machine before the store is changed, so that its refusal is the one the caller sees. */
    private void refuseEarly(SessionState state, WriteSessionCommitRequest request) {
        SessionState now = SessionMachine.at(state, context.nowNanos());
        if (now.status() != SessionStatus.OPEN || now.sessionVersion() != request.sessionVersion()) {
            SessionMachine.on(
                            state,
                            new SessionEvent.Attach(
                                    request.sessionVersion(), request.operationId(), state.target(), result(List.of())),
                            context.nowNanos())
                    .orThrow();
        }
    }

    /** Finds the table version to write to; creates the table if the session says so and it is still missing. */
    private Destination destination(WriteUnit unit, SessionState state, Snapshot snapshot, String transactionId) {
        TableTarget target = state.target();
        ReadView view = unit.view(snapshot);
        Optional<TableRow> row = view.catalog().table(target.namespace(), target.table());
        TableSpec spec = state.tableSpec();
        if (row.isEmpty()) {
            if (spec == null) {
                throw Missing.table(target.namespace(), target.table());
            }
            TableVersionRow created = creation.create(unit, spec, snapshot, transactionId);
            return at(target, created, false, spec.schema(), state.mode());
        }
        if (state.mode() == WriteMode.CREATE) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "table '" + target.namespace() + "." + target.table()
                                    + "' was created since the session was opened; write to it with mode append or add")
                    .asException();
        }
        if (target.tableId() != null && !target.tableId().equals(row.get().tableId())) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "table '" + target.namespace() + "." + target.table()
                                    + "' was dropped and created again since the session was opened; open a new session")
                    .asException();
        }
        TableLookup found = TableLookup.find(
                view,
                target.namespace(),
                target.table(),
                target.tableVersion() == null ? target.requestedVersion() : target.tableVersion());
        return at(target, found.version(), true, found.schema(), state.mode());
    }

    private static Destination at(
            TableTarget target,
            TableVersionRow version,
            boolean tableExisted,
            @Nullable SchemaSpec schema,
            WriteMode mode) {
        List<String> mergeKeys = schema == null ? List.of() : schema.mergeKeys();
        DeltaType deltaType = WriteRules.deltaType(mode, tableExisted, mergeKeys);
        WriteRules.requireOffered(mode, mergeKeys);
        TableTarget resolved = new TableTarget(
                target.namespace(),
                target.table(),
                target.requestedVersion(),
                version.tableId(),
                version.tableVersion(),
                version.schemaId(),
                target.existed());
        return new Destination(resolved, version, deltaType, mergeKeys);
    }

    /** Stores the manifest of one delta. */
    private StagedDelta store(WriteUnit unit, SessionState state, Destination destination, List<EntryRow> entries) {
        long deltaKey = unit.newKey();
        Long schemaId = destination.version().schemaId();
        String currentSchema = schemaId == null ? null : schemaId.toString();
        List<EntryRow> stored = entries.stream()
                .map(entry -> entry.schemaId() != null
                        ? entry
                        : EntryRowBuilder.builder(entry).schemaId(currentSchema).build())
                .toList();
        unit.deltas().addEntries(deltaKey, stored);
        CommitResult sums = result(entries);
        StringBuilder contents = new StringBuilder();
        for (EntryRow entry : stored) {
            contents.append(entry.path())
                    .append('|')
                    .append(entry.contentLength())
                    .append('|')
                    .append(entry.recordCount())
                    .append('\n');
        }
        return StagedDeltaBuilder.builder()
                .deltaKey(deltaKey)
                .sessionId(state.sessionId())
                .tableId(destination.version().tableId())
                .tableVersion(destination.version().tableVersion())
                .deltaType(destination.deltaType())
                .partitionValues(PartitionValues.UNPARTITIONED)
                .manifestId(context.newId())
                .contentType(state.format())
                .entryCount(sums.filesRegistered())
                .recordCount(sums.totalRecords())
                .contentLength(sums.totalBytes())
                .fingerprint(ReplyCodec.digest(destination.deltaType() + "\n" + contents))
                .equalityFields(destination.deltaType().needsMerge() ? destination.mergeKeys() : List.of())
                .build();
    }

    private static CommitResult result(List<EntryRow> entries) {
        long records = 0;
        long bytes = 0;
        for (EntryRow entry : entries) {
            records = Math.addExact(records, entry.recordCount());
            bytes = Math.addExact(bytes, entry.contentLength());
        }
        return new CommitResult(entries.isEmpty() ? 0 : 1, entries.size(), records, bytes, List.of());
    }

    private record Before(SessionState state, boolean replay) {}

    private record Destination(
            TableTarget target, TableVersionRow version, DeltaType deltaType, List<String> mergeKeys) {}
}
