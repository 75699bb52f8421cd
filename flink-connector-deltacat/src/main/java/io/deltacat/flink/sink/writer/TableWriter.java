package io.deltacat.flink.sink.writer;

import io.deltacat.client.TableRef;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.partition.PartitionTransformException;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.flink.sink.RowRefused;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.TableLayout;
import io.deltacat.flink.sink.commit.DeltaMode;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.FinishedFile;
import io.deltacat.flink.types.RowDataAccessor;
import io.deltacat.flink.types.UnwritableValueException;
import io.deltacat.format.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of one table in one parallel writer: it holds the table's location session, and chooses between adding
 * rows and merging changes by what the table is. It makes no request per row, file or checkpoint. Confined to the mailbox
 * thread.
 */
@Internal
final class TableWriter implements RecordWriter<RowData> {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
    private static final int LOGGED_ROWS = 10;

    private final TableRef table;
    private final LocationSession location;
    private final TableRows rows;
    private final Optional<RowCheck> check;
    private long skippedRows;

    private TableWriter(TableRef table, LocationSession location, TableRows rows, Optional<RowCheck> check) {
        this.table = table;
        this.location = location;
        this.rows = rows;
        this.check = check;
    }

    /**
     * Opens a writer: one request for its place to write, and one before to see what the table is if the job does not know.
     *
     * @param settings how the table is written
     * @param runtime what it shares with other tables; stays the caller's
     * @return the writer
     * @throws SchemaDoesNotFit if the table cannot take the rows, or is not what the job was built for
     * @throws io.deltacat.client.DeltaCatException if the server gives no place to write
     */
    static TableWriter open(TableWriterSettings settings, WriterRuntime runtime) {
        return open(settings, runtime, new Beginning("", 0));
    }

    /**
     * How a writer begins that is not the first of its table in its task.
     *
     * @param place end of the name of its place to write; another one for other columns, since a place keeps the columns that
     *     the table had when it was made
     * @param generation first generation of changes until the next barrier
     */
    record Beginning(String place, int generation) {}

    /**
     * As {@link #open(TableWriterSettings, WriterRuntime)}.
     *
     * @param settings how the table is written
     * @param runtime what it shares with other tables; stays the caller's
     * @param beginning how it begins
     * @return the writer
     */
    static TableWriter open(TableWriterSettings settings, WriterRuntime runtime, Beginning beginning) {
        TableLayout layout = settings.layout();
        if (layout == null) {
            TableDescription description = runtime.client().catalog().describeTable(settings.table());
            layout = TableLayout.of(description.mergeKeys(), description.partitionScheme());
        }
        DeltaMode mode = layout.isKeyed() ? DeltaMode.MERGE : settings.addingMode();
        // A place to write needs no more rights than adding does, and must not begin a replacement.
        DeltaTarget place =
                new DeltaTarget(settings.table(), mode.replaces() ? DeltaMode.APPEND : mode, settings.formatName(), 0);
        WriterRuntime.Identity identity = runtime.identity();
        LocationSession location = LocationSession.open(
                new RestLocationPort(
                        runtime.client(),
                        place,
                        "location." + identity.jobId() + "." + identity.sinkId() + "." + identity.subtask() + "."
                                + settings.table() + beginning.place(),
                        identity.sinkId()),
                runtime.heartbeats());
        try {
            return new TableWriter(
                    settings.table(),
                    location,
                    rows(settings, runtime, layout, location, beginning.generation()),
                    settings.skipsInvalidRows()
                            ? Optional.of(checkOf(schemaOf(settings, location)))
                            : Optional.empty());
        } catch (RuntimeException e) {
            location.close();
            throw e;
        }
    }

    private static TableRows rows(
            TableWriterSettings settings,
            WriterRuntime runtime,
            TableLayout layout,
            LocationSession location,
            int firstGeneration) {
        WriteSession opened = location.opened();
        requireSame(settings.table(), layout, TableLayout.of(opened.mergeKeys(), opened.partitionScheme()));
        layout.requireRowsStay(settings.table());
        RowSchema schema = schemaOf(settings, location);
        FileFinisher finisher = new FileFinisher(runtime.uploads(), settings.uploads(), settings.uploadTimeout());
        FilesOfTable files = new FilesOfTable(settings, runtime, location, finisher);
        try {
            if (!layout.isKeyed() || settings.addingMode().replaces()) {
                DeltaTarget target = new DeltaTarget(settings.table(), settings.addingMode(), settings.formatName(), 0);
                boolean leavesFile = target.mode() == DeltaMode.REPLACE
                        && !layout.isPartitioned()
                        && runtime.identity().subtask() == 0;
                return new AddedRows(
                        target, files.of(() -> target, schema.schema(), schema.rows()), finisher, leavesFile);
            }
            RowKeys keys = RowKeys.of(settings.rowType(), layout.mergeKeys());
            Schema ofKeys = keysOf(schema.schema(), layout.mergeKeys());
            return new MergedRows(
                    settings.table(),
                    settings.formatName(),
                    settings.rowType(),
                    keys,
                    settings.upsertBufferBytes(),
                    firstGeneration,
                    finisher,
                    merges -> files.of(merges, schema.schema(), schema.rows()),
                    deletes -> files.of(deletes, ofKeys, new RowDataAccessor(keys.type(), ofKeys)));
        } catch (PartitionTransformException e) {
            throw new SchemaDoesNotFit("Table " + settings.table() + ": " + e.getMessage(), e);
        }
    }

    private static RowSchema schemaOf(TableWriterSettings settings, LocationSession location) {
        WriteSession opened = location.opened();
        return RowSchema.of(settings.table(), opened.schemaSerialized(), opened.schema(), settings.rowType());
    }

    private static RowCheck checkOf(RowSchema schema) {
        return new RowCheck(schema.schema(), schema.rows());
    }

    /** What the files of one table have in common. */
    private record FilesOfTable(
            TableWriterSettings settings, WriterRuntime runtime, LocationSession location, FileFinisher finisher) {
        DataFiles<RowData> of(Supplier<DeltaTarget> target, Schema schema, RowDataAccessor rows) {
            FileNames names =
                    new FileNames(runtime.identity(), settings.format().extension(), runtime.uniqueIds());
            StorageAccess storage = runtime.client().storage();
            return new DataFiles<>(
                    new DataFiles.Setting<>(
                            target,
                            location::location,
                            place -> storage.output(StorageAccess.resolve(place.dataDirectory(), names.next())),
                            file -> settings.format().openAppender(file, schema, rows, settings.writeOptions()),
                            RowPartitions.of(location.opened().partitionScheme(), schema, rows)),
                    finisher,
                    runtime.observer(),
                    settings.policy(),
                    runtime.nanoTime());
        }
    }

    /** Rows are spread over the writers by the layout that the job was built for; another one would mix up their order. */
    private static void requireSame(TableRef table, TableLayout expected, TableLayout actual) {
        if (!expected.equals(actual)) {
            throw new SchemaDoesNotFit(
                    "Table " + table + " has merge keys " + actual.mergeKeys() + " and partitions "
                            + actual.partitions()
                            + "; expected merge keys " + expected.mergeKeys() + " and partitions "
                            + expected.partitions()
                            + ", which the job was built for. Build the job again, or restore the table.",
                    null);
        }
    }

    /** The schema of files that delete: every column, but only the keys have values. */
    private static Schema keysOf(Schema schema, List<String> mergeKeys) {
        List<Field> fields = new ArrayList<>();
        for (Field field : schema.getFields()) {
            fields.add(
                    mergeKeys.contains(field.getName())
                            ? field
                            : new Field(
                                    field.getName(),
                                    new FieldType(true, field.getType(), field.getDictionary(), field.getMetadata()),
                                    field.getChildren()));
        }
        return new Schema(fields, schema.getCustomMetadata());
    }

    @Override
    public boolean write(RowData row) throws InterruptedException {
        if (check.isPresent() && row.getRowKind() != RowKind.DELETE) {
            Optional<String> problem = check.get().problemOf(row);
            if (problem.isPresent()) {
                skip(row.getRowKind(), problem.get());
                return false;
            }
        }
        try {
            rows.write(row);
            return true;
        } catch (UnwritableValueException | FormatException.InvalidRow e) {
            throw refused("row of kind " + row.getRowKind() + ": ", e);
        }
    }

    @Override
    public List<FinishedFile> finish() throws InterruptedException {
        try {
            return rows.finish();
        } catch (UnwritableValueException | FormatException.InvalidRow e) {
            throw refused("", e);
        }
    }

    private void skip(RowKind kind, String problem) {
        skippedRows++;
        if (skippedRows <= LOGGED_ROWS) {
            LOG.warn(
                    "A row was left out ('sink.on-invalid-row' = 'skip'). table={} kind={} left out={} {}",
                    table,
                    kind,
                    skippedRows,
                    problem);
        }
    }

    /** Returns the bytes of memory that rows take which are in no finished file. */
    long heldBytes() {
        return rows.heldBytes();
    }

    /** Returns the number of the generation that the next change belongs to. */
    int generation() {
        return rows.generation();
    }

    /**
     * Turns what is held in memory into files, which go with the others at the next barrier.
     *
     * @throws RowRefused if a row that was kept in memory cannot be held by the table
     * @throws io.deltacat.flink.sink.FileNotWritten if the storage fails
     * @throws InterruptedException if the task is cancelled
     */
    void relieve() throws InterruptedException {
        try {
            rows.relieve();
        } catch (UnwritableValueException | FormatException.InvalidRow e) {
            throw refused("", e);
        }
    }

    private RowRefused refused(String which, RuntimeException cause) {
        return new RowRefused("Table " + table + ": " + which + cause.getMessage(), cause);
    }

    /** Discards open files and lets the session expire; registers and aborts nothing. Idempotent. */
    @Override
    public void close() throws IOException {
        try (location) {
            rows.close();
        }
    }
}
