package io.deltacat.server.store.sqlite;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.CatalogWrites;
import io.deltacat.server.store.NamespaceRow;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Changes of namespaces, tables, versions and schemas. */
final class SqlCatalogWrites implements CatalogWrites {
    private static final List<String> VERSIONED =
            List.of("namespace_state", "table_state", "table_version_state", "stream_state");

    private final Handle handle;
    private final KeyAllocator keys;
    private final long commitTime;
    private final PendingRows pending;
    private final SqlPurge purge;

    SqlCatalogWrites(Handle handle, KeyAllocator keys, long commitTime) {
        this.handle = handle;
        this.keys = keys;
        this.commitTime = commitTime;
        this.pending = new PendingRows(handle, commitTime);
        this.purge = new SqlPurge(handle, commitTime);
    }

    @Override
    public void addNamespace(String name, Map<String, JsonNode> properties, String transactionId) {
        Rows.update(
                handle,
                "INSERT INTO namespace_state (state_key, namespace, properties, created_at, removed_at,"
                        + " creating_transaction) VALUES (?, ?, ?, ?, ?, ?)",
                keys.newKey(),
                name,
                StoreJson.write(properties),
                pending.createdAt(transactionId),
                Visibility.LIVE,
                PendingRows.creator(transactionId));
    }

    @Override
    public boolean replaceNamespace(NamespaceRow row, Map<String, JsonNode> properties, String transactionId) {
        if (!removeNamespace(row, transactionId)) {
            return false;
        }
        addNamespace(row.name(), properties, transactionId);
        return true;
    }

    @Override
    public boolean removeNamespace(NamespaceRow row, String transactionId) {
        return pending.remove("namespace_state", row.stateKey(), transactionId);
    }

    @Override
    public void addTable(TableRow row, String transactionId) {
        Rows.update(
                handle,
                "INSERT INTO table_state (state_key, table_id, namespace, table_name, description, properties,"
                        + " created_at, removed_at, creating_transaction) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                keys.newKey(),
                row.tableId(),
                row.namespace(),
                row.name(),
                row.description(),
                StoreJson.write(row.properties()),
                pending.createdAt(transactionId),
                Visibility.LIVE,
                PendingRows.creator(transactionId));
    }

    @Override
    public boolean removeTable(TableRow row, String transactionId) {
        if (!pending.remove("table_state", row.stateKey(), transactionId)) {
            return false;
        }
        boolean forgotten = Rows.first(
                        handle,
                        "SELECT 1 FROM table_state WHERE table_id = ? LIMIT 1",
                        (found, context) -> 1,
                        row.tableId())
                .isEmpty();
        if (forgotten) { // the same transaction made it: nothing of it was ever there
            for (String table : List.of("table_version_state", "stream_state", "table_schema")) {
                Rows.update(
                        handle,
                        "DELETE FROM " + table + " WHERE table_id = ? AND creating_transaction = ?",
                        row.tableId(),
                        transactionId);
            }
        }
        return true;
    }

    @Override
    public void purgeTable(String tableId, String transactionId) {
        if (transactionId.isEmpty()) {
            purge.purge(tableId);
        } else {
            purge.request(tableId, transactionId);
        }
    }

    @Override
    public void forgetPurged(List<String> paths) {
        purge.forget(paths);
    }

    @Override
    public boolean replaceTable(TableRow row, TableRow next, String transactionId) {
        if (!pending.remove("table_state", row.stateKey(), transactionId)) {
            return false;
        }
        addTable(next, transactionId);
        return true;
    }

    @Override
    public boolean replaceVersion(TableVersionRow row, TableVersionRow next, String transactionId) {
        if (!pending.remove("table_version_state", row.stateKey(), transactionId)) {
            return false;
        }
        addVersion(next, transactionId);
        return true;
    }

    @Override
    public void addVersion(TableVersionRow row, String transactionId) {
        Rows.update(
                handle,
                "INSERT INTO table_version_state (state_key, table_id, table_version, version_ordinal, description,"
                        + " lifecycle_state, schema_id, partition_scheme, sort_scheme, properties, content_types,"
                        + " created_at, removed_at, creating_transaction)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                keys.newKey(),
                row.tableId(),
                row.tableVersion(),
                row.ordinal(),
                row.description(),
                row.lifecycleState(),
                row.schemaId(),
                StoreJson.writeNullable(row.partitionScheme()),
                StoreJson.writeNullable(row.sortScheme()),
                StoreJson.write(row.properties()),
                StoreJson.write(row.contentTypes()),
                pending.createdAt(transactionId),
                Visibility.LIVE,
                PendingRows.creator(transactionId));
    }

    @Override
    public boolean addSchema(
            String tableId, String tableVersion, long schemaId, SchemaSpec schema, String transactionId) {
        return Rows.update(
                        handle,
                        "INSERT INTO table_schema (table_id, table_version, schema_id, serialized, fields, merge_keys,"
                                + " created_at, creating_transaction)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        tableId,
                        tableVersion,
                        schemaId,
                        schema.serialized(),
                        StoreJson.write(schema.fields()),
                        StoreJson.write(schema.mergeKeys()),
                        pending.createdAt(transactionId),
                        PendingRows.creator(transactionId))
                == 1;
    }

    @Override
    public void publish(String transactionId) {
        Rows.update(
                handle,
                "UPDATE table_schema SET created_at = ?, creating_transaction = NULL WHERE creating_transaction = ?",
                commitTime,
                transactionId);
        for (String table : VERSIONED) {
            Rows.update(
                    handle,
                    "UPDATE " + table + " SET created_at = ?, creating_transaction = NULL"
                            + " WHERE creating_transaction = ?",
                    commitTime,
                    transactionId);
            Rows.update(
                    handle,
                    "UPDATE " + table + " SET removed_at = ?, removing_transaction = NULL"
                            + " WHERE removing_transaction = ? AND removed_at = ?",
                    commitTime,
                    transactionId,
                    Visibility.LIVE);
        }
        purge.publish(transactionId);
    }

    @Override
    public void discard(String transactionId) {
        Rows.update(handle, "DELETE FROM table_schema WHERE creating_transaction = ?", transactionId);
        purge.discard(transactionId);
        for (String table : VERSIONED) {
            Rows.update(handle, "DELETE FROM " + table + " WHERE creating_transaction = ?", transactionId);
            Rows.update(
                    handle,
                    "UPDATE " + table + " SET removing_transaction = NULL WHERE removing_transaction = ?",
                    transactionId);
        }
    }
}
