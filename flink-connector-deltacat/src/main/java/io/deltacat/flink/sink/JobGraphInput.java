package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.InputFormatOperatorFactory;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.apache.flink.streaming.api.transformations.WithBoundedness;

/**
 * Facts about the job in front of a sink that Flink's public interfaces do not tell: whether it can end, and whether its
 * operators have ids. The only class of the sink that looks at transformations. Used while the job graph is built.
 */
@Internal
final class JobGraphInput {
    private final StreamExecutionEnvironment environment;
    private final Transformation<?> last;

    JobGraphInput(DataStream<?> stream) {
        requireNonNull(stream, "stream");
        this.environment = stream.getExecutionEnvironment();
        this.last = stream.getTransformation();
    }

    /**
     * Refuses a job that would never commit anything.
     *
     * @param sinkId identity of the sink, for the message
     * @throws CheckpointingRequired if a source is known to be unbounded and checkpointing is off
     */
    void requireCheckpointsIfUnbounded(String sinkId) {
        boolean batch = environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        if (!batch && !environment.getCheckpointConfig().isCheckpointingEnabled() && isUnbounded()) {
            throw new CheckpointingRequired(
                    "Sink '" + sinkId + "': 'execution.checkpointing.interval' is not set and the input is unbounded; "
                            + "expected checkpoints, since each of them is one commit and nothing else commits. Set "
                            + "'execution.checkpointing.interval', or read a bounded input.",
                    null);
        }
    }

    /**
     * Refuses a job with two sinks of one id: they would take each other's commits for their own.
     *
     * @param sink the sink that is being built
     * @throws DuplicateSinkId if there is another one
     */
    void requireOnlySink(IdentifiedSink sink) {
        for (Transformation<?> transformation : environment.getTransformations()) {
            if (transformation instanceof SinkTransformation<?, ?> other
                    && other.getSink() instanceof IdentifiedSink another
                    && another != sink
                    && another.sinkId().equals(sink.sinkId())) {
                throw new DuplicateSinkId(
                        "Sink '" + sink.sinkId() + "': the job has another sink with this id, " + another
                                + "; expected an id of its own for each. Set 'sink.id'.",
                        null);
            }
        }
    }

    /**
     * Tells whether a sink has one writer.
     *
     * @param sink the sink that is being built
     * @return true if it is known that it has no more
     */
    boolean hasOneWriter(DeltaCatSink sink) {
        boolean found = false;
        for (Transformation<?> transformation : environment.getTransformations()) {
            if (transformation instanceof SinkTransformation<?, ?> attached && attached.getSink() == sink) {
                if (attached.getParallelism() != 1) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    /**
     * Refuses a job that commits more than once: each commit would take the place of the one before.
     *
     * @param sinkId identity of the sink, for the message
     * @throws IllegalArgumentException if the job takes checkpoints
     */
    void requireOneCommit(String sinkId) {
        if (takesCheckpoints()) {
            throw new IllegalArgumentException("Sink '" + sinkId + "': it overwrites, but the job takes checkpoints "
                    + "('execution.checkpointing.interval'), each of which would replace the rows of the one before; "
                    + "expected a job that commits once. Run it in batch mode.");
        }
    }

    /**
     * Tells how long a checkpoint may take.
     *
     * @return the job's time-out, empty if it takes no checkpoints
     */
    Optional<Duration> checkpointTimeout() {
        return takesCheckpoints()
                ? Optional.of(
                        Duration.ofMillis(environment.getCheckpointConfig().getCheckpointTimeout()))
                : Optional.empty();
    }

    /**
     * Tells whether the job commits while it runs.
     *
     * @return false in batch mode, and if checkpointing is off
     */
    boolean takesCheckpoints() {
        boolean batch = environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        return !batch && environment.getCheckpointConfig().isCheckpointingEnabled();
    }

    /**
     * Spreads elements so that those of one key meet, without making what follows a keyed operator: it needs no state
     * backend, and in batch mode nobody needs to sort.
     *
     * @param stream the elements
     * @param key takes the key out of an element
     * @param <T> class of the elements
     * @return the same elements, exchanged
     */
    static <T> DataStream<T> spread(DataStream<T> stream, KeySelector<T, Integer> key) {
        return new DataStream<>(
                stream.getExecutionEnvironment(), stream.keyBy(key, Types.INT).getTransformation());
    }

    /**
     * Tells whether the writers in front have an id.
     *
     * @return true if the user set one for the sink
     */
    boolean hasUid() {
        Transformation<?> writer = last;
        while (writer instanceof PartitionTransformation) {
            writer = writer.getInputs().get(0);
        }
        return writer.getUid() != null;
    }

    private boolean isUnbounded() {
        Set<Transformation<?>> seen = new LinkedHashSet<>();
        Deque<Transformation<?>> pending = new ArrayDeque<>();
        pending.add(last);
        while (!pending.isEmpty()) {
            Transformation<?> current = pending.remove();
            if (current instanceof WithBoundedness source
                    && source.getBoundedness() == Boundedness.CONTINUOUS_UNBOUNDED
                    && !readsInputFormat(current)) {
                return true;
            }
            for (Transformation<?> input : current.getInputs()) {
                if (seen.add(input)) {
                    pending.add(input);
                }
            }
        }
        return false;
    }

    /** Input formats end by their nature, whatever Flink declares; the planner reads {@code VALUES} through one. */
    private static boolean readsInputFormat(Transformation<?> source) {
        return source instanceof LegacySourceTransformation<?> legacy
                && legacy.getOperatorFactory() instanceof InputFormatOperatorFactory;
    }
}
