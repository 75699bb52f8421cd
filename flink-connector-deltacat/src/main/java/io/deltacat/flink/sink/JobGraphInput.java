package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.InputFormatOperatorFactory;
import org.apache.flink.streaming.api.transformations.LegacySourceTransformation;
import org.apache.flink.streaming.api.transformations.PartitionTransformation;
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
