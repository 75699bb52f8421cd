package io.deltacat.client.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.TransactionRef;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read plan shall cover (protocol/data-plane.md §2.1). {@link #CURRENT} asks for everything as of now. Immutable.
 *
 * @param asOf snapshot time in nanoseconds since the epoch, or null for now; not together with {@code transaction}
 * @param columns names of the columns to read, or null for all
 * @param filterPredicate predicate in the filter grammar (§2.2), or null; servers prune files with it and do not filter
 *     rows, so the reader applies it again
 * @param fileOffset number of files to skip, or null for 0: a paging position, not a row offset
 * @param maxFiles number of files in the reply at most, or null for the server's own limit
 * @param includeColumnStats whether files carry their column statistics; null leaves it to the server
 * @param includeFiles false asks for metadata only; null means true
 * @param preferredRoot data root whose replicas the server should name, or null
 * @param partitionFilter partitions to plan, each an object with {@code partition_id} or {@code partition_values}, or null
 *     for all; servers before 0.1.3 ignore it
 * @param transaction transaction whose snapshot and own writes to read, or null
 */
@RecordBuilder
public record PlanRequest(
        @Nullable Long asOf,
        @Nullable List<String> columns,
        @Nullable JsonNode filterPredicate,
        @Nullable Long fileOffset,
        @Nullable Long maxFiles,
        @Nullable Boolean includeColumnStats,
        @Nullable Boolean includeFiles,
        @Nullable String preferredRoot,
        @Nullable List<JsonNode> partitionFilter,
        @Nullable TransactionRef transaction) {
    /** Everything, as of now. */
    public static final PlanRequest CURRENT = PlanRequestBuilder.builder().build();

    /**
     * Copies the lists and checks the combination.
     *
     * @throws IllegalArgumentException if both {@code asOf} and {@code transaction} are given, or a count is out of range
     */
    public PlanRequest {
        if (asOf != null && transaction != null) {
            throw new IllegalArgumentException("Plan request: asOf is " + asOf + " and transaction is '"
                    + transaction.transactionId() + "'; expected one of the two. A transaction has its own snapshot.");
        }
        if (fileOffset != null && fileOffset < 0) {
            throw new IllegalArgumentException("Plan request: fileOffset is " + fileOffset
                    + "; expected 0 or more. Use a reply's nextFileOffset.");
        }
        if (maxFiles != null && maxFiles < 1) {
            throw new IllegalArgumentException(
                    "Plan request: maxFiles is " + maxFiles + "; expected at least 1. Leave it out for no limit.");
        }
        columns = copy(columns);
        partitionFilter = copy(partitionFilter);
    }

    private static <T> @Nullable List<T> copy(@Nullable List<T> list) {
        return list == null ? null : Collections.unmodifiableList(new ArrayList<>(list));
    }
}
