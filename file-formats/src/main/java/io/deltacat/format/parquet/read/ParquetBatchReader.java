package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.schema.TypeNames;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads a Parquet file row group by row group; a batch never spans two of them. */
public final class ParquetBatchReader implements BatchReader {
    private final String file;
    private final RandomAccessInput input;
    private final Footer footer;
    private final Schema schema;
    private final ColumnReaders.Selection selection;
    private final ReadOptions options;
    private final DecompressorPool decompressors = new DecompressorPool();
    private final long firstRow;
    private final long rowCount;
    private long position;
    private int nextRowGroup;
    private long rowGroupStart;
    private long rowGroupEnd;
    private int batchRows;

    private ParquetBatchReader(
            String file,
            RandomAccessInput input,
            Footer footer,
            Schema schema,
            ColumnReaders.Selection selection,
            ReadOptions options) {
        this.file = file;
        this.input = input;
        this.footer = footer;
        this.schema = schema;
        this.selection = selection;
        this.options = options;
        this.firstRow = options.rows().first();
        this.rowCount = options.rows().selectedOf(footer.rowCount());
    }

    /**
     * Opens a file: reads its footer and matches the wanted columns.
     *
     * @param file the file
     * @param options columns, rows and batch size
     * @return a reader the caller closes
     */
    public static ParquetBatchReader open(InputFile file, ReadOptions options) throws IOException {
        RandomAccessInput input = file.open();
        try {
            long length = file.length();
            if (length <= WholeFileInput.MAX_BYTES) {
                input = fetchWhole(file.location(), input, length);
            }
            Footer footer = FooterReader.read(file.location(), input, length);
            Schema wanted = options.columns();
            Schema schema = wanted == null ? footer.schema().schema() : wanted;
            ColumnReaders.Selection selection = ColumnReaders.select(file.location(), footer.schema(), schema);
            return new ParquetBatchReader(file.location(), input, footer, schema, selection, options);
        } catch (IOException | RuntimeException e) {
            closeAfter(e, input);
            throw e;
        }
    }

    private static RandomAccessInput fetchWhole(String file, RandomAccessInput input, long length) throws IOException {
        try {
            return WholeFileInput.fetch(input, length);
        } catch (EOFException e) {
            throw new FormatException.CorruptFile(file, null, -1, "the file ends before byte " + length, e);
        }
    }

    private static void closeAfter(Exception failure, RandomAccessInput input) {
        try {
            input.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public Schema schema() {
        return schema;
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
        target.setSize(0);
        if (position == rowCount) {
            return false;
        }
        if (firstRow + position >= rowGroupEnd) {
            openRowGroup(firstRow + position);
        }
        long left = Math.min(rowGroupEnd - firstRow, rowCount) - position;
        int rows = (int) Math.min(left, batchRows); // at most batchRows
        List<ColumnReader> columns = selection.columns();
        for (int i = 0; i < columns.size(); i++) {
            ColumnVector vector = target.column(i);
            columns.get(i).read(vector, rows);
            if (vector.hasNulls() && !schema.getFields().get(i).isNullable()) {
                throw unexpectedNulls(schema.getFields().get(i));
            }
        }
        target.setSize(rows);
        position += rows;
        if (firstRow + position == rowGroupEnd) {
            for (ColumnReader column : columns) {
                column.endRowGroup();
            }
        }
        return true;
    }

    @Override
    public void skip(long rows) throws IOException {
        if (rows < 0) {
            throw new IllegalArgumentException("cannot skip " + rows + " rows");
        }
        long skipped = Math.min(rows, rowCount - position);
        long inRowGroup = Math.max(0, Math.min(skipped, rowGroupEnd - firstRow - position));
        if (inRowGroup > 0) {
            skipColumns(inRowGroup);
        }
        position += skipped; // rows of further row groups are passed over when the next one is opened
    }

    private void skipColumns(long rows) throws IOException {
        for (ColumnReader column : selection.columns()) {
            column.skip(rows);
        }
    }

    /** Opens the row group that holds a row, and passes over the rows before it. */
    private void openRowGroup(long row) throws IOException {
        RowGroupInfo rowGroup;
        do {
            rowGroup = footer.rowGroups().get(nextRowGroup++);
            rowGroupStart = rowGroupEnd;
            rowGroupEnd += rowGroup.rowCount();
        } while (rowGroupEnd <= row);
        RowGroupPages pages;
        try {
            pages = RowGroupPages.fetch(input, rowGroup, selection.leaves(), decompressors);
        } catch (EOFException e) {
            throw new FormatException.CorruptFile(
                    file, null, -1, "the file ends inside of row group " + (nextRowGroup - 1), e);
        }
        for (ColumnReader column : selection.columns()) {
            column.startRowGroup(pages);
        }
        batchRows = rowsPerBatch(rowGroup);
        if (row > rowGroupStart) {
            skipColumns(row - rowGroupStart);
        }
    }

    /** Derives the rows of a batch from its byte budget and the stored size of the wanted columns. */
    private int rowsPerBatch(RowGroupInfo rowGroup) {
        long bytes = 0;
        for (int leaf : selection.leaves()) {
            bytes += rowGroup.chunks().get(leaf).uncompressedLength();
        }
        long bytesPerRow = Math.max(1, bytes / Math.max(1, rowGroup.rowCount()));
        return (int) Math.max(1, Math.min(options.batchRows(), options.batchBytes() / bytesPerRow)); // an int option
    }

    private FormatException.IncompatibleType unexpectedNulls(Field field) {
        String type = TypeNames.displayName(field);
        return new FormatException.IncompatibleType(
                file, field.getName(), type + "' with nulls in '" + field.getName(), type + " not null");
    }

    @Override
    public void close() throws IOException {
        decompressors.close();
        input.close();
    }
}
