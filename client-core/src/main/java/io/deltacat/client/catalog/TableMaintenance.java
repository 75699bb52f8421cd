package io.deltacat.client.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.http.Repeatability;
import io.deltacat.client.http.WireCall;
import io.deltacat.client.http.WireClient;
import io.deltacat.client.model.CompactionStatus;
import io.deltacat.client.model.CompactionSubmitRequest;
import io.deltacat.client.model.CompactionSubmitted;
import io.deltacat.client.model.DirtyPartitionStats;
import io.deltacat.client.model.InlineWriteRequest;
import io.deltacat.client.model.InlineWritten;
import io.deltacat.client.model.PartitionStats;
import io.deltacat.client.model.PartitionStatsQuery;
import io.deltacat.client.model.PartitionStatsRepairRequest;
import io.deltacat.client.model.PartitionStatsRepaired;
import io.deltacat.client.model.PreviewRows;
import io.deltacat.client.model.RetentionSubmitRequest;
import io.deltacat.client.model.SystemJobSubmitted;
import io.deltacat.client.write.WriteMode;
import org.jspecify.annotations.Nullable;

/**
 * Calls that look after the data of one table; obtained from {@code catalog().maintenance(table)}. Each method is one request,
 * blocks up to the client's request time-out per attempt, and throws a {@link io.deltacat.client.DeltaCatException}: {@link
 * io.deltacat.client.NotFound} if the table is missing. Mutations are sent once. Thread-safe and immutable.
 */
public final class TableMaintenance {
    private final WireClient wire;
    private final TableRef table;
    private final @Nullable TransactionRef transaction;

    TableMaintenance(WireClient wire, TableRef table, @Nullable TransactionRef transaction) {
        this.wire = wire;
        this.table = requireNonNull(table, "table");
        this.transaction = transaction;
    }

    /**
     * Has the server read some rows, for people to look at.
     *
     * @param limit rows at most, positive
     * @param filter what rows have to satisfy, or null for any
     * @return the rows
     */
    public PreviewRows preview(int limit, @Nullable Filter filter) {
        return wire.send(
                read("GET", "preview")
                        .query("table_version", table.tableVersion())
                        .query("limit", limit)
                        .query("filter_predicate", filter == null ? null : text(filter.toJson())),
                PreviewRows.class);
    }

    /**
     * Has the server write a few rows that travel in the request itself.
     *
     * @param mode what the write does
     * @param columns JSON object of columns, each an array of values
     * @return what was written
     */
    public InlineWritten writeInline(WriteMode mode, JsonNode columns) {
        return wire.send(
                mutation("POST", "write")
                        .query("table_version", table.tableVersion())
                        .query("mode", mode.wireName())
                        .body(new InlineWriteRequest(columns, null)),
                InlineWritten.class,
                reply -> Refusals.ofFlag(reply.written(), "nothing was written to table '" + table + "'"));
    }

    /**
     * Tells how much there is to merge and when the table is compacted.
     *
     * @return counts and triggers
     */
    public CompactionStatus compactionStatus() {
        return wire.send(scoped(read("GET", "compact")), CompactionStatus.class);
    }

    /**
     * Asks for a compaction. It runs later and does not disturb readers or writers.
     *
     * @param partitionId the partition, or null for all that need it
     * @return whether there is a job, and which
     */
    public CompactionSubmitted compact(@Nullable String partitionId) {
        CompactionSubmitRequest request =
                new CompactionSubmitRequest(table.namespace(), table.table(), table.tableVersion(), partitionId, null);
        return wire.send(
                inCatalog(WireCall.of("POST", Repeatability.ONCE, "v1", "jobs", "submit", "compaction"))
                        .body(request),
                CompactionSubmitted.class);
    }

    /**
     * Asks for old contents to be removed.
     *
     * @param request what to remove; its namespace and table are set to this table's
     * @return whether there is a job, and which
     */
    public SystemJobSubmitted applyRetention(RetentionSubmitRequest request) {
        RetentionSubmitRequest own = new RetentionSubmitRequest(
                request.dryRun(),
                table.namespace(),
                table.table(),
                request.retentionCount(),
                request.retentionDays(),
                request.dataRoot(),
                request.maxParallelism(),
                request.sequential());
        return wire.send(
                inCatalog(WireCall.of("POST", Repeatability.ONCE, "v1", "jobs", "submit", "retention"))
                        .body(own),
                SystemJobSubmitted.class);
    }

    /**
     * Asks for statistics by partition.
     *
     * @param query which partitions, and how many at a time
     * @return a page; its {@code nextToken} is the next query's {@code afterToken}
     */
    public PartitionStats partitionStats(PartitionStatsQuery query) {
        return wire.send(
                inCatalog(WireCall.of("POST", Repeatability.READ, path("partition-stats", "query")))
                        .body(query),
                PartitionStats.class);
    }

    /**
     * Lists the partitions whose statistics are stale.
     *
     * @return the partitions, and the work that waits
     */
    public DirtyPartitionStats dirtyPartitionStats() {
        return wire.send(
                read("GET", "partition-stats", "dirty").query("table_version", table.tableVersion()),
                DirtyPartitionStats.class);
    }

    /**
     * Has the statistics of a partition counted anew.
     *
     * @param request the partition
     * @return the new statistics
     */
    public PartitionStatsRepaired repairPartitionStats(PartitionStatsRepairRequest request) {
        return wire.send(
                inCatalog(WireCall.of("POST", Repeatability.ONCE, path("partition-stats", "repair")))
                        .body(request),
                PartitionStatsRepaired.class);
    }

    private WireCall read(String method, String... more) {
        return inCatalog(WireCall.of(method, Repeatability.READ, path(more)));
    }

    private WireCall mutation(String method, String... more) {
        return scoped(inCatalog(WireCall.of(method, Repeatability.ONCE, path(more))))
                .query("operation_id", OperationIds.random());
    }

    private WireCall inCatalog(WireCall call) {
        return call.query("catalog", wire.options().catalog());
    }

    private WireCall scoped(WireCall call) {
        if (transaction != null) {
            call.query("transaction_id", transaction.transactionId())
                    .query("transaction_version", transaction.transactionVersion());
        }
        return call;
    }

    private String[] path(String... more) {
        String[] head = {"v1", "namespaces", table.namespace(), "tables", table.table()};
        String[] path = new String[head.length + more.length];
        System.arraycopy(head, 0, path, 0, head.length);
        System.arraycopy(more, 0, path, head.length, more.length);
        return path;
    }

    private String text(JsonNode value) {
        try {
            return wire.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("query value cannot be written as JSON: " + value, e);
        }
    }
}
