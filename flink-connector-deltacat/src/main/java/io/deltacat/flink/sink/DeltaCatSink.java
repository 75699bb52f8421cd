package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.model.TableDescription;
import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.commit.PreparedCheckpointSerializer;
import io.deltacat.flink.sink.commit.WrittenFiles;
import io.deltacat.flink.sink.commit.WrittenFilesSerializer;
import io.deltacat.flink.sink.writer.DeltaCatWriter;
import io.deltacat.flink.sink.writer.RollingPolicy;
import io.deltacat.flink.sink.writer.RowSchema;
import io.deltacat.flink.sink.writer.TableWriterSettings;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.Serial;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreWriteTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.OutputTag;
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
 * the end of its input. Rows are added to a table without merge keys; into one that has them, changes are merged.
 * Serializable as part of the job graph, never of a checkpoint.
 *
 * <p>Use {@link #addTo} to attach it: it gives the operators stable ids, so that a savepoint finds its commits again.
 */
@PublicEvolving
public final class DeltaCatSink
        implements Sink<RowData>,
                IdentifiedSink,
                SupportsCommitter<PreparedCheckpoint>,
                SupportsPreWriteTopology<RowData>,
                SupportsPreCommitTopology<WrittenFiles, PreparedCheckpoint>,
                LineageVertexProvider {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String FORMAT = "parquet";

    private final SinkSpec spec;

    /** What the table is, as it was seen while the job graph was built; then travels with the job. */
    private @Nullable TableLayout layout;

    /** True if rows of a table with merge keys come without an exchange, since there is one writer. */
    private boolean builtForOneWriter;

    DeltaCatSink(SinkSpec spec) {
        this.spec = requireNonNull(spec, "spec");
        this.layout = spec.target().layout();
    }

    /**
     * Starts to configure a sink.
     *
     * @return a builder with all defaults; connection, table and row type must be set
     */
    public static DeltaCatSinkBuilder builder() {
        return new DeltaCatSinkBuilder();
    }

    /**
     * Gives the identity of this sink, from which operator ids and session owners are made.
     *
     * @return the id that was set, else catalog, namespace and table
     */
    @Override
    public String sinkId() {
        return spec.sinkId();
    }

    /**
     * Attaches the sink to a stream, with operator ids made from {@link #sinkId}.
     *
     * @param rows rows of the sink's row type; of every kind if the table has merge keys, else inserted ones
     * @return the sink in the job, for name and parallelism; its uid is set
     */
    public DataStreamSink<RowData> addTo(DataStream<RowData> rows) {
        return rows.sinkTo(this).uid("deltacat-sink-" + spec.sinkId()).name("DeltaCAT " + spec.table());
    }

    /**
     * Divides rows into those that the table can hold, and a side output with the others. Nulls where the table has none and
     * flat values out of range are found, those inside of lists, maps and structs are not.
     *
     * @param rows rows of the sink's row type
     * @param invalid side output for the rows that do not fit
     * @return the rows that fit, to be given to {@link #addTo}, with the side output; its uid is set
     */
    public SingleOutputStreamOperator<RowData> check(DataStream<RowData> rows, OutputTag<RowData> invalid) {
        return rows.process(new InvalidRows(spec, requireNonNull(invalid, "invalid")))
                .returns(rows.getType())
                .setParallelism(rows.getParallelism())
                .name("Check rows for " + spec.table())
                .uid("deltacat-sink-" + spec.sinkId() + ": check");
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        requireOneWriterPerKey(context.getTaskInfo().getNumberOfParallelSubtasks());
        SinkSpec.Target target = spec.target();
        if (target.isMadeReady()) {
            try (DeltaCatClient client = spec.connection().open()) {
                target.makeReady(client);
            }
        }
        SinkSpec.Files files = spec.files();
        return DeltaCatWriter.open(
                spec.connection().open(),
                spec.sinkId(),
                new TableWriterSettings(
                        target.table(),
                        target.rowType(),
                        layout,
                        spec.rows().overwrite().deltaMode(spec.rows().mode()),
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
                        spec.commits().prepareWithin(null),
                        spec.rows().upsertBufferBytes(),
                        spec.rows().invalid() == InvalidRowPolicy.SKIP),
                context);
    }

    /** Who leaves the table unseen while the job is built has to say what it is, or its keys are spread anyhow. */
    private void requireOneWriterPerKey(int writers) {
        if (builtForOneWriter && writers > 1) {
            throw new SchemaDoesNotFit(
                    "Table " + spec.table() + " has merge keys and the job was built for one writer, but it has "
                            + writers + "; expected rows to be spread by key. Set 'sink.distribution' = 'key'.",
                    null);
        }
        if (layout != null || writers == 1 || spec.rows().distribution() == Distribution.NONE) {
            return;
        }
        try (DeltaCatClient client = spec.connection().open()) {
            boolean keyed = client.catalog()
                    .findTable(spec.table())
                    .filter(found -> TableLayout.of(found.mergeKeys(), found.partitionScheme())
                            .isKeyed())
                    .isPresent();
            if (keyed) {
                throw new SchemaDoesNotFit(
                        "Table " + spec.table()
                                + " has merge keys, which the job was built without knowing; expected to "
                                + "know them, so that one key has one of its " + writers
                                + " writers. Call .layout(...), or leave out .withoutTableCheckAtBuild().",
                        null);
            }
        }
    }

    /**
     * Spreads rows over the writers. Called while the job graph is built, so this is also where impossible jobs are refused.
     *
     * @throws CheckpointingRequired if the input is unbounded and checkpointing is off, unless savepoints are to commit
     * @throws DuplicateSinkId if another sink of the job has the same id
     * @throws SchemaDoesNotFit if the table cannot take the rows, unless that check is switched off
     */
    @Override
    public DataStream<RowData> addPreWriteTopology(DataStream<RowData> rows) {
        JobGraphInput input = new JobGraphInput(rows);
        if (!spec.commits().bySavepoint()) {
            input.requireCheckpointsIfUnbounded(spec.sinkId());
        }
        input.requireOnlySink(this);
        if (spec.rows().overwrite() != Overwrite.NONE) {
            input.requireOneCommit(spec.sinkId());
        }
        if (spec.target().checkAtBuild()) {
            lookAtTable();
        }
        TableLayout known = layout;
        if (known == null) {
            requireNoWish();
            return rows;
        }
        known.requireRowsStay(spec.table());
        if (spec.rows().overwrite() == Overwrite.PARTITIONS && !known.isPartitioned()) {
            throw new SchemaDoesNotFit(
                    "Table " + spec.table() + " has no partitions; expected some, since the job overwrites partitions. "
                            + "Overwrite the table.",
                    null);
        }
        Optional<KeySelector<RowData, Integer>> key = RowDistribution.by(
                spec.rows().distribution(), known, spec.table(), spec.target().rowType());
        // With one writer all keys are together anyway, and without an exchange it can run in one thread with its
        // input.
        builtForOneWriter =
                key.isPresent() && spec.rows().distribution() == Distribution.AUTO && input.hasOneWriter(this);
        return key.isEmpty() || builtForOneWriter ? rows : JobGraphInput.spread(rows, key.get());
    }

    private void requireNoWish() {
        Distribution wanted = spec.rows().distribution();
        if (wanted == Distribution.KEY || wanted == Distribution.PARTITION) {
            throw new SchemaDoesNotFit(
                    "Table " + spec.table() + ": option 'sink.distribution' is '" + wanted
                            + "' but the table is not looked at while the job is built; expected to know its keys. Call "
                            + ".layout(...), or leave out .withoutTableCheckAtBuild().",
                    null);
        }
    }

    private void lookAtTable() {
        SinkSpec.Target target = spec.target();
        try (DeltaCatClient client = spec.connection().open()) {
            Optional<TableDescription> found = client.catalog().findTable(target.table());
            if (found.isEmpty() && target.createIfMissing()) {
                LogicalTypes.toSchema(target.rowType());
                layout = target.layout() == null ? new TableLayout(List.of(), List.of()) : target.layout();
                return;
            }
            TableDescription table =
                    found.isPresent() ? found.get() : client.catalog().describeTable(target.table());
            RowSchema.of(target.table(), table, target.rowType(), target.evolution());
            layout = TableLayout.of(table.mergeKeys(), table.partitionScheme());
            if (target.layout() != null && !target.layout().equals(layout)) {
                throw new SchemaDoesNotFit(
                        "Table " + target.table() + " has " + layout + "; expected the declared " + target.layout()
                                + ". Declare what the table has.",
                        null);
            }
        }
    }

    @Override
    public SimpleVersionedSerializer<WrittenFiles> getWriteResultSerializer() {
        return new WrittenFilesSerializer();
    }

    /**
     * Puts the preparing operator between writers and committers.
     *
     * @throws IllegalArgumentException if preparing a checkpoint may take longer than the checkpoint
     */
    @Override
    public DataStream<CommittableMessage<PreparedCheckpoint>> addPreCommitTopology(
            DataStream<CommittableMessage<WrittenFiles>> written) {
        return spec.commitPath().prepared(written);
    }

    @Override
    public Committer<PreparedCheckpoint> createCommitter(CommitterInitContext context) {
        return spec.commitPath().committer(context);
    }

    @Override
    public SimpleVersionedSerializer<PreparedCheckpoint> getCommittableSerializer() {
        return new PreparedCheckpointSerializer();
    }

    @Override
    public LineageVertex getLineageVertex() {
        URI server = spec.connection().uri();
        return new TableLineage(
                server.getScheme() + "://" + server.getAuthority(), spec.table().toString());
    }

    /** Prints table, mode and id. */
    @Override
    public String toString() {
        return "DeltaCatSink[table=" + spec.table() + ", mode=" + spec.rows().mode() + ", id=" + spec.sinkId() + "]";
    }
}
