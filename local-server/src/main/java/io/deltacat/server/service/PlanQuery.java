package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.filter.Filter;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read plan is asked for (protocol/data-plane.md §2.1).
 *
 * @param namespace namespace of the table
 * @param table the table
 * @param tableVersion null for the latest
 * @param asOf time of history in nanoseconds; null for the present
 * @param transaction transaction to read in; null for none
 * @param columns columns whose statistics are wanted; null for all
 * @param partitions partitions to keep; null for all
 * @param filter which rows are wanted; null for all
 * @param fileOffset files to leave out at the front
 * @param maxFiles most files to return; null for all
 * @param includeFiles whether files are wanted at all
 * @param includeColumnStats whether file statistics are wanted
 * @param withoutCredentials whether files come without any way to open them
 * @param preferredRoot data root that files should be read from; null for none
 * @param credentialRoots locations for which credentials are wanted besides those of the files
 * @param expectedTableId id that the table must have; null for any
 */
@RecordBuilder
public record PlanQuery(
        String namespace,
        String table,
        @Nullable String tableVersion,
        @Nullable Long asOf,
        @Nullable TransactionReference transaction,
        @Nullable List<String> columns,
        @Nullable List<PartitionChoice> partitions,
        @Nullable Filter filter,
        long fileOffset,
        @Nullable Long maxFiles,
        boolean includeFiles,
        boolean includeColumnStats,
        boolean withoutCredentials,
        @Nullable String preferredRoot,
        List<String> credentialRoots,
        @Nullable String expectedTableId) {
    /** Copies the list. */
    public PlanQuery {
        credentialRoots = List.copyOf(credentialRoots);
    }

    /**
     * A partition to keep; one of the two at least is given, and what is given must fit.
     *
     * @param partitionId its id; null if chosen by values
     * @param partitionValues its values, JSON null for an unpartitioned table; null if chosen by id
     */
    public record PartitionChoice(
            @Nullable String partitionId, @Nullable JsonNode partitionValues) {}
}
