package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.RetryPolicy;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.CheckpointCommitter;
import io.deltacat.flink.sink.commit.CommitLoop;
import io.deltacat.flink.sink.commit.PrepareOperator;
import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.commit.PreparedCheckpointSerializer;
import io.deltacat.flink.sink.commit.RestTransactionPort;
import io.deltacat.flink.sink.commit.SystemPauses;
import io.deltacat.flink.sink.commit.TransactionPort;
import io.deltacat.flink.sink.commit.WrittenFiles;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What follows the writers of a sink, whatever they write: one transaction per checkpoint. Immutable.
 *
 * @param connection how to reach the server
 * @param sinkId identity of the sink
 * @param commits how checkpoints are committed
 */
@Internal
record CommitPath(DeltaCatConnection connection, String sinkId, SinkSpec.Commits commits) {
    CommitPath {
        requireNonNull(connection, "connection");
        requireNonNull(sinkId, "sinkId");
        requireNonNull(commits, "commits");
    }

    /**
     * Puts the preparing operator between writers and committers.
     *
     * @param written what writers finish
     * @return what committers commit
     * @throws IllegalArgumentException if preparing a checkpoint may take longer than the checkpoint
     */
    DataStream<CommittableMessage<PreparedCheckpoint>> prepared(DataStream<CommittableMessage<WrittenFiles>> written) {
        JobGraphInput input = new JobGraphInput(written);
        DeltaCatConnection server = connection;
        SingleOutputStreamOperator<CommittableMessage<PreparedCheckpoint>> prepared = written.global()
                .transform(
                        "Prepare",
                        CommittableMessageTypeInfo.of(PreparedCheckpointSerializer::new),
                        new PrepareOperator(
                                () -> new RestTransactionPort(server.open(RetryPolicy.NONE)),
                                sinkId,
                                commits.message(),
                                !input.takesCheckpoints() && !commits.bySavepoint(),
                                commits.prepareWithin(input.checkpointTimeout().orElse(null))))
                .setParallelism(1)
                .setMaxParallelism(1);
        // Flink wants all operators of a sink to have ids or none.
        if (input.hasUid()) {
            prepared.uid("prepare");
        }
        return prepared.global();
    }

    /** Makes the committer of a task. */
    Committer<PreparedCheckpoint> committer(CommitterInitContext context) {
        TransactionPort port = new RestTransactionPort(connection.open(RetryPolicy.NONE));
        return new CheckpointCommitter(
                port,
                new CommitLoop(port, new SystemPauses(), commits.commitTimeout()),
                context.getRestoredCheckpointId(),
                context.metricGroup());
    }
}
