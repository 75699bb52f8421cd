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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Use cases of namespaces. Thread-safe. */
public final class NamespaceService {
    /** Namespace that exists from the start. */
    public static final String DEFAULT_NAMESPACE = "default";

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final Pages pages;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public NamespaceService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.pages = new Pages(context, transactions);
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

    /** Changes the properties of a namespace: given keys replace, null values remove. */
    public String alter(
            String name,
            AlterNamespaceRequest request,
            @Nullable TransactionReference transaction,
            Operation operation) {
        if (request.newName() != null) {
            throw Refusal.of(
                            RefusalKind.UNSUPPORTED,
                            "this server cannot rename namespaces yet; leave field 'new_name' out")
                    .with("field", "new_name")
                    .asException();
        }
        Map<String, JsonNode> changes = request.properties();
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    NamespaceRow row = unit.view(mutation.snapshot())
                            .catalog()
                            .namespace(name)
                            .orElseThrow(() -> Missing.namespace(name));
                    if (changes != null) {
                        Map<String, JsonNode> merged = PropertyRules.merged(row.properties(), changes);
                        mutation.requireFree(
                                unit.catalog().replaceNamespace(row, merged, mutation.transactionId()), name);
                    }
                    return reply(name, mutation).altered(true).build();
                }));
    }

    /** Removes an empty namespace. */
    public String drop(String name, boolean purge, @Nullable TransactionReference transaction, Operation operation) {
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    NamespaceRow row = unit.view(mutation.snapshot())
                            .catalog()
                            .namespace(name)
                            .orElseThrow(() -> Missing.namespace(name));
                    if (!unit.view(mutation.snapshot())
                            .catalog()
                            .tables(name, "", 1)
                            .isEmpty()) {
                        throw Refusal.of(
                                        RefusalKind.WRONG_STATE,
                                        "namespace '" + name + "' still holds tables; drop them first")
                                .with("namespace", name)
                                .asException();
                    }
                    mutation.requireFree(unit.catalog().removeNamespace(row, mutation.transactionId()), name);
                    return reply(name, mutation).dropped(true).purged(purge).build();
                }));
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
