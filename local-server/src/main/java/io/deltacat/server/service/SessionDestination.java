package io.deltacat.server.service;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.Lifecycle;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.WriteMode;
import io.deltacat.server.machine.WriteRules;
import io.deltacat.server.store.DeltaReads;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the entries of a session go when it commits.
 *
 * @param target the table version, by name and id
 * @param version its row
 * @param schema its schema; null for schemaless
 * @param writtenSchemaId schema the files were written for, unless they say another; null for schemaless
 * @param deltaType kind of rows
 */
record SessionDestination(
        TableTarget target,
        TableVersionRow version,
        @Nullable SchemaSpec schema,
        @Nullable Long writtenSchemaId,
        DeltaType deltaType) {
    /**
     * Finds the table version; creates the table if the session says so and it is still missing.
     *
     * @param unit the change
     * @param creation makes tables
     * @param state the session
     * @param snapshot what the writer sees
     * @param transactionId transaction to create in; empty for this commit
     * @return the destination
     * @throws io.deltacat.server.machine.RefusedException if the table is not the one the session was opened for, or the mode
     *     does not fit it
     */
    static SessionDestination find(
            WriteUnit unit, TableCreation creation, SessionState state, Snapshot snapshot, String transactionId) {
        TableTarget target = state.target();
        ReadView view = unit.view(snapshot);
        Optional<TableRow> row = table(view, target);
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
        TableTarget named = target.with(
                next -> next.namespace(row.get().namespace()).table(row.get().name()));
        TableLookup found = TableLookup.find(
                view,
                named.namespace(),
                named.table(),
                target.tableVersion() == null ? target.requestedVersion() : target.tableVersion());
        Lifecycle.requireWritable(
                named.namespace() + "." + named.table(),
                found.version().tableVersion(),
                found.version().lifecycleState());
        return at(named, found.version(), true, found.schema(), state.mode());
    }

    /** The table the session was opened for, by whatever name it has now. */
    private static Optional<TableRow> table(ReadView view, TableTarget target) {
        String tableId = target.tableId();
        Optional<TableRow> same =
                tableId == null ? Optional.empty() : view.catalog().tableById(tableId);
        return same.or(() -> view.catalog().table(target.namespace(), target.table()));
    }

    /**
     * The stream to write to; a session that replaces everything makes a new one.
     *
     * @param unit the change
     * @param newStreamId id of the stream to make, if one is made
     * @param mode the session's mode
     * @param snapshot what the writer sees
     * @param transactionId transaction to make it in; empty for this commit
     * @return the stream
     */
    StreamRow stream(WriteUnit unit, String newStreamId, WriteMode mode, Snapshot snapshot, String transactionId) {
        StreamRow current = current(unit, snapshot);
        if (mode != WriteMode.REPLACE) {
            return current;
        }
        DeltaReads committed = unit.view(Snapshot.latest()).deltas();
        boolean known = committed.stream(current.tableId(), current.tableVersion(), current.streamId())
                .isPresent();
        if (known && !committed.isCurrent(current)) {
            throw ConflictRules.lost(target.namespace() + "." + target.table(), transactionId, "")
                    .asException();
        }
        if (!unit.deltas().removeStream(current, transactionId)) {
            throw ConflictRules.unsettled(target.namespace() + "." + target.table())
                    .asException();
        }
        unit.deltas()
                .addStream(
                        new StreamRow(0, newStreamId, version.tableId(), version.tableVersion(), current.streamId()),
                        transactionId);
        return current(unit, snapshot);
    }

    /** The same destination after its table got another schema from the files. */
    SessionDestination evolved(TableVersionRow next, @Nullable SchemaSpec nextSchema) {
        return new SessionDestination(
                target.with(changed -> changed.schemaId(next.schemaId())),
                next,
                nextSchema,
                next.schemaId(),
                deltaType);
    }

    /** The same destination for files that were written for an earlier schema. */
    SessionDestination writtenFor(long schemaId) {
        return new SessionDestination(target, version, schema, schemaId, deltaType);
    }

    private StreamRow current(WriteUnit unit, Snapshot snapshot) {
        return unit.view(snapshot)
                .deltas()
                .currentStream(version.tableId(), version.tableVersion())
                .orElseThrow(() -> new IllegalStateException("table " + version.tableId() + " has no stream"));
    }

    private static SessionDestination at(
            TableTarget target,
            TableVersionRow version,
            boolean tableExisted,
            @Nullable SchemaSpec schema,
            WriteMode mode) {
        List<String> mergeKeys = schema == null ? List.of() : schema.mergeKeys();
        DeltaType deltaType = WriteRules.deltaType(mode, tableExisted, mergeKeys);
        WriteRules.requirePartitions(mode, version.partitionScheme());
        TableTarget resolved = new TableTarget(
                target.namespace(),
                target.table(),
                target.requestedVersion(),
                version.tableId(),
                version.tableVersion(),
                version.schemaId(),
                target.existed());
        return new SessionDestination(resolved, version, schema, version.schemaId(), deltaType);
    }
}
