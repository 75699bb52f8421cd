package io.deltacat.server.store.sqlite;

import com.fasterxml.jackson.core.type.TypeReference;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.SortScheme;
import io.deltacat.server.machine.Lifecycle;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.CatalogReads;
import io.deltacat.server.store.NamespaceRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads of namespaces, tables, versions and schemas. */
final class SqlCatalogReads implements CatalogReads {
    private static final TypeReference<List<SchemaField>> FIELDS = new TypeReference<>() {};
    private static final RowMapper<NamespaceRow> NAMESPACE = (row, context) -> new NamespaceRow(
            row.getLong("state_key"), row.getString("namespace"), StoreJson.properties(row.getString("properties")));
    private static final RowMapper<TableRow> TABLE = (row, context) -> new TableRow(
            row.getLong("state_key"),
            row.getString("table_id"),
            row.getString("namespace"),
            row.getString("table_name"),
            row.getString("description"),
            StoreJson.properties(row.getString("properties")));
    private static final RowMapper<TableVersionRow> VERSION = (row, context) -> new TableVersionRow(
            row.getLong("state_key"),
            row.getString("table_id"),
            row.getString("table_version"),
            row.getLong("version_ordinal"),
            row.getString("description"),
            row.getString("lifecycle_state"),
            Rows.nullableLong(row, "schema_id"),
            StoreJson.readNullable(row.getString("partition_scheme"), PartitionScheme.class),
            StoreJson.readNullable(row.getString("sort_scheme"), SortScheme.class),
            StoreJson.properties(row.getString("properties")),
            StoreJson.names(row.getString("content_types")));

    private static final RowMapper<SchemaSpec> SCHEMA = (row, context) -> new SchemaSpec(
            row.getString("serialized"),
            StoreJson.read(row.getString("fields"), FIELDS),
            StoreJson.names(row.getString("merge_keys")));

    private final Handle handle;
    private final long before;
    private final String transaction;

    SqlCatalogReads(Handle handle, Snapshot snapshot) {
        this.handle = handle;
        this.before = snapshot.before();
        this.transaction = snapshot.transactionId();
    }

    @Override
    public Optional<NamespaceRow> namespace(String name) {
        return Rows.first(
                handle,
                "SELECT * FROM namespace_state WHERE namespace = ? AND " + Visibility.VISIBLE,
                NAMESPACE,
                name,
                before,
                transaction,
                before,
                transaction);
    }

    @Override
    public List<NamespaceRow> namespaces(String afterName, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM namespace_state WHERE namespace > ? AND " + Visibility.VISIBLE
                        + " ORDER BY namespace LIMIT ?",
                NAMESPACE,
                afterName,
                before,
                transaction,
                before,
                transaction,
                limit);
    }

    @Override
    public Optional<TableRow> table(String namespace, String name) {
        return Rows.first(
                handle,
                "SELECT * FROM table_state WHERE namespace = ? AND table_name = ? AND " + Visibility.VISIBLE,
                TABLE,
                namespace,
                name,
                before,
                transaction,
                before,
                transaction);
    }

    @Override
    public List<TableRow> tables(String namespace, String afterName, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM table_state WHERE namespace = ? AND table_name > ? AND " + Visibility.VISIBLE
                        + " ORDER BY table_name LIMIT ?",
                TABLE,
                namespace,
                afterName,
                before,
                transaction,
                before,
                transaction,
                limit);
    }

    @Override
    public Optional<TableVersionRow> defaultVersion(String tableId) {
        return Rows.first(
                handle,
                "SELECT * FROM table_version_state WHERE table_id = ? AND lifecycle_state <> ? AND "
                        + Visibility.VISIBLE
                        + " ORDER BY CASE WHEN lifecycle_state = ? THEN 0 ELSE 1 END, version_ordinal DESC LIMIT 1",
                VERSION,
                tableId,
                Lifecycle.DELETED,
                before,
                transaction,
                before,
                transaction,
                Lifecycle.ACTIVE);
    }

    @Override
    public long highestOrdinal(String tableId) {
        return Rows.first(
                        handle,
                        "SELECT MAX(version_ordinal) FROM table_version_state WHERE table_id = ? AND "
                                + Visibility.VISIBLE,
                        (row, context) -> row.getLong(1),
                        tableId,
                        before,
                        transaction,
                        before,
                        transaction)
                .orElse(0L);
    }

    @Override
    public Optional<TableVersionRow> version(String tableId, String tableVersion) {
        return Rows.first(
                handle,
                "SELECT * FROM table_version_state WHERE table_id = ? AND table_version = ? AND " + Visibility.VISIBLE,
                VERSION,
                tableId,
                tableVersion,
                before,
                transaction,
                before,
                transaction);
    }

    @Override
    public List<TableVersionRow> versions(String tableId, long afterOrdinal, int limit) {
        return Rows.list(
                handle,
                "SELECT * FROM table_version_state WHERE table_id = ? AND version_ordinal > ? AND " + Visibility.VISIBLE
                        + " ORDER BY version_ordinal LIMIT ?",
                VERSION,
                tableId,
                afterOrdinal,
                before,
                transaction,
                before,
                transaction,
                limit);
    }

    @Override
    public Optional<SchemaSpec> schema(String tableId, String tableVersion, long schemaId) {
        return Rows.first(
                handle,
                "SELECT serialized, fields, merge_keys FROM table_schema"
                        + " WHERE table_id = ? AND table_version = ? AND schema_id = ?",
                SCHEMA,
                tableId,
                tableVersion,
                schemaId);
    }

    @Override
    public SortedMap<Long, SchemaSpec> schemas(String tableId, String tableVersion) {
        SortedMap<Long, SchemaSpec> schemas = new TreeMap<>();
        Rows.list(
                        handle,
                        "SELECT schema_id, serialized, fields, merge_keys FROM table_schema"
                                + " WHERE table_id = ? AND table_version = ? AND (created_at < ? OR creating_transaction = ?)",
                        (row, context) -> Map.entry(row.getLong("schema_id"), SCHEMA.map(row, context)),
                        tableId,
                        tableVersion,
                        before,
                        transaction)
                .forEach(schema -> schemas.put(schema.getKey(), schema.getValue()));
        return schemas;
    }

    @Override
    public long highestSchemaId(String tableId, String tableVersion) {
        return Rows.first(
                        handle,
                        "SELECT MAX(schema_id) FROM table_schema WHERE table_id = ? AND table_version = ?",
                        (row, context) -> row.getLong(1),
                        tableId,
                        tableVersion)
                .orElse(0L);
    }

    @Override
    public List<TableVersionRow> history(String tableId, String tableVersion) {
        return Rows.list(
                handle,
                "SELECT * FROM table_version_state WHERE table_id = ? AND table_version = ? AND " + Visibility.CREATED
                        + " ORDER BY state_key",
                VERSION,
                tableId,
                tableVersion,
                before,
                transaction);
    }

    @Override
    public boolean isTableIdUsed(String tableId) {
        return Rows.first(handle, "SELECT 1 FROM table_state WHERE table_id = ? LIMIT 1", (row, context) -> 1, tableId)
                .isPresent();
    }

    @Override
    public List<String> namesTakenFrom(String transactionId) {
        List<String> taken = new ArrayList<>(Rows.list(
                handle,
                "SELECT mine.namespace FROM namespace_state mine JOIN namespace_state other"
                        + " ON other.namespace = mine.namespace WHERE mine.creating_transaction = ?"
                        + " AND other.created_at < ? AND other.removed_at = ?"
                        + " AND (other.removing_transaction IS NULL OR other.removing_transaction <> ?)",
                (row, context) -> row.getString(1),
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId));
        taken.addAll(Rows.list(
                handle,
                "SELECT mine.namespace, mine.table_name FROM table_state mine JOIN table_state other"
                        + " ON other.namespace = mine.namespace AND other.table_name = mine.table_name"
                        + " WHERE mine.creating_transaction = ? AND other.created_at < ? AND other.removed_at = ?"
                        + " AND (other.removing_transaction IS NULL OR other.removing_transaction <> ?)",
                (row, context) -> row.getString(1) + "." + row.getString(2),
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId));
        taken.addAll(Rows.list(
                handle,
                "SELECT mine.table_id, mine.table_version FROM table_version_state mine JOIN table_version_state other"
                        + " ON other.table_id = mine.table_id AND other.table_version = mine.table_version"
                        + " WHERE mine.creating_transaction = ? AND other.created_at < ? AND other.removed_at = ?"
                        + " AND (other.removing_transaction IS NULL OR other.removing_transaction <> ?)",
                (row, context) -> row.getString(1) + ", version " + row.getString(2),
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId));
        taken.addAll(Rows.list(
                handle,
                "SELECT namespace FROM namespace_state WHERE removing_transaction = ? AND removed_at <> ?"
                        + " UNION ALL SELECT table_name FROM table_state WHERE removing_transaction = ? AND removed_at <> ?"
                        + " UNION ALL SELECT table_id FROM table_version_state"
                        + " WHERE removing_transaction = ? AND removed_at <> ?",
                (row, context) -> row.getString(1),
                transactionId,
                Visibility.LIVE,
                transactionId,
                Visibility.LIVE,
                transactionId,
                Visibility.LIVE));
        taken.addAll(withoutNamespace(transactionId));
        return taken;
    }

    /** Tables whose namespace one of two commits removed while the other one made the table. */
    private List<String> withoutNamespace(String transactionId) {
        return Rows.list(
                handle,
                "SELECT mine.namespace, mine.table_name FROM table_state mine WHERE mine.creating_transaction = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM namespace_state home WHERE home.namespace = mine.namespace"
                        + " AND home.removed_at = ? AND (home.created_at < ? OR home.creating_transaction = ?)"
                        + " AND (home.removing_transaction IS NULL OR home.removing_transaction <> ?))"
                        + " UNION ALL SELECT other.namespace, other.table_name FROM table_state other"
                        + " JOIN namespace_state home ON home.namespace = other.namespace"
                        + " WHERE home.removing_transaction = ? AND other.created_at < ? AND other.removed_at = ?"
                        + " AND (other.removing_transaction IS NULL OR other.removing_transaction <> ?)"
                        + " AND NOT EXISTS (SELECT 1 FROM namespace_state again WHERE again.namespace = home.namespace"
                        + " AND again.creating_transaction = ?)",
                (row, context) -> row.getString(1) + "." + row.getString(2),
                transactionId,
                Visibility.LIVE,
                Snapshot.LATEST,
                transactionId,
                transactionId,
                transactionId,
                Snapshot.LATEST,
                Visibility.LIVE,
                transactionId,
                transactionId);
    }
}
