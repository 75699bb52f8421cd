package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.client.model.RetentionPolicy;
import io.deltacat.client.model.SchemaFieldInput;
import io.deltacat.client.model.TableCreated;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.model.TableDescriptionBuilder;
import io.deltacat.client.model.TableExists;
import io.deltacat.client.model.TableSummary;
import io.deltacat.client.model.TableVersionSummary;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RetentionRules;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.store.NamespaceRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.WriteUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use cases of tables and their versions. Thread-safe. */
public final class TableService {
    private static final String STREAM_FORMAT = "deltacat";

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final Pages pages;
    private final TableCreation creation;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public TableService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.pages = new Pages(context, transactions);
        this.creation = new TableCreation(context);
    }

    /**
     * Decodes a schema.
     *
     * @param field name of the body field, for messages
     * @param serialized base64 Arrow IPC schema; null if the schema comes as fields
     * @param fields field objects; null if it comes serialized
     * @return the schema; null if neither is given
     */
    public static @Nullable SchemaSpec schema(
            String field, @Nullable String serialized, @Nullable List<SchemaFieldInput> fields) {
        if (serialized != null) {
            return SchemaSpecs.ofSerialized(field, serialized);
        }
        return fields == null ? null : SchemaSpecs.ofFields(field, fields);
    }

    /** Creates a table, or a further version of one. */
    public String create(
            String namespace,
            CreateTableRequest request,
            @Nullable SchemaSpec schema,
            @Nullable TransactionReference transaction,
            Operation operation) {
        TableSpec spec = TableSpecs.of(namespace, request, schema, context);
        boolean failIfExists = !Boolean.FALSE.equals(request.failIfExists());
        return context.store()
                .write(unit -> operation.once(unit, () -> {
                    TransactionScope.Mutation mutation = transactions.mutate(unit, transaction, null);
                    boolean created = createOrKeep(unit, request, spec, failIfExists, mutation);
                    return new TableCreated(
                            created,
                            namespace,
                            spec.table(),
                            spec.tableVersion(),
                            mutation.transactionIdOrNull(),
                            mutation.transactionVersion());
                }));
    }

    private boolean createOrKeep(
            WriteUnit unit,
            CreateTableRequest request,
            TableSpec spec,
            boolean failIfExists,
            TransactionScope.Mutation mutation) {
        ReadView view = unit.view(mutation.snapshot());
        Optional<TableRow> existing = view.catalog().table(spec.namespace(), spec.table());
        if (existing.isEmpty()) {
            creation.create(unit, spec, mutation.snapshot(), mutation.transactionId());
            return true;
        }
        String tableId = existing.get().tableId();
        boolean newVersion = request.tableVersion() != null
                && view.catalog().version(tableId, spec.tableVersion()).isEmpty();
        if (newVersion) {
            long ordinal = view.catalog().highestOrdinal(tableId) + 1;
            creation.addVersion(unit, spec, tableId, ordinal, mutation.transactionId());
            creation.describeAgain(unit, existing.get(), request, mutation);
            return true;
        }
        if (failIfExists) {
            throw Refusal.of(
                            RefusalKind.ALREADY_EXISTS,
                            "table '" + spec.namespace() + "." + spec.table()
                                    + "' exists already; use it, choose another name or set fail_if_exists to false")
                    .with("namespace", spec.namespace())
                    .with("table", spec.table())
                    .asException();
        }
        return false;
    }

    /**
     * Describes a table version.
     *
     * @param counts which counts to add
     */
    public TableDescription describe(
            String namespace,
            String table,
            @Nullable String tableVersion,
            TableCounts counts,
            @Nullable String expectedTableId,
            @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            TableLookup found = TableLookup.find(view, namespace, table, tableVersion);
            if (expectedTableId != null && !expectedTableId.equals(found.table().tableId())) {
                throw Refusal.of(
                                RefusalKind.WRONG_STATE,
                                "table '" + namespace + "." + table + "' has id '"
                                        + found.table().tableId() + "', the request expects '" + expectedTableId
                                        + "'; it was dropped and created again")
                        .with("table_id", found.table().tableId())
                        .asException();
            }
            return show(view, found, counts);
        });
    }

    private static TableDescription show(ReadView view, TableLookup found, TableCounts counts) {
        TableVersionRow version = found.version();
        SchemaSpec schema = found.schema();
        Optional<StreamRow> stream = view.deltas().currentStream(version.tableId(), version.tableVersion());
        TableDescriptionBuilder reply = TableDescriptionBuilder.builder()
                .tableName(found.table().name())
                .tableId(version.tableId())
                .tableVersion(version.tableVersion())
                .description(found.table().description())
                .lifecycleState(version.lifecycleState())
                .contentTypes(version.contentTypes().isEmpty() ? null : version.contentTypes())
                .schema(schema == null ? null : schema.fields())
                .schemaSerialized(schema == null ? null : schema.serialized())
                .mergeKeys(schema == null || schema.mergeKeys().isEmpty() ? null : schema.mergeKeys())
                .partitionScheme(version.partitionScheme())
                .sortScheme(version.sortScheme())
                .properties(JsonNodeFactory.instance.objectNode().setAll(version.properties()))
                .tableProperties(JsonNodeFactory.instance
                        .objectNode()
                        .setAll(found.table().properties()))
                .streamFormat(STREAM_FORMAT)
                .streamId(stream.map(StreamRow::streamId).orElse(null));
        if (counts != TableCounts.OMITTED && stream.isPresent()) {
            PartitionTotals totals = PartitionTotals.of(view, stream.get().streamId());
            reply.statsSource(counts == TableCounts.EXACT ? "exact" : "partition_stats")
                    .deltaCount(totals.deltas())
                    .totalFiles(totals.files())
                    .totalRecords(totals.records())
                    .totalBytes(totals.bytes())
                    .partitionCount(totals.partitions());
        } else {
            reply.statsOmitted(JsonNodeFactory.instance.objectNode().put("reason", "not_requested"));
        }
        return reply.build();
    }

    /** How long what was replaced in a table is kept; properties of the version come before those of table and namespace. */
    public RetentionPolicy retention(String namespace, String table, @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            TableLookup found = TableLookup.find(view, namespace, table, null);
            Map<String, JsonNode> limits = RetentionRules.effective(List.of(
                    found.version().properties(),
                    found.table().properties(),
                    view.catalog()
                            .namespace(namespace)
                            .map(NamespaceRow::properties)
                            .orElse(Map.of())));
            return new RetentionPolicy(namespace, table, limits.isEmpty() ? null : limits, limits.isEmpty());
        });
    }

    /** Whether a table, or one version of it, exists. */
    public TableExists exists(
            String namespace, String table, @Nullable String tableVersion, @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            Optional<TableRow> row = view.catalog().table(namespace, table);
            boolean exists = row.isPresent()
                    && (tableVersion == null
                            || view.catalog()
                                    .version(row.get().tableId(), tableVersion)
                                    .isPresent());
            return new TableExists(exists, namespace, table);
        });
    }

    /** Lists the tables of a namespace by name. */
    public Page<TableSummary> list(String namespace, PageRequest request) {
        return pages.page(
                "tables",
                request,
                (view, after, limit) -> {
                    if (view.catalog().namespace(namespace).isEmpty()) {
                        throw Missing.namespace(namespace);
                    }
                    return view.catalog().tables(namespace, after == null ? "" : after.after(), limit);
                },
                TableRow::name,
                (view, row) -> {
                    Optional<TableVersionRow> latest = view.catalog().defaultVersion(row.tableId());
                    return new TableSummary(
                            row.name(),
                            row.description(),
                            latest.map(TableVersionRow::tableVersion).orElse(null),
                            latest.map(TableVersionRow::lifecycleState).orElse(null));
                });
    }

    /** Lists the versions of a table, oldest first. */
    public Page<TableVersionSummary> versions(String namespace, String table, PageRequest request) {
        return pages.page(
                "versions",
                request,
                (view, after, limit) -> {
                    TableRow row =
                            view.catalog().table(namespace, table).orElseThrow(() -> Missing.table(namespace, table));
                    return view.catalog().versions(row.tableId(), after == null ? 0 : after.afterNumber(), limit);
                },
                row -> Long.toString(row.ordinal()),
                (view, row) -> new TableVersionSummary(row.tableVersion(), row.description(), row.lifecycleState()));
    }
}
