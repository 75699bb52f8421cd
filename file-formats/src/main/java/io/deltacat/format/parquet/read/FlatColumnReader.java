package io.deltacat.format.parquet.read;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.schema.SchemaNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a column without lists or structs around it: one entry per row, so values go straight from the page into the
 * vector.
 */
final class FlatColumnReader implements ColumnReader {
    private final LeafReader reader;
    private final @Nullable Conversion conversion;
    private final @Nullable ColumnVector stored;
    private final boolean optional;
    private final RunDecoder definitions = new RunDecoder();
    private @Nullable PageSource pages;
    private int pageLeft;
    private long nextRow;
    private long pendingSkip;

    /**
     * @param file location of the file
     * @param leaf the stored column
     * @param conversion how to turn stored values into wanted ones, or null if they are the same
     */
    FlatColumnReader(String file, SchemaNode.Leaf leaf, @Nullable Conversion conversion) {
        this.reader = new LeafReader(file, leaf);
        this.conversion = conversion;
        this.stored = conversion == null ? null : reader.values().newVector();
        this.optional = leaf.presentDefinition() > 0;
    }

    @Override
    public void startRowGroup(RowGroupPages rowGroup) {
        pages = rowGroup.open(reader.leaf().index(), reader.buffers());
        pageLeft = 0;
        nextRow = 0;
        pendingSkip = 0;
        reader.values().startChunk();
    }

    @Override
    public void skip(long rows) {
        pendingSkip += rows; // done when the next rows are read, if ever
    }

    @Override
    public void read(ColumnVector target, int rows) throws IOException {
        PageSource source = requireNonNull(pages, "row group not started");
        if (conversion == null) {
            reader.guard(source, () -> fill(source, target, rows));
            return;
        }
        ColumnVector values = requireNonNull(stored, "stored");
        reader.guard(source, () -> {
            fill(source, values, rows);
            target.reset(rows);
            target.copyNulls(values);
            conversion.convert(values, target);
        });
    }

    @Override
    public void endRowGroup() {
        // the footer's count of values, which the pages cannot exceed, was checked against the rows
    }

    private void fill(PageSource source, ColumnVector target, int rows) throws IOException {
        skipPending(source);
        ValueReader values = reader.values();
        target.reset(rows);
        values.begin(target, rows);
        int row = 0;
        while (row < rows) {
            if (pageLeft == 0) {
                openPage(source);
            }
            int count = Math.min(pageLeft, rows - row);
            if (optional) {
                int present = definitions.readValidity(target, row, count);
                values.read(target, row, present);
                if (present < count) {
                    values.spread(target, row, count, present);
                }
            } else {
                values.read(target, row, count);
            }
            row += count;
            pageLeft -= count;
        }
        nextRow += rows;
    }

    private void skipPending(PageSource source) throws IOException {
        if (pendingSkip > 0 && pendingSkip >= pageLeft && source.isIndexed()) {
            long target = nextRow + pendingSkip;
            nextRow = reader.jumpTo(source, target);
            pendingSkip = target - nextRow;
            pageLeft = 0;
        }
        nextRow += pendingSkip;
        while (pendingSkip > 0) {
            if (pageLeft == 0) {
                reader.seekDataPage(source);
                if (source.valueCount() <= pendingSkip) {
                    pendingSkip -= source.valueCount();
                    source.skipPage();
                    continue;
                }
                load(source);
            }
            int count = (int) Math.min(pageLeft, pendingSkip); // at most pageLeft
            reader.values().skip(optional ? definitions.skipAndCountOnes(count) : count);
            pageLeft -= count;
            pendingSkip -= count;
        }
    }

    private void openPage(PageSource source) throws IOException {
        if (source.isAtEnd()) {
            throw new MalformedDataException("the column chunk has fewer values than the row group has rows");
        }
        reader.seekDataPage(source);
        load(source);
    }

    private void load(PageSource source) throws IOException {
        DataPage page = reader.loadPage(source);
        if (optional) {
            page.startDefinitions(definitions, 1);
        }
        pageLeft = page.valueCount();
    }
}
