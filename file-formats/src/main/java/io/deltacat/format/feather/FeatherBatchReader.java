package io.deltacat.format.feather;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.convert.LossyValueException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.rowwise.BatchStart;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads the batches of one Feather file. Holds the wanted columns of one record batch and the wanted dictionaries in memory.
 * Confined to one thread.
 */
final class FeatherBatchReader implements BatchReader {
    private static final long UNKNOWN = -1;

    private final String file;
    private final RandomAccessInput input;
    private final ArrowFooter footer;
    private final Projection projection;
    private final ReadOptions options;
    private final ArrowColumn[] columns;
    private final DefaultValue[] defaults;
    private long fileRows = UNKNOWN;
    private int block = -1;
    private int blockRows;
    private int blockRow;
    private long blockBytes;
    private boolean loaded;
    private long position;
    private boolean started;

    private FeatherBatchReader(
            String file, RandomAccessInput input, ArrowFooter footer, Projection projection, ReadOptions options)
            throws IOException {
        this.file = file;
        this.input = input;
        this.footer = footer;
        this.projection = projection;
        this.options = options;
        List<Field> stored = footer.schema().getFields();
        List<Field> wanted = projection.wanted().getFields();
        this.columns = new ArrowColumn[wanted.size()];
        this.defaults = new DefaultValue[wanted.size()];
        ArrowColumns builder = new ArrowColumns(file, this::readDictionary);
        for (int i = 0; i < columns.length; i++) {
            Field field = wanted.get(i);
            int index = projection.storedOf(i);
            defaults[i] = DefaultValue.of(index < 0 ? field : withoutDefault(field));
            columns[i] = index < 0
                    ? new ScalarColumn.Nothing()
                    : decode(field.getName(), -1, () -> builder.of(stored.get(index), field, field.getName()));
        }
    }

    static FeatherBatchReader open(InputFile file, ReadOptions options) throws IOException {
        RandomAccessInput input = file.open();
        try {
            ArrowFooter footer = ArrowFooter.read(file.location(), input, file.length());
            Projection projection =
                    Projection.of(file.location(), footer.schema().getFields(), options.columns());
            return new FeatherBatchReader(file.location(), input, footer, projection, options);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return projection.wanted();
    }

    @Override
    public long rowCount() throws IOException {
        if (fileRows == UNKNOWN) {
            fileRows = countRows();
        }
        return options.rows().selectedOf(fileRows);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean nextBatch(ColumnBatch target) throws IOException {
        BatchStart.clear(target);
        start();
        if (position >= options.rows().count() || !atRow()) {
            return false;
        }
        load();
        long rowBytes = Math.max(1, blockBytes / Math.max(1, blockRows));
        long most = Math.max(1, options.batchBytes() / rowBytes);
        long count = Math.min(
                Math.min(most, options.batchRows()),
                Math.min(blockRows - blockRow, options.rows().count() - position));
        int rows = (int) count; // at most batchRows
        for (int i = 0; i < columns.length; i++) {
            copy(i, target.column(i), rows);
        }
        target.setSize(rows);
        blockRow += rows;
        position += rows;
        return true;
    }

    @Override
    public void skip(long rows) throws IOException {
        start();
        position += pass(Math.min(rows, options.rows().count() - position));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private void copy(int index, ColumnVector target, int rows) {
        if (projection.storedOf(index) < 0) {
            for (int row = 0; row < rows; row++) {
                defaults[index].append(target, row);
            }
            return;
        }
        Field field = projection.wanted().getFields().get(index);
        ArrowColumn column = columns[index];
        try {
            if (column instanceof CodedColumn coded) {
                coded.copyCoded(blockRow, rows, target);
            } else {
                column.copy(blockRow, rows, target, 0);
            }
        } catch (LossyValueException e) {
            Field stored = footer.schema().getFields().get(projection.storedOf(index));
            throw new FormatException.IncompatibleType(
                    file,
                    field.getName(),
                    TypeNames.displayName(stored) + "' with value '" + e.getMessage(),
                    TypeNames.displayName(field));
        } catch (RuntimeException e) {
            throw corrupt(field.getName(), footer.batches().get(block).offset(), e);
        }
        if (!field.isNullable() && target.hasNulls()) {
            for (int row = 0; row < rows; row++) {
                if (target.isNullAt(row)) {
                    throw corrupt(
                            field.getName(),
                            footer.batches().get(block).offset(),
                            new MalformedArrowException("null, but the column is required"));
                }
            }
        }
    }

    private void start() throws IOException {
        if (!started) {
            started = true;
            pass(options.rows().first());
        }
    }

    /** Moves over rows of the file without loading batches that lie within, and returns how many there were. */
    private long pass(long rows) throws IOException {
        long left = rows;
        while (left > 0 && atRow()) {
            int step = (int) Math.min(left, blockRows - blockRow); // at most an int
            blockRow += step;
            left -= step;
        }
        return rows - left;
    }

    private boolean atRow() throws IOException {
        while (blockRow == blockRows) {
            if (block + 1 == footer.batches().size()) {
                return false;
            }
            block++;
            blockRow = 0;
            loaded = false;
            blockRows = header(block).rows();
        }
        return true;
    }

    private void load() throws IOException {
        if (loaded) {
            return;
        }
        BatchBody body = header(block);
        blockBytes = body.storedBytes();
        List<Field> stored = footer.schema().getFields();
        for (int i = 0; i < stored.size(); i++) {
            Field field = stored.get(i);
            int wanted = projection.wantedOf(i);
            decode(field.getName(), footer.batches().get(block).offset(), () -> {
                if (wanted < 0) {
                    ArrowLayout.skip(body, field);
                    return body;
                }
                columns[wanted].load(body);
                if (columns[wanted].rows() != blockRows) {
                    throw new MalformedArrowException(
                            "a column of " + columns[wanted].rows() + " rows in a batch of " + blockRows);
                }
                return body;
            });
        }
        loaded = true;
    }

    private BatchBody header(int index) throws IOException {
        ArrowBlock where = footer.batches().get(index);
        return decode(null, where.offset(), () -> BatchBody.open(input, where));
    }

    private long countRows() throws IOException {
        long rows = 0;
        for (int i = 0; i < footer.batches().size(); i++) {
            rows += header(i).rows();
        }
        return rows;
    }

    private void readDictionary(long id, ArrowColumn values, ColumnVector target) throws IOException {
        for (ArrowBlock where : footer.dictionaries()) {
            decode(null, where.offset(), () -> {
                BatchBody body = BatchBody.open(input, where);
                if (body.dictionaryId() == id) {
                    if (!body.isDelta() && target.size() > 0) {
                        throw new MalformedArrowException("dictionary " + id + " is replaced, which files may not do");
                    }
                    values.load(body);
                    values.copy(0, values.rows(), target, target.size());
                }
                return body;
            });
        }
    }

    private interface Decoding<T> {
        T decode() throws IOException;
    }

    /** Turns whatever damaged bytes make decoders throw into the one typed error. */
    private <T> T decode(@Nullable String column, long offset, Decoding<T> decoding) throws IOException {
        try {
            return decoding.decode();
        } catch (FormatException e) {
            throw e;
        } catch (RuntimeException e) {
            throw corrupt(column, offset, e);
        }
    }

    private FormatException.CorruptFile corrupt(@Nullable String column, long offset, RuntimeException e) {
        String problem = e instanceof MalformedArrowException
                ? String.valueOf(e.getMessage())
                : "the batch cannot be decoded: " + e.getMessage();
        return new FormatException.CorruptFile(file, column, offset, problem.replace('\n', ' '), e);
    }

    /** A stored column's default does not matter, so a malformed one does no harm. */
    private static Field withoutDefault(Field field) {
        return new Field(
                field.getName(), new FieldType(field.isNullable(), field.getType(), null), field.getChildren());
    }
}
