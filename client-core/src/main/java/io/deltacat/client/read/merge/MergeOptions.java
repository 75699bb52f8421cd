package io.deltacat.client.read.merge;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * How the deltas of a table merge.
 *
 * @param schema the table's schema; key and order columns are read with its types
 * @param mergeKeys merge-key columns; empty when no rows replace each other
 * @param orderKeys order among rows of one key and position, most significant first
 * @param maxIndexBytes heap for the key index and the marks of dead rows, 1 or more, not counting the batches under way and
 *     half as much again while a table grows; a larger index is split by key hash into several passes over the key
 *     columns. The marks take at most one bit per row of the partition, and fail the merge where they alone take more
 */
public record MergeOptions(Schema schema, List<String> mergeKeys, List<MergeOrderKey> orderKeys, long maxIndexBytes) {

    /** Heap for a merge unless set otherwise. */
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
