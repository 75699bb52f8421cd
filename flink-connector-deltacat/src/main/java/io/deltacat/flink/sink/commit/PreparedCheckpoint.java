package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TransactionRef;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * The committable: everything one checkpoint wrote, attached to one open transaction. Its identity is fixed when it is
 * prepared and travels inside it; nothing of it is recomputed from a running job. It holds no credentials. Immutable.
 *
 * @param sinkId identity of the sink in its job, also the owner of its keyed sessions
 * @param checkpointId Flink checkpoint that the files belong to
 * @param commitId random id of this commit, the root of all its write keys
 * @param message message of its transaction, and of any other that it may need
 * @param transaction transaction with the files attached, at the version after the last attach
 * @param deltas deltas of the transaction in the order they were attached; not empty
 */
@Internal
public record PreparedCheckpoint(
        String sinkId,
        long checkpointId,
        String commitId,
        String message,
        TransactionRef transaction,
        List<StagedDelta> deltas) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is nothing to commit
     */
    public PreparedCheckpoint {
        requireNonNull(sinkId, "sinkId");
        requireNonNull(commitId, "commitId");
        requireNonNull(message, "message");
        requireNonNull(transaction, "transaction");
        deltas = List.copyOf(deltas);
        if (deltas.isEmpty()) {
            throw new IllegalArgumentException("Checkpoint " + checkpointId
                    + " has no deltas; expected at least one. Prepare only checkpoints that wrote files.");
        }
    }

    /**
     * Counts the files.
     *
     * @return number of files in all deltas
     */
    public int fileCount() {
        return deltas.stream().mapToInt(delta -> delta.entries().size()).sum();
    }

    /**
     * Tells whether another ordered delta could make this commit lose a race.
     *
     * @return true if a delta is ordered
     */
    boolean isOrdered() {
        return deltas.stream().anyMatch(delta -> delta.target().mode().isOrdered());
    }

    /** Prints ids and counts, not the files. */
    @Override
    public String toString() {
        return "PreparedCheckpoint[sink=" + sinkId + ", checkpoint=" + checkpointId + ", commit=" + commitId + ", txn="
                + transaction.transactionId() + ", deltas=" + deltas.size() + ", files=" + fileCount() + "]";
    }
}
