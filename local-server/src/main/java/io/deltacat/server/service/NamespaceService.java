package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.AlterNamespaceRequest;
import io.deltacat.client.model.CreateNamespaceRequest;
import io.deltacat.client.model.NamespaceDescription;
import io.deltacat.client.model.NamespaceExists;
import io.deltacat.client.model.NamespaceMutationBuilder;
import io.deltacat.server.machine.PropertyRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.store.NamespaceRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Use cases of namespaces. Thread-safe. */
public final class NamespaceService {
    /** Namespace that exists from the start. */
    public static final String DEFAULT_NAMESPACE = "default";

    private static final int TABLE_PAGE = 1_000;

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final Pages pages;
    private final PurgedFiles purged;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public NamespaceService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.pages = new Pages(context, transactions);
        this.purged = new PurgedFiles(context);
    }

    /** Creates the default namespace if it is missing. */
    public void ensureDefault() {
        boolean missing = context.store()
                .read(
                        Snapshot.latest(),
                        view -> view.catalog().namespace(DEFAULT_NAMESPACE).isEmpty());
        if (missing) {
            context.store().write(unit -> {
                if (unit.view(Snapshot.latest())
                        .catalog()
                        .namespace(DEFAULT_NAMESPACE)
                        .isEmpty()) {
                    unit.catalog().addNamespace(DEFAULT_NAMESPACE, Map.of(), "");
                }
                return true;
            });
        }
    }

    /** Creates a namespace; refused if it exists. */
    public String create(
            CreateNamespaceRequest request, @Nullable TransactionReference transaction, Operation operation) {
        String name = request.namespace();
        Names.check("namespace", name);
        Map<String, JsonNode> properties = request.properties();
        PropertyRules.check("properties", properties);
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    if (unit.view(mutation.snapshot()).catalog().namespace(name).isPresent()) {
                        throw Refusal.of(
                                        RefusalKind.ALREADY_EXISTS,
                                        "namespace '" + name + "' exists already; use it or choose another name")
                                .with("namespace", name)
                                .asException();
                    }
                    unit.catalog()
                            .addNamespace(name, properties == null ? Map.of() : properties, mutation.transactionId());
                    return reply(name, mutation).created(true).build();
                }));
    }

    /** Describes a namespace. */
    public NamespaceDescription describe(String name, @Nullable TransactionReference transaction) {
        return transactions.read(
                transaction,
                null,
                view -> show(view.catalog().namespace(name).orElseThrow(() -> Missing.namespace(name))));
    }

    /** Whether a namespace exists. */
    public NamespaceExists exists(String name, @Nullable TransactionReference transaction) {
        return transactions.read(
                transaction,
                null,
                view -> new NamespaceExists(view.catalog().namespace(name).isPresent(), name));
    }

    /** Lists namespaces by name. */
    public Page<NamespaceDescription> list(PageRequest request) {
        return pages.page(
                "namespaces",
                request,
                (view, after, limit) -> view.catalog().namespaces(after == null ? "" : after.after(), limit),
                NamespaceRow::name,
                (view, row) -> show(row));
    }

    /** Changes the name and the properties of a namespace: given keys replace, null values remove. */
    public String alter(
            String name,
            AlterNamespaceRequest request,
            @Nullable TransactionReference transaction,
            Operation operation) {
        String newName = request.newName();
        if (newName != null) {
            Names.check("new_name", newName);
            if (name.equals(DEFAULT_NAMESPACE) && !newName.equals(name)) {
                throw Refusal.of(
                                RefusalKind.INVALID_REQUEST,
                                "field 'new_name' is '" + newName + "', but namespace '" + name
                                        + "' is the one that every catalog has; create another one and rename tables")
                        .with("field", "new_name")
                        .with("namespace", name)
                        .asException();
            }
        }
        PropertyRules.check("properties", request.properties());
        Map<String, JsonNode> changes = request.properties();
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    NamespaceRow row = unit.view(mutation.snapshot())
                            .catalog()
                            .namespace(name)
                            .orElseThrow(() -> Missing.namespace(name));
                    Map<String, JsonNode> merged = PropertyRules.merged(row.properties(), changes);
                    if (newName != null && !newName.equals(name)) {
                        rename(unit, row, newName, merged, mutation);
                    } else if (!merged.equals(row.properties())) {
                        mutation.requireFree(
                                unit.catalog().replaceNamespace(row, merged, mutation.transactionId()), name);
                    }
                    return reply(name, mutation).altered(true).newName(newName).build();
                }));
    }

    /** Gives a namespace another name; its tables move with it and keep their ids. */
    private static void rename(
            WriteUnit unit,
            NamespaceRow row,
            String newName,
            Map<String, JsonNode> properties,
            TransactionScope.Mutation mutation) {
        if (unit.view(mutation.snapshot()).catalog().namespace(newName).isPresent()) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "namespace '" + newName + "' exists already; choose another new_name or drop it first")
                    .with("field", "new_name")
                    .with("namespace", newName)
                    .asException();
        }
        String transactionId = mutation.transactionId();
        mutation.requireFree(unit.catalog().removeNamespace(row, transactionId), row.name());
        unit.catalog().addNamespace(newName, properties, transactionId);
        forEachTable(unit, row.name(), mutation, table -> {
            TableRow moved =
                    new TableRow(0, table.tableId(), newName, table.name(), table.description(), table.properties());
            mutation.requireFree(
                    unit.catalog().replaceTable(table, moved, transactionId), row.name() + "." + table.name());
        });
    }

    /** Takes the tables of a namespace one after the other, each of which must leave it. */
    private static void forEachTable(
            WriteUnit unit, String namespace, TransactionScope.Mutation mutation, Consumer<TableRow> leave) {
        List<TableRow> page = unit.view(mutation.snapshot()).catalog().tables(namespace, "", TABLE_PAGE);
        while (!page.isEmpty()) {
            page.forEach(leave);
            page = unit.view(mutation.snapshot()).catalog().tables(namespace, "", TABLE_PAGE);
        }
    }

    /**
     * Removes a namespace.
     *
     * @param purge whether its tables go with it, with their history and files; without it the namespace must be empty
     */
    public String drop(String name, boolean purge, @Nullable TransactionReference transaction, Operation operation) {
        if (name.equals(DEFAULT_NAMESPACE)) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "namespace '" + name + "' is the one that every catalog has; drop its tables instead")
                    .with("namespace", name)
                    .asException();
        }
        String reply = context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    NamespaceRow row = unit.view(mutation.snapshot())
                            .catalog()
                            .namespace(name)
                            .orElseThrow(() -> Missing.namespace(name));
                    if (purge) {
                        forEachTable(unit, name, mutation, table -> TableDrops.drop(unit, table, true, mutation));
                    } else if (!unit.view(mutation.snapshot())
                            .catalog()
                            .tables(name, "", 1)
                            .isEmpty()) {
                        throw Refusal.of(
                                        RefusalKind.WRONG_STATE,
                                        "namespace '" + name + "' still holds tables; drop them first or set purge")
                                .with("namespace", name)
                                .asException();
                    }
                    mutation.requireFree(unit.catalog().removeNamespace(row, mutation.transactionId()), name);
                    return reply(name, mutation).dropped(true).purged(purge).build();
                }));
        if (purge) {
            purged.deleteWaiting();
        }
        return reply;
    }

    private static NamespaceDescription show(NamespaceRow row) {
        return new NamespaceDescription(row.name(), row.properties());
    }

    private static NamespaceMutationBuilder reply(String name, TransactionScope.Mutation mutation) {
        return NamespaceMutationBuilder.builder()
                .namespace(name)
                .transactionId(mutation.transactionIdOrNull())
                .transactionVersion(mutation.transactionVersion());
    }
}
