package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.DirtyPartitionStats;
import io.deltacat.client.model.PartitionStats;
import io.deltacat.client.model.PartitionStatsRepairRequest;
import io.deltacat.client.model.PartitionStatsRepaired;
import io.deltacat.server.machine.scan.ScanPruning;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Use cases of partition statistics. They are running totals, stored with every delta, so that they are never behind; whether they
 * are those of the deltas can be checked and, if not, put right. Thread-safe.
 */
public final class PartitionStatsService {
    private static final String BACKEND = "local";
    private static final String LIST = "partition-stats";
    private static final int PAGE = 500;

    private final ServiceContext context;
    private final Pages pages;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public PartitionStatsService(ServiceContext context) {
        this.context = context;
        this.pages = new Pages(context, new TransactionScope(context));
    }

    /** Lists the partitions whose statistics are not the sums of their deltas; reads all deltas of the table. */
    public DirtyPartitionStats dirty(String namespace, String table, @Nullable String tableVersion) {
        return context.store().read(Snapshot.latest(), view -> {
            TableLookup found = TableLookup.find(view, namespace, table, tableVersion);
            StreamRow stream = stream(view, found);
            List<Map<String, JsonNode>> dirty = new ArrayList<>();
            long after = 0;
            boolean more = true;
            while (more) {
                List<PartitionRow> page = view.deltas().partitions(stream.streamId(), after, PAGE);
                for (PartitionRow partition : page) {
                    after = partition.partitionKey();
                    Optional<PartitionProgress> progress = view.deltas().progress(after);
                    if (progress.isPresent() && !view.deltas().sums(after).agreesWith(progress.get())) {
                        dirty.add(row(found, partition, progress.get()));
                    }
                }
                more = page.size() == PAGE;
            }
            return new DirtyPartitionStats(
                    namespace, table, found.version().tableVersion(), dirty, List.of(), null, true, false);
        });
    }

    /** Makes the statistics of one partition the sums of its deltas. */
    public PartitionStatsRepaired repair(String namespace, String table, PartitionStatsRepairRequest request) {
        return context.store().write(unit -> {
            ReadView view = unit.view(Snapshot.latest());
            TableLookup found = TableLookup.find(view, namespace, table, request.tableVersion());
            StreamRow stream = stream(view, found);
            PartitionRow partition = partition(view, found, stream, request);
            Optional<PartitionProgress> progress = view.deltas().progress(partition.partitionKey());
            if (progress.isPresent()
                    && !view.deltas().sums(partition.partitionKey()).agreesWith(progress.get())) {
                unit.deltas().repairTotals(partition.partitionKey());
                progress = view.deltas().progress(partition.partitionKey());
            }
            return new PartitionStatsRepaired(
                    namespace,
                    table,
                    true,
                    found.version().tableVersion(),
                    stream.streamId(),
                    partition.partitionId(),
                    progress.map(state -> (JsonNode)
                                    JsonNodeFactory.instance.objectNode().setAll(row(found, partition, state)))
                            .orElse(null));
        });
    }

    /**
     * Lists statistics of partitions.
     *
     * @param filter leaves out partitions that cannot have a row it selects; null for none
     * @param wire the filter as it came, for the reply; null for none
     * @param request which page
     * @return the page; {@code bestEffort} is false, for the statistics are exact
     */
    public PartitionStats query(
            String namespace, String table, @Nullable Filter filter, @Nullable JsonNode wire, PageRequest request) {
        Page<Map<String, JsonNode>> page = pages.page(
                LIST,
                request,
                (view, after, limit) -> {
                    TableLookup found = TableLookup.find(view, namespace, table, null);
                    return rows(view, found, filter, after == null ? 0 : after.afterNumber(), limit);
                },
                row -> Long.toString(row.partition().partitionKey()),
                (view, row) -> row(row.found(), row.partition(), row.progress()));
        return new PartitionStats(
                namespace, table, BACKEND, request.limit(), false, wire, page.nextToken(), page.items());
    }

    private static List<Row> rows(ReadView view, TableLookup found, @Nullable Filter filter, long afterKey, int limit) {
        PlanSchemas schemas = PlanSchemas.of(view, found.version());
        ScanPruning pruning = filter == null
                ? null
                : schemas.columnTypes(found.schema())
                        .map(types -> new ScanPruning(filter, types))
                        .orElse(null);
        PlanPartitions partitions =
                new PlanPartitions(stream(view, found).streamId(), null, pruning, schemas.partitionSchemes());
        List<Row> rows = new ArrayList<>();
        long after = afterKey;
        boolean more = true;
        while (more && rows.size() < limit) {
            List<PartitionRow> page = partitions.page(view, after, PAGE);
            for (PartitionRow partition : page) {
                after = partition.partitionKey();
                Optional<PartitionProgress> progress = view.deltas().progress(after);
                boolean kept = progress.isPresent()
                        && partitions
                                .pruning(partition, progress.get())
                                .map(ScanPruning.OfPartition::mayMatch)
                                .orElse(true);
                if (kept && rows.size() < limit) {
                    rows.add(new Row(found, partition, progress.get()));
                }
            }
            more = page.size() == PAGE;
        }
        return rows;
    }

    private static Map<String, JsonNode> row(TableLookup found, PartitionRow partition, PartitionProgress progress) {
        Map<String, JsonNode> row = new LinkedHashMap<>();
        row.put("table_version", TextNode.valueOf(found.version().tableVersion()));
        row.put("stream_id", TextNode.valueOf(partition.streamId()));
        row.put("partition_id", TextNode.valueOf(partition.partitionId()));
        row.put("partition_values", PartitionValues.tree(partition.partitionValues()));
        String scheme = partition.partitionSchemeId();
        row.put("partition_scheme_id", scheme == null ? JsonNodeFactory.instance.nullNode() : TextNode.valueOf(scheme));
        row.put("delta_count", LongNode.valueOf(progress.revision()));
        row.put("file_count", LongNode.valueOf(progress.entries()));
        row.put("record_count", LongNode.valueOf(progress.records()));
        row.put("content_length", LongNode.valueOf(progress.bytes()));
        return row;
    }

    private static PartitionRow partition(
            ReadView view, TableLookup found, StreamRow stream, PartitionStatsRepairRequest request) {
        String id = request.partitionId();
        if (id != null) {
            return view.deltas().partitionById(stream.streamId(), id).orElseThrow(() -> Missing.partition(id));
        }
        List<@Nullable Object> wanted = request.partitionValues();
        String values = PartitionValues.lookup(PartitionValues.tree(PartitionValues.encode(wanted)), found);
        return view.deltas().partitionsOf(stream.streamId(), values).stream()
                .findFirst()
                .orElseThrow(() -> Missing.partition(values));
    }

    private static StreamRow stream(ReadView view, TableLookup found) {
        return view.deltas()
                .currentStream(found.version().tableId(), found.version().tableVersion())
                .orElseThrow(
                        () -> new IllegalStateException("table " + found.table().tableId() + " has no stream"));
    }

    private record Row(TableLookup found, PartitionRow partition, PartitionProgress progress) {}
}
