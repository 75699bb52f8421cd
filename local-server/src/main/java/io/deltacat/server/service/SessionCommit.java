package io.deltacat.server.service;

import io.deltacat.client.model.CommittedDeltaLocator;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.server.machine.CommitResult;
import io.deltacat.server.machine.SessionEvent;
import io.deltacat.server.machine.SessionMachine;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.SessionStatus;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.WriteUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commits write sessions, alone or into their transaction (protocol/data-plane.md §1.11). Thread-safe. */
final class SessionCommit {
    private final ServiceContext context;
    private final TransactionScope transactions;
    private final SessionReplies replies;
    private final TableCreation creation;
    private final SessionSchemas schemas;
    private final DeltaStaging staging;
    private final Publisher publisher;
    private final EntryChecks entryChecks;

    SessionCommit(ServiceContext context, TransactionScope transactions, SessionReplies replies) {
        this.context = context;
        this.transactions = transactions;
        this.replies = replies;
        this.creation = new TableCreation(context);
        this.schemas = new SessionSchemas(context);
        this.staging = new DeltaStaging(context);
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
            return new Before(state, replay, SessionSchemas.properties(view, state));
        });
        // Files are looked at before the store's writer is asked for; a replay was checked when it was first seen.
        List<CheckedEntry> checked = before.replay()
                ? List.of()
                : entryChecks.check(
                        request.entries(),
                        context.roots().absoluteDirectory(before.state().dataDirectory()),
                        before.state().externalEntries(),
                        before.state().mode());
        List<CheckedEntry> entries = before.properties().evolvesByItself()
                ? schemas.withFileSchemas(checked, before.state().format())
                : checked;
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
            WriteUnit unit, SessionState state, WriteSessionCommitRequest request, List<CheckedEntry> entries) {
        String transactionId = "tx_" + context.newId().replace("-", "");
        refuseEarly(state, request);
        TransactionScope.Mutation mutation = new TransactionScope.Mutation("", Snapshot.latest(), null);
        SessionDestination destination = destination(unit, state, entries, mutation);
        List<StagedDelta> deltas = stage(unit, state, destination, entries, mutation);
        Publisher.Commit commit = new Publisher.Commit(unit, transactionId, Snapshot.LATEST, Set.of());
        List<CommittedDeltaLocator> locators = new ArrayList<>(deltas.size());
        for (StagedDelta delta : deltas) {
            locators.add(publisher.publish(commit, delta, destination.target()));
        }
        SessionState next = SessionMachine.on(
                        state,
                        new SessionEvent.Commit(
                                request.sessionVersion(),
                                request.operationId(),
                                destination.target(),
                                transactionId,
                                result(deltas).located(locators)),
                        context.nowNanos())
                .orThrow();
        unit.sessions().replace(next);
        return replies.show(unit.view(Snapshot.latest()), next, null);
    }

    private Object attach(
            WriteUnit unit,
            SessionState state,
            WriteSessionCommitRequest request,
            List<CheckedEntry> entries,
            String transactionId) {
        TransactionState running =
                transactions.running(unit.view(Snapshot.latest()).sessions(), transactionId);
        refuseEarly(state, request);
        Long fence = request.transactionVersion();
        TransactionScope.Mutation mutation = transactions.mutate(
                unit,
                new TransactionReference(transactionId, fence == null ? running.transactionVersion() : fence),
                null);
        SessionDestination destination = destination(unit, state, entries, mutation);
        List<StagedDelta> deltas = stage(unit, state, destination, entries, mutation);
        deltas.forEach(delta -> unit.deltas().stage(transactionId, delta));
        SessionState next = SessionMachine.on(
                        state,
                        new SessionEvent.Attach(
                                request.sessionVersion(), request.operationId(), destination.target(), result(deltas)),
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

    private SessionDestination destination(
            WriteUnit unit, SessionState state, List<CheckedEntry> entries, TransactionScope.Mutation mutation) {
        SessionDestination found =
                SessionDestination.find(unit, creation, state, mutation.snapshot(), mutation.transactionId());
        return schemas.settle(unit, state, found, entries, mutation);
    }

    private List<StagedDelta> stage(
            WriteUnit unit,
            SessionState state,
            SessionDestination destination,
            List<CheckedEntry> entries,
            TransactionScope.Mutation mutation) {
        Snapshot snapshot = mutation.snapshot();
        StreamRow stream = destination.stream(unit, context.newId(), state.mode(), snapshot, mutation.transactionId());
        List<DeltaGroups.Group> groups = DeltaGroups.of(entries, destination);
        return staging.stage(unit, unit.view(snapshot).deltas(), state, destination.deltaType(), stream, groups);
    }

    private static CommitResult result(List<StagedDelta> deltas) {
        long files = 0;
        long records = 0;
        long bytes = 0;
        for (StagedDelta delta : deltas) {
            files = Math.addExact(files, delta.entryCount());
            records = Math.addExact(records, delta.recordCount());
            bytes = Math.addExact(bytes, delta.contentLength());
        }
        return new CommitResult(deltas.size(), files, records, bytes, List.of());
    }

    private record Before(SessionState state, boolean replay, WriteProperties properties) {}
}
