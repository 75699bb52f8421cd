package io.deltacat.server.service;

import io.deltacat.client.filter.Filter;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Refuses plans that name what is not there. Stateless. */
final class PlanChecks {
    private PlanChecks() {}

    static void check(PlanQuery query, TableLookup found, DataRoots roots) {
        List<String> columns = query.columns();
        if (columns != null) {
            requireColumns("columns", columns, query, found);
        }
        Filter filter = query.filter();
        if (filter != null) {
            requireColumns("filter_predicate", filter.columns(), query, found);
        }
        String expected = query.expectedTableId();
        if (expected != null && !expected.equals(found.table().tableId())) {
            throw Refusal.of(
                            RefusalKind.WRONG_STATE,
                            "table '" + query.namespace() + "." + query.table() + "' has id '"
                                    + found.table().tableId() + "', expected_table_id is '" + expected
                                    + "'; it was dropped and created again, describe it anew")
                    .with("field", "expected_table_id")
                    .asException();
        }
        requireRoots(query, roots);
    }

    private static void requireColumns(
            String parameter, Collection<String> columns, PlanQuery query, TableLookup found) {
        SchemaSpec schema = found.schema();
        if (schema == null) {
            return;
        }
        for (String column : columns) {
            if (schema.fields().stream().noneMatch(field -> column.equals(field.name()))) {
                throw Refusal.of(
                                RefusalKind.INVALID_REQUEST,
                                "query parameter '" + parameter + "' names '" + column + "', which table '"
                                        + query.namespace() + "." + query.table()
                                        + "' does not have; describe the table for its columns")
                        .with("field", parameter)
                        .asException();
            }
        }
    }

    /** There is one root, and its files need no credentials: others cannot be preferred, nor credentials given for them. */
    private static void requireRoots(PlanQuery query, DataRoots roots) {
        String preferred = query.preferredRoot();
        if (preferred != null && !preferred.equals(DataRoots.MANAGED_ROOT)) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "query parameter 'preferred_root' is '" + preferred + "'; this server has one data root, '"
                                    + DataRoots.MANAGED_ROOT + "'")
                    .with("field", "preferred_root")
                    .asException();
        }
        for (String root : query.credentialRoots()) {
            Optional<Path> path = DataRoots.localPath(root);
            if (path.isEmpty() || !path.get().startsWith(roots.managedRoot())) {
                throw Refusal.of(
                                RefusalKind.INVALID_REQUEST,
                                "query parameter 'credential_data_root_uris' holds '" + root
                                        + "', which is in no data root of this server; leave it out")
                        .with("field", "credential_data_root_uris")
                        .asException();
            }
        }
    }
}
