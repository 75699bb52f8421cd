package io.deltacat.server.service;

import io.deltacat.server.store.TableRow;
import io.deltacat.server.store.WriteUnit;

/** Removes tables. */
final class TableDrops {
    private TableDrops() {}

    /**
     * Removes a table.
     *
     * @param purge whether its history and files go as well
     */
    static void drop(WriteUnit unit, TableRow row, boolean purge, TransactionScope.Mutation mutation) {
        mutation.requireFree(
                unit.catalog().removeTable(row, mutation.transactionId()), row.namespace() + "." + row.name());
        if (purge) {
            unit.catalog().purgeTable(row.tableId(), mutation.transactionId());
        }
    }
}
