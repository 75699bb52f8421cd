package io.deltacat.flink.table;

import io.deltacat.flink.source.DeltaCatSourceBuilder;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How files are cut into splits, handed out and decoded. Immutable.
 *
 * @param splitBytes stored bytes of one split
 * @param batchRows most rows of one batch
 * @param batchBytes bytes of values of one batch, about
 * @param prefetchedBatches batches that wait decoded, or null for Flink's own option
 * @param mergeBytes heap for the merge of one partition
 * @param bytesPerSecond stored bytes handed to readers in a second, or null for no limit
 */
@Internal
record DecodingSettings(
        long splitBytes,
        int batchRows,
        long batchBytes,
        @Nullable Integer prefetchedBatches,
        long mergeBytes,
        @Nullable Long bytesPerSecond) {
    /** Sets all this on a builder. */
    void applyTo(DeltaCatSourceBuilder builder) {
        builder.splitBytes(splitBytes)
                .batchRows(batchRows)
                .batchBytes(batchBytes)
                .mergeBytes(mergeBytes);
        if (prefetchedBatches != null) {
            builder.prefetchedBatches(prefetchedBatches);
        }
        if (bytesPerSecond != null) {
            builder.bytesPerSecond(bytesPerSecond);
        }
    }
}
