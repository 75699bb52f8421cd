package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.CheckpointCommitter;
import io.deltacat.flink.sink.commit.CommitLoop;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.PrepareOperator;
import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.commit.PreparedCheckpointSerializer;
import io.deltacat.flink.sink.commit.RestTransactionPort;
import io.deltacat.flink.sink.commit.SystemPauses;
import io.deltacat.flink.sink.commit.TransactionPort;
import io.deltacat.flink.sink.commit.WrittenFiles;
import io.deltacat.flink.sink.commit.WrittenFilesSerializer;
import io.deltacat.flink.sink.writer.DeltaCatWriter;
import io.deltacat.flink.sink.writer.MissingTable;
import io.deltacat.flink.sink.writer.RowSchema;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.Serial;
import java.time.Duration;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to one DeltaCAT table; each checkpoint becomes one transaction, whole or not at all, exactly once.
 *
 * <pre>
 * writers ── files ──► prepare (1) ── open transaction with all files ──► barrier, checkpoint completes ──► commit (1 request)
 * </pre>
 *
 * <p>A checkpoint completes only after the server has accepted its files, so a completed one can be committed. Commits
 * survive lost replies, server outages, expired transactions and job failures. A job without checkpoints commits once, at
 * the end of its input. Immutable; serializable as part of the job graph, never of a checkpoint.
 *
 * <p>Use {@link #addTo} to attach it: it gives the operators stable ids, so that a savepoint finds its commits again. The
 * file is long for the builder's sake, which has one documented method per option.
 */
@PublicEvolving
public final class DeltaCatSink
        implements Sink<RowData>,
                SupportsCommitter<PreparedCheckpoint>,
                SupportsPreCommitTopology<WrittenFiles, PreparedCheckpoint> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String FORMAT = "parquet";

    private final SinkSpec spec;

    DeltaCatSink(SinkSpec spec) {
        this.spec = requireNonNull(spec, "spec");
    }

    /**
     * Starts to configure a sink.
     *
     * @return a builder with all defaults; connection, table and row type must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Gives the identity of this sink, from which operator ids and session owners are made.
     *
     * @return the id that was set, else catalog, namespace and table
     */
    public String sinkId() {
        return spec.sinkId();
    }

    /**
     * Attaches the sink to a stream, with operator ids made from {@link #sinkId}.
     *
     * @param rows insert-only rows of the sink's row type
     * @return the sink in the job, for name and parallelism; its uid is set
     */
    public DataStreamSink<RowData> addTo(DataStream<RowData> rows) {
        return rows.sinkTo(this).uid("deltacat-sink-" + spec.sinkId()).name("DeltaCAT " + spec.table());
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        if (spec.createTableIfMissing()) {
            try (DeltaCatClient client = spec.connection().open()) {
                MissingTable.createIfMissing(client, spec.table(), spec.rowType());
            }
        }
        return DeltaCatWriter.open(
                spec.connection().open(),
                new DeltaCatWriter.Settings(
                        spec.sinkId(),
                        new DeltaTarget(spec.table(), spec.mode().deltaMode(), FORMAT, 0),
                        spec.rowType(),
                        new ParquetFormat(),
                        WriteOptions.defaults().withCodec(spec.codec()),
                        spec.targetFileBytes(),
                        spec.uploadParallelism(),
                        spec.prepareTimeout()),
                context);
    }

    @Override
    public SimpleVersionedSerializer<WrittenFiles> getWriteResultSerializer() {
        return new WrittenFilesSerializer();
    }

    /**
     * Puts the preparing operator between writers and committers. Called while the job graph is built, so this is also
     * where impossible jobs are refused.
     *
     * @throws CheckpointingRequired if the input is unbounded and checkpointing is off, unless savepoints are to commit
     * @throws SchemaDoesNotFit if the table cannot take the rows, unless that check is switched off
     */
    @Override
    public DataStream<CommittableMessage<PreparedCheckpoint>> addPreCommitTopology(
            DataStream<CommittableMessage<WrittenFiles>> written) {
        JobGraphInput input = new JobGraphInput(written);
        if (!spec.commitsBySavepoint()) {
            input.requireCheckpointsIfUnbounded(spec.sinkId());
        }
        if (spec.checkTableAtBuild()) {
            checkTable();
        }
        DeltaCatConnection connection = spec.connection();
        SingleOutputStreamOperator<CommittableMessage<PreparedCheckpoint>> prepared = written.global()
                .transform(
                        "Prepare",
                        CommittableMessageTypeInfo.of(PreparedCheckpointSerializer::new),
                        new PrepareOperator(
                                () -> new RestTransactionPort(connection.open(RetryPolicy.NONE)),
                                spec.sinkId(),
                                spec.prepareTimeout()))
                .setParallelism(1)
                .setMaxParallelism(1);
        // Flink wants all operators of a sink to have ids or none.
        if (input.hasUid()) {
            prepared.uid("prepare");
        }
        return prepared.global();
    }

    private void checkTable() {
        try (DeltaCatClient client = spec.connection().open()) {
            if (spec.createTableIfMissing() && !client.catalog().tableExists(spec.table())) {
                LogicalTypes.toSchema(spec.rowType());
            } else {
                RowSchema.ofTable(client, spec.table(), spec.rowType());
            }
        }
    }

    @Override
    public Committer<PreparedCheckpoint> createCommitter(CommitterInitContext context) {
        TransactionPort port = new RestTransactionPort(spec.connection().open(RetryPolicy.NONE));
        return new CheckpointCommitter(
                port,
                new CommitLoop(port, new SystemPauses(), spec.commitTimeout()),
                context.getRestoredCheckpointId(),
                context.metricGroup());
    }

    @Override
    public SimpleVersionedSerializer<PreparedCheckpoint> getCommittableSerializer() {
        return new PreparedCheckpointSerializer();
    }

    /** Prints table, mode and id. */
    @Override
    public String toString() {
        return "DeltaCatSink[table=" + spec.table() + ", mode=" + spec.mode() + ", id=" + spec.sinkId() + "]";
    }

    /** Collects the options of a {@link DeltaCatSink}. Not thread-safe. */
    @PublicEvolving
    public static final class Builder {
        /** Longest time to prepare a checkpoint, unless set. Shorter than Flink's default checkpoint time-out. */
        public static final Duration DEFAULT_PREPARE_TIMEOUT = Duration.ofMinutes(2);

        /** Longest time to commit a checkpoint before the job fails and takes it up again, unless set. */
        public static final Duration DEFAULT_COMMIT_TIMEOUT = Duration.ofMinutes(5);

        /** Size at which a file ends, unless set. */
        public static final long DEFAULT_TARGET_FILE_BYTES = 128L << 20;

        /** Files of one writer that are finished at the same time, unless set. */
        public static final int DEFAULT_UPLOAD_PARALLELISM = 2;

        private @Nullable DeltaCatConnection connection;
        private @Nullable TableRef table;
        private @Nullable RowType rowType;
        private @Nullable String sinkId;
        private SinkMode mode = SinkMode.APPEND;
        private Codec codec = Codec.ZSTD;
        private Duration prepareTimeout = DEFAULT_PREPARE_TIMEOUT;
        private Duration commitTimeout = DEFAULT_COMMIT_TIMEOUT;
        private long targetFileBytes = DEFAULT_TARGET_FILE_BYTES;
        private int uploadParallelism = DEFAULT_UPLOAD_PARALLELISM;
        private boolean checkTableAtBuild = true;
        private boolean commitsBySavepoint;
        private boolean createTableIfMissing;

        private Builder() {}

        /**
         * Sets the server. Required.
         *
         * @param value how to reach it
         * @return this builder
         */
        public Builder connection(DeltaCatConnection value) {
            connection = requireNonNull(value, "connection");
            return this;
        }

        /**
         * Sets the table. Required; it must exist when the job starts unless {@link #createTableIfMissing} is called.
         *
         * @param value table, with a version or without
         * @return this builder
         */
        public Builder table(TableRef value) {
            table = requireNonNull(value, "table");
            return this;
        }

        /**
         * Sets the type of the rows. Required. Columns are matched by name; nullable columns of the table that it lacks are
         * written as null.
         *
         * @param value type of every row
         * @return this builder
         */
        public Builder rowType(RowType value) {
            rowType = requireNonNull(value, "rowType");
            return this;
        }

        /**
         * Sets how rows are added.
         *
         * @param value mode; {@link SinkMode#APPEND} unless set
         * @return this builder
         */
        public Builder mode(SinkMode value) {
            mode = requireNonNull(value, "mode");
            return this;
        }

        /**
         * Sets the identity of the sink. Two sinks of one job that write to one table need different ones; a restored job
         * must keep it.
         *
         * @param value id, not blank; catalog, namespace and table unless set
         * @return this builder
         */
        public Builder sinkId(String value) {
            sinkId = requireNonNull(value, "sinkId");
            return this;
        }

        /**
         * Sets the compression of files.
         *
         * @param value codec; Zstandard unless set
         * @return this builder
         */
        public Builder codec(Codec value) {
            codec = requireNonNull(value, "codec");
            return this;
        }

        /**
         * Sets how long preparing one checkpoint may be tried, and how long one file may take to be finished. When it is
         * over the job fails and goes back to its last checkpoint.
         *
         * @param value positive duration, below the checkpoint time-out; {@link #DEFAULT_PREPARE_TIMEOUT} unless set
         * @return this builder
         */
        public Builder prepareTimeout(Duration value) {
            prepareTimeout = requireNonNull(value, "prepareTimeout");
            return this;
        }

        /**
         * Sets how long committing one checkpoint may be tried. When it is over the job fails, restarts, and tries again;
         * nothing is lost.
         *
         * @param value positive duration; {@link #DEFAULT_COMMIT_TIMEOUT} unless set
         * @return this builder
         */
        public Builder commitTimeout(Duration value) {
            commitTimeout = requireNonNull(value, "commitTimeout");
            return this;
        }

        /**
         * Sets the size at which a file ends and the next one begins. Every checkpoint ends the files too.
         *
         * @param bytes positive size; {@link #DEFAULT_TARGET_FILE_BYTES} unless set
         * @return this builder
         */
        public Builder targetFileSize(long bytes) {
            targetFileBytes = bytes;
            return this;
        }

        /**
         * Sets how many files of one writer are finished in the background at the same time. Each may hold a row group in
         * memory.
         *
         * @param value 1 or more; {@link #DEFAULT_UPLOAD_PARALLELISM} unless set
         * @return this builder
         */
        public Builder uploadParallelism(int value) {
            uploadParallelism = value;
            return this;
        }

        /**
         * Leaves out the look at the table while the job graph is built, for when the server cannot be reached from there.
         * Writers look at it again when they start.
         *
         * @return this builder
         */
        public Builder withoutTableCheckAtBuild() {
            checkTableAtBuild = false;
            return this;
        }

        /**
         * Makes the writers create the table, and its namespace, with the columns of the rows if it is not there when they
         * start. A table that is there is left as it is.
         *
         * @return this builder
         */
        public Builder createTableIfMissing() {
            createTableIfMissing = true;
            return this;
        }

        /**
         * Takes unbounded input also if checkpointing is off. Rows then become visible only when a savepoint is taken, also by
         * stopping the job with one.
         *
         * @return this builder
         */
        public Builder commitBySavepointOnly() {
            commitsBySavepoint = true;
            return this;
        }

        /**
         * Checks the options and makes the sink. Sends nothing.
         *
         * @return the sink
         * @throws IllegalArgumentException naming the option, if one is missing or out of range
         */
        public DeltaCatSink build() {
            DeltaCatConnection server = required("connection", connection);
            TableRef target = required("table", table);
            String id = sinkId == null ? server.catalogName().orElse("default") + "." + target : sinkId;
            return new DeltaCatSink(new SinkSpec(
                    server,
                    target,
                    required("rowType", rowType),
                    mode,
                    id,
                    codec,
                    prepareTimeout,
                    commitTimeout,
                    targetFileBytes,
                    uploadParallelism,
                    checkTableAtBuild,
                    commitsBySavepoint,
                    createTableIfMissing));
        }

        private static <T> T required(String option, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException("DeltaCatSink: option '" + option
                        + "' is not set; expected a value. Call ." + option + "(...) before build().");
            }
            return value;
        }
    }
}
