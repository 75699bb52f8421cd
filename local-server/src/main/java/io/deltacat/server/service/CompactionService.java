package io.deltacat.server.service;

import io.deltacat.client.model.CompactionStatus;
import io.deltacat.client.model.CompactionSubmitRequest;
import io.deltacat.client.model.CompactionSubmitted;
import io.deltacat.server.machine.CompactionRules;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Use cases of compaction: its state, and asking for it. Thread-safe. */
public final class CompactionService {
    private static final int PAGE = 1_000;

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final Compactor compactor;

    /**
     * The service.
     *
     * @param context what it works with
     * @param compactor does the work
     */
    public CompactionService(ServiceContext context, Compactor compactor) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.compactor = compactor;
    }

    /** Tells how far a table is from its next compaction. */
    public CompactionStatus status(String namespace, String table, @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            TableLookup found = TableLookup.find(view, namespace, table, null);
            CompactionRules.Settings settings = settings(found);
            return new CompactionStatus(
                    table,
                    settings.deltas(),
                    settings.files(),
                    settings.records(),
                    PartitionTotals.of(view, stream(view, found).streamId()).deltas(),
                    settings.levelName());
        });
    }

    /**
     * Asks for compaction of a table's partitions, whatever their counters say.
     *
     * @param request which
     * @return whether the work waits for its turn; it is done in the background
     */
    public CompactionSubmitted submit(CompactionSubmitRequest request) {
        List<Long> keys = context.store().read(Snapshot.latest(), view -> keys(view, request));
        int taken = 0;
        for (long key : keys) {
            if (!compactor.ask(key)) {
                break;
            }
            taken++;
        }
        boolean all = taken == keys.size();
        return new CompactionSubmitted(
                request.namespace(),
                all,
                request.table(),
                "compaction-" + context.newId(),
                all
                        ? keys.size() + " partition(s) wait for compaction"
                        : "only " + taken + " of " + keys.size()
                                + " partitions could be taken, too many wait already; ask again later",
                request.partitionId(),
                request.tableVersion());
    }

    private static List<Long> keys(ReadView view, CompactionSubmitRequest request) {
        TableLookup found = TableLookup.find(view, request.namespace(), request.table(), request.tableVersion());
        String streamId = stream(view, found).streamId();
        String partitionId = request.partitionId();
        if (partitionId != null) {
            PartitionRow partition = view.deltas()
                    .partitionById(streamId, partitionId)
                    .filter(row -> view.deltas().isCurrent(row))
                    .orElseThrow(() -> Missing.partition(partitionId));
            return List.of(partition.partitionKey());
        }
        List<Long> keys = new ArrayList<>();
        long after = 0;
        boolean more = true;
        while (more) {
            List<PartitionRow> page = view.deltas().partitions(streamId, after, PAGE);
            for (PartitionRow partition : page) {
                after = partition.partitionKey();
                keys.add(after);
            }
            more = page.size() == PAGE;
        }
        return keys;
    }

    private static CompactionRules.Settings settings(TableLookup found) {
        return CompactionRules.Settings.of(
                found.version().properties(), found.table().properties());
    }

    private static StreamRow stream(ReadView view, TableLookup found) {
        return view.deltas()
                .currentStream(found.version().tableId(), found.version().tableVersion())
                .orElseThrow(
                        () -> new IllegalStateException("table " + found.table().tableId() + " has no stream"));
    }
}
