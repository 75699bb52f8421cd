package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.parquet.schema.SchemaNode;
import io.deltacat.format.predicate.RowPredicate;
import io.deltacat.format.predicate.RowSet;
import io.deltacat.format.schema.TypeNames;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a Parquet file row group by row group; a batch never spans two of them. */
public final class ParquetBatchReader implements BatchReader {
    /** Below this share of wanted rows, the places of a row group's pages are looked up and only wanted pages are read. */
    private static final double WORTH_AN_INDEX = 0.9;

    private final String file;
    private final RandomAccessInput input;
    private final Footer footer;
    private final Schema schema;
    private final ColumnReaders.Selection selection;
    private final ReadOptions options;
    private final PageIndexes indexes;
    private final @Nullable RowGroupRows predicateRows;
    private final List<SchemaNode.Leaf> wantedLeaves;
    private final DecompressorPool decompressors = new DecompressorPool();
    private final long firstRow;
    private final long rowCount;
    private long position;
    private int nextRowGroup;
    private long rowGroupStart;
    private long rowGroupEnd;
    private RowSet wantedRows = RowSet.NONE;
    private int wantedRange;
    private long columnsRow;
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
        this.indexes = new PageIndexes(file, input);
        RowPredicate predicate = options.predicate();
        this.predicateRows =
                predicate == null ? null : new RowGroupRows(predicate, footer.schema(), options.columns(), indexes);
        this.wantedLeaves = selection.leaves().stream()
                .map(leaf -> footer.schema().leaves().get(leaf))
                .toList();
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
            input = length <= WholeFileInput.MAX_BYTES
                    ? fetchWhole(file.location(), input, length)
                    : new TailInput(input, length);
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
        if (!seekWantedRow()) {
            return false;
        }
        long row = firstRow + position - rowGroupStart;
        if (row > columnsRow) {
            for (ColumnReader column : selection.columns()) {
                column.skip(row - columnsRow);
            }
        }
        long left = Math.min(wantedRows.to(wantedRange) - row, rowCount - position);
        int rows = (int) Math.min(left, batchRows); // at most batchRows
        while (!readColumns(target, row, rows)) {
            rows = Math.max(1, rows / 4);
            batchRows = rows;
            startColumns(footer.rowGroups().get(nextRowGroup - 1));
            for (ColumnReader column : selection.columns()) {
                column.skip(row);
            }
        }
        target.setSize(rows);
        position += rows;
        columnsRow = row + rows;
        if (rowGroupStart + columnsRow == rowGroupEnd) {
            for (ColumnReader column : selection.columns()) {
                column.endRowGroup();
            }
        }
        return true;
    }

    /**
     * Reads rows of all columns.
     *
     * @return false if they hold more than one batch should, and fewer rows are to be tried from the row group's start
     */
    private boolean readColumns(ColumnBatch target, long row, int rows) throws IOException {
        List<ColumnReader> columns = selection.columns();
        for (int i = 0; i < columns.size(); i++) {
            Field field = schema.getFields().get(i);
            ColumnVector vector = target.column(i);
            try {
                columns.get(i).read(vector, rows);
            } catch (OversizedBatchException e) {
                if (rows > 1) {
                    return false;
                }
                throw new FormatException.RowTooLarge(file, field.getName(), rowGroupStart + row, e.problem());
            }
            if (vector.hasNulls() && !field.isNullable()) {
                throw unexpectedNulls(field);
            }
        }
        return true;
    }

    @Override
    public void skip(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("cannot skip " + rows + " rows");
        }
        position += Math.min(rows, rowCount - position); // the columns follow when the next rows are read, if ever
    }

    /** Moves the position to the next wanted row; returns false at the end. */
    private boolean seekWantedRow() throws IOException {
        while (position < rowCount) {
            long row = firstRow + position;
            if (row >= rowGroupEnd) {
                openRowGroup(row);
            }
            while (wantedRange < wantedRows.rangeCount() && wantedRows.to(wantedRange) <= row - rowGroupStart) {
                wantedRange++;
            }
            if (wantedRange < wantedRows.rangeCount()) {
                long next = rowGroupStart + Math.max(wantedRows.from(wantedRange), row - rowGroupStart);
                position = Math.min(rowCount, next - firstRow);
                return position < rowCount;
            }
            position = Math.min(rowCount, rowGroupEnd - firstRow);
        }
        return false;
    }

    /** Opens the row group that holds a row, if it has wanted rows from there on. */
    private void openRowGroup(long row) throws IOException {
        RowGroupInfo rowGroup;
        do {
            rowGroup = footer.rowGroups().get(nextRowGroup++);
            rowGroupStart = rowGroupEnd;
            rowGroupEnd += rowGroup.rowCount();
        } while (rowGroupEnd <= row);
        long end = Math.min(rowGroup.rowCount(), firstRow + rowCount - rowGroupStart);
        RowSet rows = RowSet.range(row - rowGroupStart, end);
        wantedRows = predicateRows == null ? rows : rows.and(predicateRows.select(rowGroup));
        wantedRange = 0;
        columnsRow = 0;
        batchRows = rowsPerBatch(rowGroup);
        if (!wantedRows.isEmpty()) {
            startColumns(rowGroup);
        }
    }

    private void startColumns(RowGroupInfo rowGroup) throws IOException {
        boolean someOnly = wantedRows.rowCount() < rowGroup.rowCount() * WORTH_AN_INDEX;
        Map<Integer, PageLocations> locations = someOnly ? indexes.locations(rowGroup, wantedLeaves) : Map.of();
        RowGroupPages pages;
        try {
            pages = RowGroupPages.fetch(input, rowGroup, selection.leaves(), wantedRows, locations, decompressors);
        } catch (EOFException e) {
            throw new FormatException.CorruptFile(
                    file, null, -1, "the file ends inside of row group " + (nextRowGroup - 1), e);
        }
        for (ColumnReader column : selection.columns()) {
            column.startRowGroup(pages);
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
