package io.deltacat.server.store;

import io.deltacat.server.machine.StagedDelta;
import java.util.List;

/** Changes of streams, partitions, deltas and manifest entries. */
public interface DeltaWrites {
    /** Adds a stream; pending if a transaction is named, see {@link CatalogWrites}. The row's state key is ignored. */
    void addStream(StreamRow row, String transactionId);

    /**
     * Takes a stream out of its table version; readers of history still see it.
     *
     * @return false if another running transaction replaces it
     */
    boolean removeStream(StreamRow row, String transactionId);

    /** Takes a partition out of its stream with this commit; readers of history still see it. */
    void removePartition(PartitionRow row);

    /** Adds a partition to a stream; its key comes from {@link WriteUnit#newKey}. */
    void addPartition(PartitionRow row);

    /** Adds manifest entries under a delta key. */
    void addEntries(long deltaKey, List<EntryRow> entries);

    /** Adds a delta and the progress its partition makes by it. */
    void addDelta(DeltaRow delta, PartitionProgress progress);

    /** Makes the running totals of a partition those of its deltas. */
    void repairTotals(long partitionKey);

    /** Keeps a delta for its transaction. */
    void stage(String transactionId, StagedDelta delta);

    /** Forgets that a delta is staged; its manifest entries stay. */
    void unstage(long deltaKey);

    /** Removes the manifest entries of a delta that will never be. */
    void removeEntries(long deltaKey);
}
