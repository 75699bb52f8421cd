package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.CommitOrigin;
import io.deltacat.format.file.Codec;
import java.time.Duration;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Collects the options of a {@link DeltaCatSink} and checks them in {@link #build()}. Long, since it has one documented
 * method per option. Not thread-safe.
 */
@PublicEvolving
public final class DeltaCatSinkBuilder {
    /** Longest time to prepare a checkpoint, unless set. Shorter than Flink's default checkpoint time-out. */
    public static final Duration DEFAULT_PREPARE_TIMEOUT = Duration.ofMinutes(2);

    /** Longest time to commit a checkpoint before the job fails and takes it up again, unless set. */
    public static final Duration DEFAULT_COMMIT_TIMEOUT = Duration.ofMinutes(5);

    /** Size at which a file ends, unless set. */
    public static final long DEFAULT_TARGET_FILE_BYTES = 128L << 20;

    /** Files of one writer that are finished at the same time, unless set. */
    public static final int DEFAULT_UPLOAD_PARALLELISM = 2;

    /** Age at which a file ends, unless set. */
    public static final Duration DEFAULT_FILE_ROLL_INTERVAL = Duration.ofMinutes(30);

    /** Files of one writer that are open at the same time, unless set. */
    public static final int DEFAULT_MAX_OPEN_FILES = 1_000;

    /** Bytes that the open files of one writer may hold, unless set. */
    public static final long DEFAULT_OPEN_FILES_MEMORY_BYTES = 256L << 20;

    /** Routed tables of one writer that are open at the same time. */
    public static final int DEFAULT_MAX_OPEN_TABLES = 100;

    /** Bytes of changes that one writer keeps in memory, unless set. */
    public static final long DEFAULT_UPSERT_BUFFER_BYTES = 64L << 20;

    private @Nullable DeltaCatConnection connection;
    private @Nullable TableRef table;
    private @Nullable RowType rowType;
    private @Nullable String sinkId;
    private SinkMode mode = SinkMode.APPEND;
    private Overwrite overwrite = Overwrite.NONE;
    private Codec codec = Codec.ZSTD;
    private Distribution distribution = Distribution.AUTO;
    private @Nullable TableLayout layout;
    private @Nullable Duration prepareTimeout;
    private Duration commitTimeout = DEFAULT_COMMIT_TIMEOUT;
    private long targetFileBytes = DEFAULT_TARGET_FILE_BYTES;
    private long maxRowsPerFile = Long.MAX_VALUE;
    private Duration fileRollInterval = DEFAULT_FILE_ROLL_INTERVAL;
    private int maxOpenFiles = DEFAULT_MAX_OPEN_FILES;
    private long openFilesMemoryBytes = DEFAULT_OPEN_FILES_MEMORY_BYTES;
    private long upsertBufferBytes = DEFAULT_UPSERT_BUFFER_BYTES;
    private int uploadParallelism = DEFAULT_UPLOAD_PARALLELISM;
    private boolean checkTableAtBuild = true;
    private boolean commitsBySavepoint;
    private String commitMessage = CommitOrigin.DEFAULT_MESSAGE;
    private boolean createTableIfMissing;
    private SchemaEvolution evolution = SchemaEvolution.NONE;
    private InvalidRowPolicy invalidRows = InvalidRowPolicy.FAIL;
    private int maxOpenTables = DEFAULT_MAX_OPEN_TABLES;
    private int writersPerTable = Integer.MAX_VALUE;

    DeltaCatSinkBuilder() {}

    /**
     * Sets the server. Required.
     *
     * @param value how to reach it
     * @return this builder
     */
    public DeltaCatSinkBuilder connection(DeltaCatConnection value) {
        connection = requireNonNull(value, "connection");
        return this;
    }

    /**
     * Sets the table. Required; it must exist when the job starts unless {@link #createTableIfMissing} is called.
     *
     * @param value table, with a version or without
     * @return this builder
     */
    public DeltaCatSinkBuilder table(TableRef value) {
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
    public DeltaCatSinkBuilder rowType(RowType value) {
        rowType = requireNonNull(value, "rowType");
        return this;
    }

    /**
     * Sets how rows are added to a table without merge keys. A table that has merge keys is always merged into.
     *
     * @param value mode; {@link SinkMode#APPEND} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder mode(SinkMode value) {
        mode = requireNonNull(value, "mode");
        return this;
    }

    /**
     * Makes the rows take the place of what the table holds. Only for jobs that commit once: in batch mode, or with bounded
     * input and without checkpoints. Of rows with equal merge keys the last one is kept.
     *
     * @param value what they take the place of; {@link Overwrite#NONE} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder overwrite(Overwrite value) {
        overwrite = requireNonNull(value, "overwrite");
        return this;
    }

    /**
     * Sets the identity of the sink. Two sinks of one job that write to one table need different ones; a restored job
     * must keep it.
     *
     * @param value id, not blank; catalog, namespace and table unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder sinkId(String value) {
        sinkId = requireNonNull(value, "sinkId");
        return this;
    }

    /**
     * Sets the compression of files.
     *
     * @param value codec; Zstandard unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder codec(Codec value) {
        codec = requireNonNull(value, "codec");
        return this;
    }

    /**
     * Sets how long preparing one checkpoint may be tried, and how long one file may take to be finished. When it is
     * over the job fails and goes back to its last checkpoint.
     *
     * @param value positive duration below 'execution.checkpointing.timeout'; unless set, {@link
     *     #DEFAULT_PREPARE_TIMEOUT} or half of what a checkpoint may take, whichever is less
     * @return this builder
     */
    public DeltaCatSinkBuilder prepareTimeout(Duration value) {
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
    public DeltaCatSinkBuilder commitTimeout(Duration value) {
        commitTimeout = requireNonNull(value, "commitTimeout");
        return this;
    }

    /**
     * Sets the size at which a file ends and the next one begins. Every checkpoint ends the files too.
     *
     * @param bytes positive size; {@link #DEFAULT_TARGET_FILE_BYTES} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder targetFileSize(long bytes) {
        targetFileBytes = bytes;
        return this;
    }

    /**
     * Sets the number of rows at which a file ends.
     *
     * @param rows positive number; no limit unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder maxRowsPerFile(long rows) {
        maxRowsPerFile = rows;
        return this;
    }

    /**
     * Sets the age at which a file ends. It is looked at when rows come; every checkpoint ends the files too.
     *
     * @param value positive duration; {@link #DEFAULT_FILE_ROLL_INTERVAL} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder fileRollInterval(Duration value) {
        fileRollInterval = requireNonNull(value, "fileRollInterval");
        return this;
    }

    /**
     * Sets how many files one writer may have open at the same time, one per partition. One more ends the file that was not
     * written to for the longest time.
     *
     * @param value 1 or more; {@link #DEFAULT_MAX_OPEN_FILES} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder maxOpenFiles(int value) {
        maxOpenFiles = value;
        return this;
    }

    /**
     * Sets about how many bytes the open files of one writer may hold in memory together. More ends the file that holds
     * most.
     *
     * @param bytes positive size; {@link #DEFAULT_OPEN_FILES_MEMORY_BYTES} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder openFilesMemory(long bytes) {
        openFilesMemoryBytes = bytes;
        return this;
    }

    /**
     * Sets how many bytes of changes one writer of a table with merge keys keeps in memory. Of all changes of a key that are
     * in memory together only the last is written; a full buffer becomes a pair of deltas of the checkpoint's transaction.
     *
     * @param bytes positive size; {@link #DEFAULT_UPSERT_BUFFER_BYTES} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder upsertBufferSize(long bytes) {
        upsertBufferBytes = bytes;
        return this;
    }

    /**
     * Sets how rows are spread over the writers.
     *
     * @param value distribution; {@link Distribution#AUTO} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder distribution(Distribution value) {
        distribution = requireNonNull(value, "distribution");
        return this;
    }

    /**
     * Declares merge keys and partitions of the table: what it is created with if it is missing, and what it must have if it
     * is there. Needed for a table with merge keys that is not looked at while the job is built.
     *
     * @param mergeKeys merge keys, empty for a table that rows are only added to
     * @param partitionColumns columns by whose values the table is partitioned, empty for none
     * @return this builder
     */
    public DeltaCatSinkBuilder layout(List<String> mergeKeys, List<String> partitionColumns) {
        return layout(new TableLayout(
                mergeKeys,
                partitionColumns.stream()
                        .map(column -> new TableLayout.PartitionColumn(column, "identity"))
                        .toList()));
    }

    /**
     * Declares what the table is.
     *
     * @param value merge keys and partitions
     * @return this builder
     */
    @Internal
    public DeltaCatSinkBuilder layout(TableLayout value) {
        layout = requireNonNull(value, "layout");
        return this;
    }

    /**
     * Sets how many files of one writer are finished in the background at the same time. Each may hold a row group in
     * memory.
     *
     * @param value 1 or more; {@link #DEFAULT_UPLOAD_PARALLELISM} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder uploadParallelism(int value) {
        uploadParallelism = value;
        return this;
    }

    /**
     * Sets the message that the server keeps with each transaction.
     *
     * @param template one line with the placeholders <code>{sink}</code>, <code>{job}</code>, <code>{checkpoint}</code>,
     *     <code>{commit}</code> and <code>{tables}</code>
     * @return this builder
     */
    public DeltaCatSinkBuilder commitMessage(String template) {
        commitMessage = requireNonNull(template, "commitMessage");
        return this;
    }

    /**
     * Leaves out the look at the table while the job graph is built, for when the server cannot be reached from there.
     * Writers look at it again when they start.
     *
     * @return this builder
     */
    public DeltaCatSinkBuilder withoutTableCheckAtBuild() {
        checkTableAtBuild = false;
        return this;
    }

    /**
     * Makes the writers create the table, and its namespace, with the columns of the rows if it is not there when they
     * start. A table that is there is left as it is.
     *
     * @return this builder
     */
    public DeltaCatSinkBuilder createTableIfMissing() {
        createTableIfMissing = true;
        return this;
    }

    /**
     * Sets how writers may change the columns of the table when they start, so that it can hold the rows.
     *
     * @param value what may change; {@link SchemaEvolution#NONE} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder schemaEvolution(SchemaEvolution value) {
        evolution = requireNonNull(value, "schemaEvolution");
        return this;
    }

    /**
     * Sets what becomes of a row that the table cannot hold. {@link DeltaCatSink#check} turns such rows into a side output
     * instead.
     *
     * @param value policy; {@link InvalidRowPolicy#FAIL} unless set
     * @return this builder
     */
    public DeltaCatSinkBuilder onInvalidRow(InvalidRowPolicy value) {
        invalidRows = requireNonNull(value, "onInvalidRow");
        return this;
    }

    /**
     * Takes unbounded input also if checkpointing is off. Rows then become visible only when a savepoint is taken, also by
     * stopping the job with one.
     *
     * @return this builder
     */
    public DeltaCatSinkBuilder commitBySavepointOnly() {
        commitsBySavepoint = true;
        return this;
    }

    /**
     * Sets how many routed tables a writer keeps open. One more closes the one that waited longest for a row, which costs a
     * file and, when its next row comes, two requests.
     *
     * @param value 1 or more
     * @return this builder
     */
    public DeltaCatSinkBuilder maxOpenTables(int value) {
        maxOpenTables = value;
        return this;
    }

    /**
     * Sets over how many writers the rows of one routed table are spread. Fewer make fewer and larger files.
     *
     * @param value 1 or more; by default all writers
     * @return this builder
     */
    public DeltaCatSinkBuilder writersPerTable(int value) {
        writersPerTable = value;
        return this;
    }

    /**
     * Checks the options and makes a sink that writes each record to a table of its own. Table, row type, layout and the
     * check while the job is built have no meaning for it. Sends nothing.
     *
     * @param router decides where records go
     * @param <T> class of the records
     * @return the sink
     * @throws IllegalArgumentException naming the option, if one is missing or out of range; the sink's id is required
     */
    public <T> RoutingSink<T> route(TableRouter<T> router) {
        return new RoutingSink<>(
                router,
                required("connection", connection),
                required("sinkId", sinkId),
                rows(),
                files(),
                commits(),
                new SinkSpec.Routing(createTableIfMissing, evolution, maxOpenTables, writersPerTable));
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
                new SinkSpec.Target(
                        target,
                        required("rowType", rowType),
                        layout,
                        checkTableAtBuild,
                        createTableIfMissing,
                        evolution),
                id,
                rows(),
                files(),
                commits()));
    }

    private SinkSpec.Rows rows() {
        return new SinkSpec.Rows(mode, overwrite, distribution, upsertBufferBytes, invalidRows);
    }

    private SinkSpec.Files files() {
        return new SinkSpec.Files(
                codec,
                targetFileBytes,
                maxRowsPerFile,
                fileRollInterval,
                maxOpenFiles,
                openFilesMemoryBytes,
                uploadParallelism);
    }

    private SinkSpec.Commits commits() {
        return new SinkSpec.Commits(prepareTimeout, commitTimeout, commitsBySavepoint, commitMessage);
    }

    private static <T> T required(String option, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("DeltaCatSink: option '" + option
                    + "' is not set; expected a value. Call ." + option + "(...) before build().");
        }
        return value;
    }
}
