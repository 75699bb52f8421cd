package io.deltacat.server.service;

import io.deltacat.client.model.AlterTableRequest;
import io.deltacat.client.model.RollbackRequest;
import io.deltacat.client.model.TableMutationBuilder;
import io.deltacat.client.model.TableRenamed;
import io.deltacat.client.model.TableRolledBack;
import io.deltacat.client.model.TableTruncated;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaUpdate;
import io.deltacat.server.store.CatalogReads;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.TableRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use cases that change a table that exists. Each gives its reply's JSON, and the same again for the same operation. Thread-safe. */
public final class TableChangeService {
    private final ServiceContext context;
    private final TransactionScope transactions;
    private final TableAlteration alteration;
    private final TableContents contents;
    private final PurgedFiles purged;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public TableChangeService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.alteration = new TableAlteration(context);
        this.contents = new TableContents(context);
        this.purged = new PurgedFiles(context);
    }

    /**
     * Alters a table version: what the request names changes, the rest stays. Files that are there stay as they are.
     *
     * @throws io.deltacat.server.machine.RefusedException if a thing named is missing, or a change breaks a rule
     */
    public String alter(
            String namespace,
            String table,
            AlterTableRequest request,
            @Nullable TransactionReference transaction,
            Operation operation) {
        List<SchemaUpdate> updates = SchemaUpdates.of(request.schemaUpdates());
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    alteration.alter(unit, namespace, table, request, updates, mutation);
                    return TableMutationBuilder.builder()
                            .table(table)
                            .namespace(namespace)
                            .altered(true)
                            .transactionId(mutation.transactionIdOrNull())
                            .transactionVersion(mutation.transactionVersion())
                            .build();
                }));
    }

    /**
     * Gives a table another name. Its id, versions, contents and files stay; sessions that are open go on under the new name.
     *
     * @param newNamespace null to stay in its namespace
     */
    public String rename(
            String namespace,
            String table,
            String newName,
            @Nullable String newNamespace,
            @Nullable TransactionReference transaction,
            Operation operation) {
        Names.check("new_name", newName);
        String home = newNamespace == null ? namespace : newNamespace;
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    CatalogReads catalog = unit.view(mutation.snapshot()).catalog();
                    TableRow row = catalog.table(namespace, table).orElseThrow(() -> Missing.table(namespace, table));
                    if (catalog.namespace(home).isEmpty()) {
                        throw Missing.namespace(home);
                    }
                    if (catalog.table(home, newName).isPresent()) {
                        throw Refusal.of(
                                        RefusalKind.ALREADY_EXISTS,
                                        "table '" + home + "." + newName
                                                + "' exists already; choose another new_name or drop it first")
                                .with("field", "new_name")
                                .with("namespace", home)
                                .with("table", newName)
                                .asException();
                    }
                    TableRow renamed =
                            new TableRow(0, row.tableId(), home, newName, row.description(), row.properties());
                    mutation.requireFree(
                            unit.catalog().replaceTable(row, renamed, mutation.transactionId()),
                            namespace + "." + table);
                    return new TableRenamed(
                            newName, home, table, true, mutation.transactionIdOrNull(), mutation.transactionVersion());
                }));
    }

    /** Empties a table version; what was in it stays readable as of earlier times. */
    public String truncate(
            String namespace,
            String table,
            @Nullable String tableVersion,
            @Nullable TransactionReference transaction,
            Operation operation) {
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    TableLookup found =
                            TableLookup.find(unit.view(mutation.snapshot()), namespace, table, tableVersion);
                    contents.truncate(unit, found, mutation);
                    return new TableTruncated(
                            table, true, mutation.transactionIdOrNull(), mutation.transactionVersion());
                }));
    }

    /**
     * Takes the contents of a table version back to a time in the past, with a commit of its own.
     *
     * @param transaction must be null: what is taken back cannot be pending
     */
    public String rollback(
            String namespace,
            String table,
            @Nullable String tableVersion,
            RollbackRequest request,
            @Nullable TransactionReference transaction,
            Operation operation) {
        if (transaction != null) {
            throw Refusal.of(
                            RefusalKind.UNSUPPORTED,
                            "query parameter 'transaction_id': a rollback is a commit of its own; leave it out")
                    .with("field", "transaction_id")
                    .asException();
        }
        transactions.requirePast(request.asOf());
        String transactionId = "tx_" + context.newId().replace("-", "");
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TableLookup found = TableLookup.find(unit.view(Snapshot.latest()), namespace, table, tableVersion);
                    contents.rollBack(unit, found, request.asOf(), transactionId);
                    return new TableRolledBack(table, true, request.asOf());
                }));
    }

    /**
     * Removes a table from sight. Readers of history, and of plans made before, still see it, unless it is purged: then its
     * history goes as well, and its managed files are deleted after the commit if no other table uses them.
     */
    public String drop(
            String namespace,
            String table,
            boolean purge,
            @Nullable TransactionReference transaction,
            Operation operation) {
        String reply = context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    TableRow row = unit.view(mutation.snapshot())
                            .catalog()
                            .table(namespace, table)
                            .orElseThrow(() -> Missing.table(namespace, table));
                    TableDrops.drop(unit, row, purge, mutation);
                    return TableMutationBuilder.builder()
                            .table(table)
                            .namespace(namespace)
                            .dropped(true)
                            .purged(purge)
                            .transactionId(mutation.transactionIdOrNull())
                            .transactionVersion(mutation.transactionVersion())
                            .build();
                }));
        if (purge) {
            purged.deleteWaiting();
        }
        return reply;
    }
}
