package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.AlterTableRequest;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SortScheme;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.machine.FieldIds;
import io.deltacat.server.machine.Lifecycle;
import io.deltacat.server.machine.PropertyRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaEvolution;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SchemaUpdate;
import io.deltacat.server.machine.SchemeRules;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.TableVersionRowBuilder;
import io.deltacat.server.store.WriteUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Changes a table version: its schema, schemes, description, properties and state. Thread-safe. */
final class TableAlteration {
    private final ServiceContext context;

    TableAlteration(ServiceContext context) {
        this.context = context;
    }

    /** Alters what the request names; the rest stays. */
    void alter(
            WriteUnit unit,
            String namespace,
            String table,
            AlterTableRequest request,
            List<SchemaUpdate> updates,
            TransactionScope.Mutation mutation) {
        ReadView view = unit.view(mutation.snapshot());
        TableLookup found = TableLookup.find(view, namespace, table, request.tableVersion());
        alterTable(unit, found.table(), request, mutation);
        TableVersionRow next = described(found.version(), request);
        SchemaSpec schema = found.schema();
        if (!updates.isEmpty()) {
            requireEvolvable(found.table(), next, request);
            boolean allowIncompatible =
                    request.schemaUpdates() != null && request.schemaUpdates().allowIncompatibleChanges();
            SchemaSpec evolved = evolved(view, found, next, updates, allowIncompatible);
            if (!evolved.serialized().equals(schema == null ? "" : schema.serialized())) {
                next = withSchema(unit, next, evolved, mutation);
                schema = evolved;
            }
        }
        next = withSchemes(view, found, next, schema, request);
        if (!next.equals(found.version())) {
            replace(unit, found, next, mutation);
        }
    }

    private static void requireEvolvable(TableRow table, TableVersionRow next, AlterTableRequest request) {
        boolean disabled = WriteProperties.of(
                        next.properties(), PropertyRules.merged(table.properties(), request.tableProperties()))
                .evolutionMode()
                .equals(WriteProperties.DISABLED);
        if (disabled) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "field 'schema_updates': property 'schema_evolution_mode' of table '" + table.namespace()
                                    + "." + table.name() + "' is 'disabled'; set it to manual or auto first")
                    .with("field", "schema_updates")
                    .asException();
        }
    }

    /**
     * Gives a version another schema; for changes that do not come from a request to alter.
     *
     * @return the version with the schema, which got the next free id
     */
    TableVersionRow evolve(
            WriteUnit unit,
            TableLookup found,
            List<SchemaUpdate> updates,
            boolean allowIncompatible,
            TransactionScope.Mutation mutation) {
        ReadView view = unit.view(mutation.snapshot());
        SchemaSpec evolved = evolved(view, found, found.version(), updates, allowIncompatible);
        TableVersionRow next = withSchema(unit, found.version(), evolved, mutation);
        replace(unit, found, next, mutation);
        return next;
    }

    private static void replace(
            WriteUnit unit, TableLookup found, TableVersionRow next, TransactionScope.Mutation mutation) {
        mutation.requireFree(
                unit.catalog().replaceVersion(found.version(), next, mutation.transactionId()),
                found.table().namespace() + "." + found.table().name());
    }

    private static void alterTable(
            WriteUnit unit, TableRow row, AlterTableRequest request, TransactionScope.Mutation mutation) {
        PropertyRules.check("table_properties", request.tableProperties());
        TableRow next = new TableRow(
                0,
                row.tableId(),
                row.namespace(),
                row.name(),
                request.tableDescription() == null ? row.description() : request.tableDescription(),
                PropertyRules.merged(row.properties(), request.tableProperties()));
        if (!next.isLike(row)) {
            mutation.requireFree(
                    unit.catalog().replaceTable(row, next, mutation.transactionId()),
                    row.namespace() + "." + row.name());
        }
    }

    private static TableVersionRow described(TableVersionRow version, AlterTableRequest request) {
        Map<String, JsonNode> changes = TableSpecs.versionProperties(
                request.tableVersionProperties(), request.defaultContentType(), request.layout());
        return TableVersionRowBuilder.builder(version)
                .description(
                        request.tableVersionDescription() == null
                                ? version.description()
                                : request.tableVersionDescription())
                .lifecycleState(
                        request.lifecycleState() == null
                                ? version.lifecycleState()
                                : Lifecycle.state(request.lifecycleState()))
                .properties(PropertyRules.merged(version.properties(), changes))
                .build();
    }

    private static SchemaSpec evolved(
            ReadView view,
            TableLookup found,
            TableVersionRow version,
            List<SchemaUpdate> updates,
            boolean allowIncompatible) {
        SchemaSpec schema = found.schema();
        int highest = view.catalog().schemas(version.tableId(), version.tableVersion()).values().stream()
                .mapToInt(past -> FieldIds.highest(
                        ArrowSchemas.fromBase64(past.serialized()).getFields()))
                .max()
                .orElse(0);
        Schema before = schema == null ? new Schema(List.of()) : ArrowSchemas.fromBase64(schema.serialized());
        Schema after = SchemaEvolution.apply(before, updates, allowIncompatible, bindings(version), highest);
        return SchemaSpecs.ofArrow("schema_updates", after);
    }

    private static SchemaEvolution.Bindings bindings(TableVersionRow version) {
        Set<String> partitionColumns = new HashSet<>();
        PartitionScheme partitions = version.partitionScheme();
        if (partitions != null) {
            partitions.keys().forEach(key -> partitionColumns.addAll(key.key()));
        }
        Set<String> sortColumns = new HashSet<>();
        SortScheme sort = version.sortScheme();
        if (sort != null) {
            sort.keys().forEach(key -> sortColumns.addAll(key.key()));
        }
        return new SchemaEvolution.Bindings(partitionColumns, sortColumns);
    }

    private static TableVersionRow withSchema(
            WriteUnit unit, TableVersionRow version, SchemaSpec schema, TransactionScope.Mutation mutation) {
        long id =
                unit.view(mutation.snapshot()).catalog().highestSchemaId(version.tableId(), version.tableVersion()) + 1;
        unit.catalog().addSchema(version.tableId(), version.tableVersion(), id, schema, mutation.transactionId());
        return TableVersionRowBuilder.builder(version).schemaId(id).build();
    }

    private TableVersionRow withSchemes(
            ReadView view,
            TableLookup found,
            TableVersionRow version,
            @Nullable SchemaSpec schema,
            AlterTableRequest request) {
        TableVersionRow next = version;
        if (request.sortScheme() != null) {
            SortScheme sort = SchemeRules.sort("sort_scheme", request.sortScheme(), schema, context.newId())
                    .orElse(null);
            SchemeHistory.requireOwnId(view, version, "sort_scheme", sort);
            next = TableVersionRowBuilder.builder(next).sortScheme(sort).build();
        } else if (version.sortScheme() != null && schema != null) {
            SchemeRules.requireSortable("sort_scheme", version.sortScheme(), schema);
        }
        if (request.partitionUpdates() != null) {
            PartitionScheme partitions = SchemeRules.partition(
                            "partition_updates", request.partitionUpdates(), schema, context.newId())
                    .orElse(null);
            SchemeHistory.requireOwnId(view, version, "partition_updates", partitions);
            requireRepartitionable(view, found);
            next = TableVersionRowBuilder.builder(next)
                    .partitionScheme(partitions)
                    .build();
        }
        return next;
    }

    /** Keys are unique per partition: rows under the old scheme would not meet their updates under the new one. */
    private static void requireRepartitionable(ReadView view, TableLookup found) {
        TableVersionRow version = found.version();
        boolean keyed = !found.mergeKeys().isEmpty();
        boolean holdsData = view.deltas()
                .currentStream(version.tableId(), version.tableVersion())
                .filter(stream ->
                        !view.deltas().partitions(stream.streamId(), 0, 1).isEmpty())
                .isPresent();
        if (keyed && holdsData) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "field 'partition_updates': version '" + version.tableVersion() + "' of table '"
                                    + found.table().namespace() + "."
                                    + found.table().name()
                                    + "' has merge keys and holds data, which a new partition scheme would part from its"
                                    + " updates; truncate it or create a new table version")
                    .with("field", "partition_updates")
                    .with("table_version", version.tableVersion())
                    .asException();
        }
    }
}
