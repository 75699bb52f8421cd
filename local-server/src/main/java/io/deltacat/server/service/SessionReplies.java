package io.deltacat.server.service;

import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionBuilder;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.CommitResult;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.SessionStatus;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.WriteOnce;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableVersionRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows a session the way the protocol does (protocol/data-plane.md §1.3). Thread-safe. */
final class SessionReplies {
    private final ServiceContext context;

    SessionReplies(ServiceContext context) {
        this.context = context;
    }

    /**
     * The reply.
     *
     * @param view reads the schema; schemas and the session's table version are found at any snapshot
     * @param state the session
     * @param transaction the transaction it is bound to; null if none
     */
    WriteSession show(ReadView view, SessionState state, @Nullable TransactionState transaction) {
        TableTarget target = state.target();
        DataRoots roots = context.roots();
        WriteProperties properties = SessionSchemas.properties(view, state);
        WriteSessionBuilder reply = WriteSessionBuilder.builder()
                .sessionId(state.sessionId())
                .sessionVersion(state.sessionVersion())
                .status(state.status().name())
                .commitStatus(
                        state.commitStatus() == null
                                ? null
                                : state.commitStatus().name())
                .namespace(target.namespace())
                .table(target.table())
                .tableVersion(target.tableVersion() == null ? target.requestedVersion() : target.tableVersion())
                .resolvedTableVersion(target.tableVersion())
                .expectedTableId(state.expectedTableId())
                .mode(state.mode().wireName())
                .format(state.format())
                .layout(state.layout())
                .dataDir(roots.absoluteDirectory(state.dataDirectory()))
                .root(DataRoots.MANAGED_ROOT)
                .availableRoots(roots.describe())
                .credentials(Map.of())
                .catalog(context.catalog())
                .tableExists(target.existed())
                .schemaEvolutionMode(properties.evolutionMode())
                .schemaConsistencyType(properties.consistencyType())
                .createdAt(state.createdAt())
                .expiresAt(transaction == null ? state.expiresAt() : transaction.expiresAt())
                .lastHeartbeatAt(state.lastHeartbeatAt())
                .attached(state.status() == SessionStatus.ATTACHED)
                .committed(state.status() == SessionStatus.COMMITTED)
                .commitOperationId(state.commitOperationId())
                .transactionId(state.transactionId());
        if (transaction != null) {
            reply.transactionVersion(transaction.transactionVersion()).asOf(transaction.asOf());
        } else if (state.commitTransactionId() != null) {
            reply.standaloneTransactionId(state.commitTransactionId());
        }
        addWriteOnce(state, reply);
        CommitResult result = state.result();
        if (result != null) {
            reply.deltasWritten(result.deltasWritten())
                    .filesRegistered(result.filesRegistered())
                    .totalRecords(result.totalRecords())
                    .totalBytes(result.totalBytes())
                    .committedDeltaLocators(result.locators());
        }
        addTable(view, state, reply);
        return reply.build();
    }

    private static void addWriteOnce(SessionState state, WriteSessionBuilder reply) {
        WriteOnce once = state.writeOnce();
        if (once == null) {
            return;
        }
        String context = once.inputContext();
        reply.writeOnce(true)
                .writeOnceInputSha256(once.inputSha256())
                .writeOnceInputContext(context == null ? null : ReplyCodec.tree(context));
    }

    private static void addTable(ReadView view, SessionState state, WriteSessionBuilder reply) {
        TableTarget target = state.target();
        TableSpec spec = state.tableSpec();
        String tableId = target.tableId();
        String version = target.tableVersion();
        if (tableId != null && version != null) {
            Long schemaId = target.schemaId();
            Optional<SchemaSpec> schema =
                    schemaId == null ? Optional.empty() : view.catalog().schema(tableId, version, schemaId);
            schema.ifPresent(found -> addSchema(found, reply));
            Optional<TableVersionRow> row = view.catalog().version(tableId, version);
            reply.partitionScheme(row.map(TableVersionRow::partitionScheme).orElse(null))
                    .sortScheme(row.map(TableVersionRow::sortScheme).orElse(null));
        } else if (spec != null) {
            SchemaSpec schema = spec.schema();
            if (schema != null) {
                addSchema(schema, reply);
            }
            reply.partitionScheme(spec.partitionScheme()).sortScheme(spec.sortScheme());
        }
    }

    private static void addSchema(SchemaSpec schema, WriteSessionBuilder reply) {
        List<String> mergeKeys = schema.mergeKeys();
        reply.schema(schema.fields())
                .schemaSerialized(schema.serialized())
                .mergeKeys(mergeKeys.isEmpty() ? null : mergeKeys);
    }
}
