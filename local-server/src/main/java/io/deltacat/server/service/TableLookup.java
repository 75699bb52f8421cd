package io.deltacat.server.service;

import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.TableVersionRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with the version a request means.
 *
 * @param table the table
 * @param version the named version, or the default one
 * @param schema its schema; null for schemaless
 */
record TableLookup(
        TableRow table, TableVersionRow version, @Nullable SchemaSpec schema) {

    /** Finds it, or refuses with what is missing. */
    static TableLookup find(ReadView view, String namespace, String table, @Nullable String tableVersion) {
        TableRow row = view.catalog().table(namespace, table).orElseThrow(() -> Missing.table(namespace, table));
        TableVersionRow version = tableVersion == null
                ? view.catalog()
                        .defaultVersion(row.tableId())
                        .orElseThrow(() -> Missing.defaultVersion(namespace, table))
                : view.catalog()
                        .version(row.tableId(), tableVersion)
                        .orElseThrow(() -> Missing.version(namespace, table, tableVersion));
        return new TableLookup(row, version, schemaOf(view, version));
    }

    /** The schema of a version; null for schemaless. */
    static @Nullable SchemaSpec schemaOf(ReadView view, TableVersionRow version) {
        Long schemaId = version.schemaId();
        if (schemaId == null) {
            return null;
        }
        return view.catalog()
                .schema(version.tableId(), version.tableVersion(), schemaId)
                .orElseThrow(
                        () -> new IllegalStateException("table " + version.tableId() + " has no schema " + schemaId));
    }

    /** The merge keys; empty without schema. */
    List<String> mergeKeys() {
        return schema == null ? List.of() : schema.mergeKeys();
    }
}
