package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.writer.RowKeys;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the rows of many tables: rows with one merge key of one table meet in one writer, other rows of a table take turns
 * over as many writers as a table may have. Confined to one thread.
 *
 * @param <T> class of the records
 */
@Internal
final class RoutedDistribution<T> implements KeySelector<T, Integer> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int TABLES_KEPT = 1024;
    private static final int SPREAD = 31;

    private final TableRouter<T> router;
    private final int writersPerTable;
    private int turn;
    private transient @Nullable Map<RoutedTable, RowKeys> keys;
    private transient @Nullable RoutedTable recentTable;
    private transient @Nullable RowKeys recentKeys;

    RoutedDistribution(TableRouter<T> router, int writersPerTable) {
        this.router = requireNonNull(router, "router");
        this.writersPerTable = writersPerTable;
    }

    @Override
    public Integer getKey(T record) {
        RoutedRow routed = router.route(record);
        RoutedTable table = routed.table();
        int row = table.layout().isKeyed() ? keysOf(table).of(routed.row()).hashCode() : turn++;
        return table.table().hashCode() * SPREAD + Math.floorMod(row, writersPerTable);
    }

    private RowKeys keysOf(RoutedTable table) {
        RowKeys recent = recentKeys;
        if (recent != null && table == recentTable) {
            return recent;
        }
        Map<RoutedTable, RowKeys> known = keys;
        if (known == null) {
            known = new LinkedHashMap<>();
            keys = known;
        }
        RowKeys found = known.get(table);
        if (found == null) {
            RowType type = requireNonNull(table.rowType(), "rowType of a table with merge keys");
            found = RowKeys.of(type, table.layout().mergeKeys());
            if (known.size() >= TABLES_KEPT) {
                known.clear();
            }
            known.put(table, found);
        }
        recentTable = table;
        recentKeys = found;
        return found;
    }
}
