package io.deltacat.client.read.merge;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How the deltas of a table merge.
 *
 * @param schema the table's schema; key and order columns are read with its types
 * @param mergeKeys merge-key columns; empty when no rows replace each other
 * @param orderKeys order among rows of one key and position, most significant first
 * @param maxIndexBytes heap for the key index, 1 or more; a larger index is split by key hash into several passes over the
 *     key columns
 */
public record MergeOptions(Schema schema, List<String> mergeKeys, List<MergeOrderKey> orderKeys, long maxIndexBytes) {

    /** Heap for the key index unless set otherwise. */
    public static final long DEFAULT_MAX_INDEX_BYTES = 256L << 20;

    /** Copies the lists and checks the bound. */
    public MergeOptions {
        mergeKeys = List.copyOf(mergeKeys);
        orderKeys = List.copyOf(orderKeys);
        if (maxIndexBytes < 1) {
            throw new IllegalArgumentException("maxIndexBytes must be 1 or more, got " + maxIndexBytes);
        }
    }
}
