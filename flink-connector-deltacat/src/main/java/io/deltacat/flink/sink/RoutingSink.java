package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.commit.PreparedCheckpointSerializer;
import io.deltacat.flink.sink.commit.WrittenFiles;
import io.deltacat.flink.sink.commit.WrittenFilesSerializer;
import io.deltacat.flink.sink.writer.DeltaCatWriter;
import io.deltacat.flink.sink.writer.RollingPolicy;
import io.deltacat.flink.sink.writer.RoutedTableSettings;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/**
 * Writes each record to the table that a router names: any number of tables, created and given new columns on the way. All
 * tables of a checkpoint are in one transaction, so readers see all of it or nothing. Commits survive what those of
 * {@link DeltaCatSink} do. Serializable as part of the job graph, never of a checkpoint.
 *
 * @param <T> class of the records
 */
@PublicEvolving
public final class RoutingSink<T>
        implements Sink<T>,
                IdentifiedSink,
                SupportsCommitter<PreparedCheckpoint>,
                SupportsPreWriteTopology<T>,
                SupportsPreCommitTopology<WrittenFiles, PreparedCheckpoint> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String FORMAT = "parquet";

    private final TableRouter<T> router;
    private final DeltaCatConnection connection;
    private final String sinkId;
    private final SinkSpec.Commits commits;
    private final SinkSpec.Rows rows;
    private final SinkSpec.Files files;
    private final SinkSpec.Routing routing;

    RoutingSink(
            TableRouter<T> router,
            DeltaCatConnection connection,
            String sinkId,
            SinkSpec.Rows rows,
            SinkSpec.Files files,
            SinkSpec.Commits commits,
            SinkSpec.Routing routing) {
        this.router = requireNonNull(router, "router");
        this.connection = requireNonNull(connection, "connection");
        this.sinkId = requireNonNull(sinkId, "sinkId");
        this.rows = requireNonNull(rows, "rows");
        this.files = requireNonNull(files, "files");
        this.commits = requireNonNull(commits, "commits");
        this.routing = requireNonNull(routing, "routing");
    }

    private CommitPath commitPath() {
        return new CommitPath(connection, sinkId, commits);
    }

    @Override
    public String sinkId() {
        return sinkId;
    }

    /**
     * Attaches the sink to a stream, with operator ids made from {@link #sinkId}.
     *
     * @param records the records
     * @return the sink in the job, for name and parallelism; its uid is set
     */
    public DataStreamSink<T> addTo(DataStream<T> records) {
        return records.sinkTo(this).uid("deltacat-sink-" + sinkId()).name("DeltaCAT " + sinkId());
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return DeltaCatWriter.open(
                connection.open(),
                sinkId(),
                router,
                new RoutedTableSettings(
                        routing.createTables(),
                        routing.evolution(),
                        rows.mode().deltaMode(),
                        new ParquetFormat(),
                        FORMAT,
                        WriteOptions.defaults().withCodec(files.codec()),
                        new RollingPolicy(
                                files.targetBytes(),
                                files.maxRows(),
                                files.maxAge(),
                                files.maxOpen(),
                                files.memoryBytes()),
                        files.uploadParallelism(),
                        commits.prepareWithin(null),
                        rows.upsertBufferBytes(),
                        rows.invalid() == InvalidRowPolicy.SKIP,
                        routing.maxOpenTables()),
                context);
    }

    /**
     * Spreads records over the writers: one key of a table with merge keys always goes to one writer. Called while the job
     * graph is built, so this is also where impossible jobs are refused.
     *
     * @throws CheckpointingRequired if the input is unbounded and checkpointing is off, unless savepoints are to commit
     * @throws DuplicateSinkId if another sink of the job has the same id
     */
    @Override
    public DataStream<T> addPreWriteTopology(DataStream<T> records) {
        JobGraphInput input = new JobGraphInput(records);
        if (!commits.bySavepoint()) {
            input.requireCheckpointsIfUnbounded(sinkId());
        }
        input.requireOnlySink(this);
        return rows.distribution() == Distribution.NONE
                ? records
                : JobGraphInput.spread(records, new RoutedDistribution<>(router, routing.writersPerTable()));
    }

    @Override
    public SimpleVersionedSerializer<WrittenFiles> getWriteResultSerializer() {
        return new WrittenFilesSerializer();
    }

    @Override
    public DataStream<CommittableMessage<PreparedCheckpoint>> addPreCommitTopology(
            DataStream<CommittableMessage<WrittenFiles>> written) {
        return commitPath().prepared(written);
    }

    @Override
    public Committer<PreparedCheckpoint> createCommitter(CommitterInitContext context) {
        return commitPath().committer(context);
    }

    @Override
    public SimpleVersionedSerializer<PreparedCheckpoint> getCommittableSerializer() {
        return new PreparedCheckpointSerializer();
    }

    /** Prints the id. */
    @Override
    public String toString() {
        return "RoutingSink[id=" + sinkId() + "]";
    }
}
