package io.deltacat.flink.source.reader;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.read.file.FilteredBatch;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.read.merge.MergeDelta;
import io.deltacat.client.read.merge.MergeException;
import io.deltacat.client.read.merge.MergeFile;
import io.deltacat.client.read.merge.PartitionMerge;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.SourceMetadata;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.MergedFile;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** Opens the rows of splits that are left to read. Confined to the fetcher thread. */
@Internal
final class SplitFiles {
    private final StoredFiles files;
    private final ReadSpec spec;
    private final Schema stored;
    private final ReadOptions limits;
    private final ReadOptions ofData;
    private final ReadOptions ofDeletes;

    /**
     * Builds an opener.
     *
     * @param files opens data files
     * @param spec what to read
     */
    SplitFiles(StoredFiles files, ReadSpec spec) {
        this.files = files;
        this.spec = spec;
        this.stored = spec.stored();
        this.limits = ReadOptions.all().withBatchRows(spec.batchRows()).withBatchBytes(spec.batchBytes());
        FilteredBatch columns =
                new FilteredBatch(stored, spec.wanted(), spec.parsedFilter().orElse(null));
        this.ofData = columns.options(limits);
        this.ofDeletes = ofData.withColumns(keysOnlyRequired(columns.readSchema()));
    }

    /**
     * Opens what is left of a split.
     *
     * @param split the split
     * @return rows to be closed, from the first not emitted yet
     * @throws IOException when the storage fails
     * @throws DeltaCatSourceException.UnreadableFile when a file is corrupt or does not fit the columns
     */
    SplitRows open(DeltaCatSplit split) throws IOException {
        try {
            return split.kind() == DeltaKind.MERGED ? openMerged(split) : openFile(split);
        } catch (FormatException | MergeException | DeltaCatException e) {
            throw unreadable(split, e);
        } catch (IOException e) {
            throw unavailable(split, e);
        }
    }

    private SplitRows openFile(DeltaCatSplit split) throws IOException {
        long first = Math.addExact(split.firstRow(), split.rowsRead());
        long count =
                split.rowCount() == DeltaCatSplit.TO_END ? DeltaCatSplit.TO_END : split.rowCount() - split.rowsRead();
        boolean keysOnly = split.kind() == DeltaKind.DELETE;
        ReadOptions options = (keysOnly ? ofDeletes : ofData).withRows(new RowRange(first, count));
        return new FileRows(split, files.open(stored(split.file()), options), rowKind(split.kind()), metadata(split));
    }

    private SplitRows openMerged(DeltaCatSplit split) throws IOException {
        List<MergeDelta> deltas = new ArrayList<>();
        List<MergeFile> ofDelta = new ArrayList<>();
        List<MergedFile> parts = split.merged();
        for (int i = 0; i < parts.size(); i++) {
            MergedFile part = parts.get(i);
            ofDelta.add(MergeFile.of(stored(part.file()), files, limits));
            boolean lastOfDelta = i == parts.size() - 1
                    || parts.get(i + 1).position() != part.position()
                    || parts.get(i + 1).kind() != part.kind();
            if (lastOfDelta) {
                deltas.add(new MergeDelta(type(part.kind()), part.position(), part.equalityColumns(), ofDelta));
                ofDelta = new ArrayList<>();
            }
        }
        return new MergedSplitRows(
                split, PartitionMerge.merge(deltas, spec.merge().options(stored)), metadata(split));
    }

    private StoredFile stored(SourceFile file) {
        return new StoredFile(file.path(), file.format(), file.encoding(), stored);
    }

    private static DeltaType type(DeltaKind kind) {
        return DeltaType.parse(kind.wireName())
                .orElseThrow(() -> new IllegalStateException("A delta to merge is of kind " + kind));
    }

    private RowKind rowKind(DeltaKind kind) {
        if (spec.reading() != RowReading.UPSERTS) {
            return RowKind.INSERT;
        }
        return kind == DeltaKind.DELETE ? RowKind.DELETE : RowKind.UPDATE_AFTER;
    }

    private GenericRowData metadata(DeltaCatSplit split) {
        GenericRowData values = new GenericRowData(spec.metadata().size());
        for (int i = 0; i < spec.metadata().size(); i++) {
            values.setField(i, value(spec.metadata().get(i), split));
        }
        return values;
    }

    private static @Nullable Object value(SourceMetadata metadata, DeltaCatSplit split) {
        return switch (metadata) {
            case DELTA_KIND -> StringData.fromString(split.kind().wireName());
            case STREAM_POSITION -> split.delta().position();
            case STREAM_ID -> StringData.fromString(split.delta().partition().streamId());
            case PARTITION_ID -> StringData.fromString(split.delta().partition().partitionId());
            case FILE_PATH ->
                split.merged().isEmpty() ? StringData.fromString(split.file().path()) : null;
        };
    }

    /** The columns of a delete: only keys count, so whatever else is missing is null. */
    private Schema keysOnlyRequired(Schema columns) {
        List<Field> fields = new ArrayList<>();
        for (Field field : columns.getFields()) {
            boolean free = !spec.merge().keys().contains(field.getName()) && !field.isNullable();
            fields.add(
                    free
                            ? new Field(
                                    field.getName(),
                                    new FieldType(true, field.getType(), field.getDictionary(), field.getMetadata()),
                                    field.getChildren())
                            : field);
        }
        return new Schema(fields, columns.getCustomMetadata());
    }

    /** Names the file and the delta in a failure of the format. */
    static DeltaCatSourceException.UnreadableFile unreadable(DeltaCatSplit split, RuntimeException cause) {
        return new DeltaCatSourceException.UnreadableFile(
                "Delta %s, file '%s' cannot be read: %s"
                        .formatted(split.delta(), split.file().path(), cause.getMessage()),
                cause);
    }

    /** Names the file and the delta in a failure of the storage. */
    static IOException unavailable(DeltaCatSplit split, IOException cause) {
        return new IOException(
                "Delta %s, file '%s' cannot be reached: %s. Check the storage; the job goes on from its last checkpoint."
                        .formatted(split.delta(), split.file().path(), cause.getMessage()),
                cause);
    }
}
