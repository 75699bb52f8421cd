package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the files of all writers and prepares one transaction per checkpoint, before the barrier goes on; at the end of
 * input, for what is left. Runs with parallelism 1 and has no state: whatever it holds at a barrier is prepared before the
 * barrier and lies in the committer's state from then on. Confined to the task's mailbox thread, which it blocks for the
 * prepare time-out at most.
 */
@Internal
public final class PrepareOperator extends AbstractStreamOperator<CommittableMessage<PreparedCheckpoint>>
        implements OneInputStreamOperator<CommittableMessage<WrittenFiles>, CommittableMessage<PreparedCheckpoint>>,
                BoundedOneInput {
    @Serial
    private static final long serialVersionUID = 1L;

    private final SerializableSupplier<TransactionPort> ports;
    private final String sinkId;
    private final String messageTemplate;
    private final boolean commitsOnce;
    private final Duration timeout;

    private transient @Nullable TransactionPort port;
    private transient @Nullable PrepareLoop prepare;
    private transient @Nullable CheckpointResults results;
    private transient @Nullable Counter preparedCheckpoints;
    private transient @Nullable PreparedCheckpoint previous;
    private transient long completedCheckpoint;
    private transient boolean restored;
    private transient long lastPrepareMillis;
    private transient volatile long inFlightSinceNanos;

    /**
     * Creates the operator.
     *
     * @param ports opens the server when the task starts; this operator closes it
     * @param sinkId identity of the sink in its job
     * @param messageTemplate message of transactions, see {@link CommitOrigin}
     * @param commitsOnce whether the job takes no checkpoints, so that a restarted one begins again with its first row
     * @param timeout longest time to prepare one checkpoint
     */
    public PrepareOperator(
            SerializableSupplier<TransactionPort> ports,
            String sinkId,
            String messageTemplate,
            boolean commitsOnce,
            Duration timeout) {
        this.ports = requireNonNull(ports, "ports");
        this.sinkId = requireNonNull(sinkId, "sinkId");
        this.messageTemplate = requireNonNull(messageTemplate, "messageTemplate");
        this.commitsOnce = commitsOnce;
        this.timeout = requireNonNull(timeout, "timeout");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
        results = new CheckpointResults(context.getRestoredCheckpointId().orElse(0));
    }

    @Override
    public void open() throws Exception {
        super.open();
        RuntimeContext runtime = getRuntimeContext();
        TransactionPort opened = ports.get();
        port = opened;
        prepare = new PrepareLoop(
                opened,
                new SystemPauses(),
                timeout,
                new CommitOrigin(sinkId, runtime.getJobInfo().getJobId().toHexString(), messageTemplate),
                commitsOnce && !restored && runtime.getTaskInfo().getAttemptNumber() > 0,
                () -> UUID.randomUUID().toString());
        preparedCheckpoints = getMetricGroup().counter("preparedCheckpoints");
        getMetricGroup().gauge("lastPrepareDurationMs", () -> lastPrepareMillis);
        getMetricGroup().gauge("inFlightTransactionAgeMs", this::inFlightMillis);
    }

    @Override
    public void processElement(StreamRecord<CommittableMessage<WrittenFiles>> element) {
        CheckpointResults collected = requireNonNull(results, "results");
        CommittableMessage<WrittenFiles> message = element.getValue();
        if (message instanceof CommittableWithLineage<WrittenFiles> result) {
            collected.add(message.getCheckpointId(), result.getCommittable());
        } else {
            collected.announce(message.getCheckpointId());
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        prepareUpTo(checkpointId);
    }

    @Override
    public void endInput() throws Exception {
        prepareUpTo(Long.MAX_VALUE);
    }

    private void prepareUpTo(long barrier) throws InterruptedException {
        for (Map.Entry<Long, List<WrittenFiles>> due :
                requireNonNull(results, "results").takeUpTo(barrier).entrySet()) {
            long startNanos = System.nanoTime();
            Optional<PreparedCheckpoint> prepared = prepare(due.getKey(), due.getValue());
            if (prepared.isPresent()) {
                previous = prepared.get();
                if (inFlightSinceNanos == 0) {
                    inFlightSinceNanos = startNanos;
                }
                lastPrepareMillis =
                        Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
                requireNonNull(preparedCheckpoints, "preparedCheckpoints").inc();
                LOG.info(
                        "Prepared sink={} checkpoint={} txn={} files={} millis={}",
                        sinkId,
                        due.getKey(),
                        prepared.get().transaction().transactionId(),
                        prepared.get().fileCount(),
                        lastPrepareMillis);
            }
            emit(due.getKey(), prepared);
        }
    }

    private Optional<PreparedCheckpoint> prepare(long checkpointId, List<WrittenFiles> results)
            throws InterruptedException {
        PrepareLoop loop = requireNonNull(prepare, "prepare");
        PreparedCheckpoint before = previous;
        // If the checkpoint before was aborted, its commit waits for this one to complete: there is no end to wait for.
        if (!results.isEmpty()
                && before != null
                && before.isOrdered()
                && before.checkpointId() <= completedCheckpoint) {
            loop.awaitEnd(before);
            previous = null;
        }
        return loop.prepare(checkpointId, results);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        completedCheckpoint = Math.max(completedCheckpoint, checkpointId);
        inFlightSinceNanos = 0;
    }

    /** Time since the oldest transaction was begun that no complete checkpoint has handed to its commit yet. */
    private long inFlightMillis() {
        long since = inFlightSinceNanos;
        return since == 0 ? 0 : Duration.ofNanos(System.nanoTime() - since).toMillis();
    }

    private void emit(long checkpointId, Optional<PreparedCheckpoint> prepared) {
        int count = prepared.isPresent() ? 1 : 0;
        output.collect(new StreamRecord<>(new CommittableSummary<>(0, 1, checkpointId, count, 0)));
        prepared.ifPresent(checkpoint ->
                output.collect(new StreamRecord<>(new CommittableWithLineage<>(checkpoint, checkpointId, 0))));
    }

    @Override
    public void close() throws Exception {
        TransactionPort opened = port;
        port = null;
        if (opened != null) {
            opened.close();
        }
        super.close();
    }
}
