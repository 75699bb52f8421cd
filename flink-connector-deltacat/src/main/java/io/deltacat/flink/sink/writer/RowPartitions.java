package io.deltacat.flink.sink.writer;

import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.client.partition.PartitionKeys;
import io.deltacat.format.file.RowAccessor;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Tells the partition of a row, and marks the entries of files with it. Immutable.
 *
 * @param <R> class of the rows
 */
@Internal
interface RowPartitions<R> {
    /**
     * Tells the partition of a row.
     *
     * @param row the row
     * @return the partition's values, comparable by {@code equals}
     */
    List<@Nullable Object> of(R row);

    /**
     * Marks the entry of a file.
     *
     * @param entry entry of a file with rows of one partition
     * @param partition the values of that partition
     * @return the entry as the server wants it
     */
    WriteEntry mark(WriteEntry entry, List<@Nullable Object> partition);

    /**
     * Gives the partitions of a table.
     *
     * @param scheme partition scheme, or null if there is none
     * @param schema columns of the rows
     * @param rows access to the rows
     * @param <R> class of the rows
     * @return how to tell them
     * @throws io.deltacat.client.partition.PartitionTransformException if rows have no partition values by this scheme
     */
    static <R> RowPartitions<R> of(@Nullable PartitionScheme scheme, Schema schema, RowAccessor<R> rows) {
        if (scheme == null || scheme.keys().isEmpty()) {
            return new Unpartitioned<>();
        }
        return new Partitioned<>(
                PartitionKeys.of(scheme, schema, rows),
                scheme.id() == null ? null : scheme.id().asText());
    }

    /** All rows are in one partition that has no values. */
    record Unpartitioned<R>() implements RowPartitions<R> {
        @Override
        public List<@Nullable Object> of(R row) {
            return List.of();
        }

        @Override
        public WriteEntry mark(WriteEntry entry, List<@Nullable Object> partition) {
            return entry;
        }
    }

    /**
     * Rows are in partitions by their values.
     *
     * @param keys computes the values
     * @param schemeId id of the scheme, or null if the server gave none
     */
    record Partitioned<R>(PartitionKeys<R> keys, @Nullable String schemeId) implements RowPartitions<R> {
        @Override
        public List<@Nullable Object> of(R row) {
            return keys.of(row);
        }

        @Override
        public WriteEntry mark(WriteEntry entry, List<@Nullable Object> partition) {
            return WriteEntryBuilder.builder(entry)
                    .partitionValues(partition)
                    .partitionSchemeId(schemeId)
                    .build();
        }
    }
}
