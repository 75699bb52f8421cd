package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.server.machine.PropertyRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.WriteUnit;
import java.util.Map;

/** Creates a table with its first version, schema and stream inside a change. Thread-safe. */
final class TableCreation {
    private static final long FIRST_ORDINAL = 1;
    private static final long FIRST_SCHEMA = 1;

    private final ServiceContext context;

    TableCreation(ServiceContext context) {
        this.context = context;
    }

    /**
     * Creates the table, which is known to be missing at the snapshot.
     *
     * @param transactionId transaction to create it in; empty for this commit
     * @return the version made
     */
    TableVersionRow create(WriteUnit unit, TableSpec spec, Snapshot snapshot, String transactionId) {
        ReadView view = unit.view(snapshot);
        if (view.catalog().namespace(spec.namespace()).isEmpty()) {
            if (!spec.autoCreateNamespace()) {
                throw Refusal.of(
                                RefusalKind.NOT_FOUND,
                                "namespace '" + spec.namespace()
                                        + "' does not exist; create it or set auto_create_namespace")
                        .with("namespace", spec.namespace())
                        .asException();
            }
            Names.check("namespace", spec.namespace());
            unit.catalog().addNamespace(spec.namespace(), spec.namespaceProperties(), transactionId);
        }
        if (view.catalog().isTableIdUsed(spec.tableId())) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "field 'new_table_id' is '" + spec.tableId()
                                    + "', the id of a table that is or was there, perhaps in a transaction that is still open;"
                                    + " send another id or none")
                    .with("field", "new_table_id")
                    .asException();
        }
        unit.catalog()
                .addTable(
                        new TableRow(
                                0,
                                spec.tableId(),
                                spec.namespace(),
                                spec.table(),
                                spec.description(),
                                spec.tableProperties()),
                        transactionId);
        return addVersion(unit, spec, spec.tableId(), FIRST_ORDINAL, transactionId);
    }

    /** What a request for a further version says about the table itself; what it leaves out stays. */
    void describeAgain(WriteUnit unit, TableRow row, CreateTableRequest request, TransactionScope.Mutation mutation) {
        Map<String, JsonNode> properties = request.tableProperties();
        TableRow next = new TableRow(
                0,
                row.tableId(),
                row.namespace(),
                row.name(),
                request.tableDescription() == null ? row.description() : request.tableDescription(),
                properties == null ? row.properties() : PropertyRules.merged(Map.of(), properties));
        if (!next.isLike(row)) {
            mutation.requireFree(
                    unit.catalog().replaceTable(row, next, mutation.transactionId()),
                    row.namespace() + "." + row.name());
        }
    }

    /** Adds a version with its schema and stream to a table. */
    TableVersionRow addVersion(WriteUnit unit, TableSpec spec, String tableId, long ordinal, String transactionId) {
        SchemaSpec schema = spec.schema();
        if (schema != null
                && !unit.catalog().addSchema(tableId, spec.tableVersion(), FIRST_SCHEMA, schema, transactionId)) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "table id '" + tableId + "' has a version '" + spec.tableVersion()
                                    + "' already, perhaps in a transaction that is still open; use another version or id, or"
                                    + " wait for that transaction to end")
                    .with("table", spec.table())
                    .with("table_version", spec.tableVersion())
                    .asException();
        }
        TableVersionRow version = new TableVersionRow(
                0,
                tableId,
                spec.tableVersion(),
                ordinal,
                spec.versionDescription(),
                spec.lifecycleState(),
                schema == null ? null : FIRST_SCHEMA,
                spec.partitionScheme(),
                spec.sortScheme(),
                spec.versionProperties(),
                spec.contentTypes());
        unit.catalog().addVersion(version, transactionId);
        unit.deltas().addStream(new StreamRow(0, context.newId(), tableId, spec.tableVersion(), null), transactionId);
        return version;
    }
}
