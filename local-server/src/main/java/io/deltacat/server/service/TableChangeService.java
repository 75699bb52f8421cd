package io.deltacat.server.service;

import io.deltacat.client.model.AlterTableRequest;
import io.deltacat.client.model.TableMutationBuilder;
import io.deltacat.server.machine.SchemaUpdate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use cases that change a table that exists. Each gives its reply's JSON, and the same again for the same operation. Thread-safe. */
public final class TableChangeService {
    private final ServiceContext context;
    private final TransactionScope transactions;
    private final TableAlteration alteration;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public TableChangeService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.alteration = new TableAlteration(context);
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
                    boolean altered = alteration.alter(unit, namespace, table, request, updates, mutation);
                    return TableMutationBuilder.builder()
                            .table(table)
                            .namespace(namespace)
                            .altered(altered)
                            .transactionId(mutation.transactionIdOrNull())
                            .transactionVersion(mutation.transactionVersion())
                            .build();
                }));
    }
}
