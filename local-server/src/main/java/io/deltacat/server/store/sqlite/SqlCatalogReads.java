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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    public Optional<TableRow> tableById(String tableId) {
        return Rows.first(
                handle,
                "SELECT * FROM table_state WHERE table_id = ? AND " + Visibility.VISIBLE,
                TABLE,
                tableId,
                before,
                transaction,
                before,
                transaction);
    }

    @Override
    public List<String> purgedFiles(int limit) {
        return Rows.list(
                handle,
                "SELECT path FROM purged_file ORDER BY path LIMIT ?",
                (row, context) -> row.getString(1),
                limit);
    }

    @Override
    public boolean isPurged(String path) {
        return Rows.first(handle, "SELECT 1 FROM purged_file WHERE path = ?", (row, context) -> 1, path)
                .isPresent();
    }

    @Override
    public Set<String> purgedFilesInUse() {
        return Set.copyOf(Rows.list(
                handle,
                "SELECT DISTINCT path FROM manifest_entry WHERE path IN (SELECT path FROM purged_file)",
                (row, context) -> row.getString(1)));
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
        return new SqlConflicts(handle).namesTakenFrom(transactionId);
    }
}
