package io.deltacat.flink.source.reader;

import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.client.read.merge.MergeOrderKey;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;

/**
 * How rows of one key replace each other. Immutable; travels in the job graph.
 *
 * @param keys merge-key columns, none for a table whose rows are only added
 * @param orderColumns columns that decide among rows of one key and position, most significant first
 * @param descending for each of them, whether larger values sort first
 * @param maxIndexBytes heap for the merge of one partition
 */
@Internal
public record MergeColumns(List<String> keys, List<String> orderColumns, List<Boolean> descending, long maxIndexBytes)
        implements Serializable {
    /** Nothing replaces anything. */
    public static final MergeColumns NONE =
            new MergeColumns(List.of(), List.of(), List.of(), MergeOptions.DEFAULT_MAX_INDEX_BYTES);

    @Serial
    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public MergeColumns {
        keys = List.copyOf(keys);
        orderColumns = List.copyOf(orderColumns);
        descending = List.copyOf(descending);
        if (orderColumns.size() != descending.size()) {
            throw new IllegalArgumentException(
                    "Order columns %s with directions %s: expected one for each".formatted(orderColumns, descending));
        }
    }

    /**
     * Takes over what the plain client reads from a plan.
     *
     * @param options the client's options
     * @return the same, without the schema
     */
    public static MergeColumns of(MergeOptions options) {
        return new MergeColumns(
                options.mergeKeys(),
                options.orderKeys().stream().map(MergeOrderKey::column).toList(),
                options.orderKeys().stream().map(MergeOrderKey::descending).toList(),
                options.maxIndexBytes());
    }

    /** Returns the plain client's options. */
    MergeOptions options(Schema stored) {
        List<MergeOrderKey> order = new ArrayList<>(orderColumns.size());
        for (int i = 0; i < orderColumns.size(); i++) {
            order.add(new MergeOrderKey(orderColumns.get(i), descending.get(i)));
        }
        return new MergeOptions(stored, keys, order, maxIndexBytes);
    }
}
