package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.client.partition.PartitionKeys;
import io.deltacat.flink.sink.writer.RowKeys;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.flink.types.RowDataAccessor;
import java.io.Serial;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** Decides what rows are spread over writers by. Stateless. */
@Internal
final class RowDistribution {
    private RowDistribution() {}

    /**
     * Decides.
     *
     * @param wanted what the user asked for
     * @param layout merge keys and partitions of the table
     * @param table the table, for messages
     * @param rowType type of the rows
     * @return a number by which rows are spread; empty to leave them where they are
     * @throws SchemaDoesNotFit if the table has nothing of the kind that was asked for
     */
    static Optional<KeySelector<RowData, Integer>> by(
            Distribution wanted, TableLayout layout, TableRef table, RowType rowType) {
        return switch (wanted) {
            case NONE -> Optional.empty();
            case AUTO -> layout.isKeyed() ? Optional.of(new ByMergeKeys(rowType, layout)) : Optional.empty();
            case KEY -> {
                require(layout.isKeyed(), table, "key", "merge keys");
                yield Optional.of(new ByMergeKeys(rowType, layout));
            }
            case PARTITION -> {
                require(layout.isPartitioned(), table, "partition", "partitions");
                yield Optional.of(new ByPartition(rowType, layout));
            }
        };
    }

    private static void require(boolean holds, TableRef table, String wanted, String missing) {
        if (!holds) {
            throw new SchemaDoesNotFit(
                    "Table " + table + ": option 'sink.distribution' is '" + wanted + "' but the table has no "
                            + missing + "; expected a table that has them. Set the option to 'auto' or 'none'.",
                    null);
        }
    }

    /** One key always has the same number, in every process. */
    private static final class ByMergeKeys implements KeySelector<RowData, Integer> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final RowType rowType;
        private final TableLayout layout;
        private transient @Nullable RowKeys keys;

        ByMergeKeys(RowType rowType, TableLayout layout) {
            this.rowType = requireNonNull(rowType, "rowType");
            this.layout = requireNonNull(layout, "layout");
            RowKeys.of(rowType, layout.mergeKeys());
        }

        @Override
        public Integer getKey(RowData row) {
            RowKeys known = keys;
            if (known == null) {
                known = RowKeys.of(rowType, layout.mergeKeys());
                keys = known;
            }
            return known.of(row).hashCode();
        }
    }

    /** One partition always has the same number, in every process. */
    private static final class ByPartition implements KeySelector<RowData, Integer> {
        @Serial
        private static final long serialVersionUID = 1L;

        private final RowType rowType;
        private final TableLayout layout;
        private transient @Nullable PartitionKeys<RowData> keys;

        ByPartition(RowType rowType, TableLayout layout) {
            this.rowType = requireNonNull(rowType, "rowType");
            this.layout = requireNonNull(layout, "layout");
            open();
        }

        private PartitionKeys<RowData> open() {
            Schema schema = LogicalTypes.toSchema(rowType);
            return PartitionKeys.of(layout.scheme(), schema, new RowDataAccessor(rowType, schema));
        }

        @Override
        public Integer getKey(RowData row) {
            PartitionKeys<RowData> known = keys;
            if (known == null) {
                known = open();
                keys = known;
            }
            return known.of(row).hashCode();
        }
    }
}
