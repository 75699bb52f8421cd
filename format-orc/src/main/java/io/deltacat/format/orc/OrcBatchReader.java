package io.deltacat.format.orc;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.convert.LossyValueException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.rowwise.BatchStart;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/** Reads the wanted columns of one ORC file. Confined to one thread. */
final class OrcBatchReader implements BatchReader {
    private static final int ORC_BATCH_ROWS = 1024;

    private final String file;
    private final SingleFileSystem storage;
    private final Reader reader;
    private final Schema stored;
    private final Projection projection;
    private final ReadOptions options;
    private final @Nullable OrcColumn[] columns;
    private final DefaultValue[] defaults;
    private final VectorizedRowBatch orcBatch;
    private final long rowCount;
    private final int batchRows;
    private @Nullable RecordReader rows;
    private long orcBatchStart;
    private long position;

    private OrcBatchReader(
            String file,
            SingleFileSystem storage,
            Reader reader,
            Schema stored,
            Projection projection,
            ReadOptions options) {
        this.file = file;
        this.storage = storage;
        this.reader = reader;
        this.stored = stored;
        this.projection = projection;
        this.options = options;
        this.orcBatch = reader.getSchema().createRowBatch(ORC_BATCH_ROWS);
        this.orcBatch.size = 0;
        this.rowCount = options.rows().selectedOf(reader.getNumberOfRows());
        long rowBytes = Math.max(1, reader.getRawDataSize() / Math.max(1, reader.getNumberOfRows()));
        this.batchRows = (int) Math.max(1, Math.min(options.batchRows(), options.batchBytes() / rowBytes)); // an int
        List<Field> wanted = projection.wanted().getFields();
        this.columns = new OrcColumn[wanted.size()];
        this.defaults = new DefaultValue[wanted.size()];
        OrcColumns finder = new OrcColumns(file);
        for (int i = 0; i < columns.length; i++) {
            int index = projection.storedOf(i);
            defaults[i] = DefaultValue.of(wanted.get(i));
            columns[i] = index < 0 ? null : finder.of(stored.getFields().get(index), wanted.get(i));
        }
    }

    static OrcBatchReader open(InputFile file, ReadOptions options) throws IOException {
        SingleFileSystem storage = SingleFileSystem.reading(file);
        Reader reader = guarded(file.location(), storage, () -> openReader(storage, file.length()));
        try {
            return guarded(file.location(), storage, () -> {
                requireRows(reader);
                Schema stored = new OrcTypes(file.location()).toArrow(reader.getSchema());
                Projection projection = Projection.of(file.location(), stored.getFields(), options.columns());
                return new OrcBatchReader(file.location(), storage, reader, stored, projection, options);
            });
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static void requireRows(Reader reader) {
        long rows = 0;
        for (StripeInformation stripe : reader.getStripes()) {
            if (stripe.getNumberOfRows() < 0) {
                throw new IllegalStateException("a stripe of " + stripe.getNumberOfRows() + " rows");
            }
            rows = Math.addExact(rows, stripe.getNumberOfRows());
        }
        if (rows != reader.getNumberOfRows()) {
            throw new IllegalStateException(
                    "the file announces " + reader.getNumberOfRows() + " rows, its stripes have " + rows);
        }
    }

    /** Opens the file so that dates before 1582 are taken as they are, whichever calendar its writer named. */
    private static Reader openReader(SingleFileSystem storage, long length) throws IOException {
        Reader reader = OrcFile.createReader(SingleFileSystem.PATH, readerOptions(storage, length, false));
        if (!reader.writerUsedProlepticGregorian()) {
            return reader;
        }
        reader.close();
        return OrcFile.createReader(SingleFileSystem.PATH, readerOptions(storage, length, true));
    }

    private static OrcFile.ReaderOptions readerOptions(SingleFileSystem storage, long length, boolean proleptic) {
        return OrcFile.readerOptions(SingleFileSystem.configuration())
                .filesystem(storage)
                .maxLength(length)
                .useUTCTimestamp(true)
                .convertToProlepticGregorian(proleptic);
    }

    @Override
    public Schema schema() {
        return projection.wanted();
    }

    @Override
    public long rowCount() {
        return rowCount;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean nextBatch(ColumnBatch target) throws IOException {
        BatchStart.clear(target);
        if (position == rowCount) {
            return false;
        }
        int size = 0;
        while (size < batchRows && position < rowCount) {
            long row = options.rows().first() + position;
            if (row < orcBatchStart || row >= orcBatchStart + orcBatch.size) {
                if (size > 0 && size > batchRows / 2) {
                    break; // the batch is large enough; do not begin another of ORC's for its rest
                }
                seek(row);
            }
            int from = (int) (row - orcBatchStart); // within ORC's batch
            int count = (int) Math.min(Math.min(batchRows - size, orcBatch.size - from), rowCount - position);
            for (int i = 0; i < columns.length; i++) {
                append(i, from, count, target.column(i));
            }
            size += count;
            position += count;
        }
        target.setSize(size);
        return true;
    }

    private void append(int index, int from, int count, ColumnVector target) {
        Field field = projection.wanted().getFields().get(index);
        OrcColumn column = columns[index];
        if (column == null) {
            for (int i = 0; i < count; i++) {
                defaults[index].append(target, target.size());
            }
            return;
        }
        int storedIndex = projection.storedOf(index);
        try {
            column.append(orcBatch.cols[storedIndex], from, count, target);
        } catch (LossyValueException e) {
            throw new FormatException.IncompatibleType(
                    file,
                    field.getName(),
                    TypeNames.displayName(stored.getFields().get(storedIndex)) + "' with value '" + e.getMessage(),
                    TypeNames.displayName(field));
        } catch (RuntimeException e) {
            throw corrupt(file, field.getName(), e);
        }
        if (!field.isNullable() && target.hasNulls()) {
            String type = TypeNames.displayName(field);
            throw new FormatException.IncompatibleType(
                    file, field.getName(), type + "' with nulls in '" + field.getName(), type + " not null");
        }
    }

    private void seek(long row) throws IOException {
        guarded(file, storage, () -> {
            RecordReader open = rows;
            if (open == null) {
                open = reader.rows(reader.options().include(included()));
                rows = open;
            }
            if (open.getRowNumber() != row) {
                open.seekToRow(row);
            }
            orcBatchStart = row;
            if (!open.nextBatch(orcBatch) || orcBatch.size == 0) {
                throw new IllegalStateException("the file ends before row " + row);
            }
            return open;
        });
    }

    /** Returns which of the file's columns, nested ones counted, are read. */
    private boolean[] included() {
        TypeDescription schema = reader.getSchema();
        boolean[] included = new boolean[schema.getMaximumId() + 1];
        included[0] = true;
        for (int i = 0; i < schema.getChildren().size(); i++) {
            if (projection.wantedOf(i) >= 0) {
                TypeDescription child = schema.getChildren().get(i);
                Arrays.fill(included, child.getId(), child.getMaximumId() + 1, true);
            }
        }
        return included;
    }

    @Override
    public void skip(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("cannot skip " + count + " rows");
        }
        position += Math.min(count, rowCount - position); // sought when the next batch is read, if ever
    }

    @Override
    public void close() throws IOException {
        List<AutoCloseable> open = new ArrayList<>();
        if (rows != null) {
            open.add(rows);
        }
        open.add(reader);
        IOException failure = null;
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                failure = failure == null ? new IOException("File '" + file + "' cannot be closed", e) : failure;
            }
        }
        rows = null;
        if (failure != null) {
            throw failure;
        }
    }

    /** A piece of ORC's library at work. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    /** Tells a failing storage from a damaged file: the library throws the same for both, or anything. */
    private static <T> T guarded(String file, SingleFileSystem storage, Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            IOException storageFailure = storage.storageFailure();
            if (storageFailure != null) {
                throw storageFailure;
            }
            throw corrupt(file, null, e);
        }
    }

    private static FormatException.CorruptFile corrupt(String file, @Nullable String column, Exception e) {
        String problem = "the ORC file does not decode: " + e.getMessage();
        return new FormatException.CorruptFile(file, column, -1, problem.replace('\n', ' '), e);
    }
}
