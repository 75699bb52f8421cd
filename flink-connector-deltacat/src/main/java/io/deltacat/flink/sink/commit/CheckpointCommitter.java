package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkCommitterMetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits prepared checkpoints when Flink says that they completed. It never drops one: either it is committed, or an error
 * fails the job and Flink offers it again. Confined to the task's mailbox thread, which it blocks for the commit time-out
 * per checkpoint at most.
 */
@Internal
public final class CheckpointCommitter implements Committer<PreparedCheckpoint> {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCommitter.class);

    private final TransactionPort port;
    private final CommitLoop loop;
    private final OptionalLong restoredCheckpointId;
    private final Counter restaged;
    private final Counter attempts;
    private final Counter conflicts;
    private volatile long lastCommitMillis;
    private volatile long lastSuccessNanos = System.nanoTime();

    /**
     * Creates a committer.
     *
     * @param port server, closed with this committer
     * @param loop what commits one checkpoint through that port
     * @param restoredCheckpointId checkpoint that the job was restored from; empty for a fresh job
     * @param metrics where to report
     */
    public CheckpointCommitter(
            TransactionPort port,
            CommitLoop loop,
            OptionalLong restoredCheckpointId,
            SinkCommitterMetricGroup metrics) {
        this.port = requireNonNull(port, "port");
        this.loop = requireNonNull(loop, "loop");
        this.restoredCheckpointId = requireNonNull(restoredCheckpointId, "restoredCheckpointId");
        this.restaged = metrics.counter("restagedCheckpoints");
        this.attempts = metrics.counter("commitAttempts");
        this.conflicts = metrics.counter("commitConflicts");
        metrics.gauge("lastCommitDurationMs", () -> lastCommitMillis);
        metrics.gauge(
                "secondsSinceLastCommit",
                () -> Duration.ofNanos(System.nanoTime() - lastSuccessNanos).toSeconds());
    }

    @Override
    public void commit(Collection<CommitRequest<PreparedCheckpoint>> requests) throws InterruptedException {
        for (CommitRequest<PreparedCheckpoint> request : requests) {
            PreparedCheckpoint checkpoint = request.getCommittable();
            CommitLoop.Outcome outcome = loop.commit(checkpoint, mayBeCommitted(request));
            lastCommitMillis = outcome.duration().toMillis();
            lastSuccessNanos = System.nanoTime();
            restaged.inc(outcome.stagings());
            attempts.inc(outcome.calls());
            conflicts.inc(outcome.conflicts());
            LOG.info(
                    "Committed sink={} checkpoint={} txn={} files={} before={} restaged={} millis={}",
                    checkpoint.sinkId(),
                    checkpoint.checkpointId(),
                    checkpoint.transaction().transactionId(),
                    checkpoint.fileCount(),
                    outcome.before(),
                    outcome.stagings(),
                    lastCommitMillis);
            if (outcome.before()) {
                request.signalAlreadyCommitted();
            }
        }
    }

    /** A committable from restored state may have been committed by the job that died. */
    private boolean mayBeCommitted(CommitRequest<PreparedCheckpoint> request) {
        return request.getNumberOfRetries() > 0
                || restoredCheckpointId.isPresent()
                        && request.getCommittable().checkpointId() <= restoredCheckpointId.getAsLong();
    }

    @Override
    public void close() {
        port.close();
    }
}
