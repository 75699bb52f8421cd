package io.deltacat.format.parquet.read;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.schema.SchemaNode;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stored column inside of structs, lists or maps: the level entries of some rows, and their values without nulls.
 * Confined to one thread.
 */
final class NestedLeaf {
    private final LeafReader reader;
    private final int maxRepetition;
    private final int maxDefinition;
    private final RunDecoder repetitionDecoder = new RunDecoder();
    private final RunDecoder definitionDecoder = new RunDecoder();
    private final ColumnVector values;
    private @Nullable PageSource pages;
    private int[] pageRepetitions = {};
    private int[] pageDefinitions = {};
    private long nextRow;
    private int pageNext;
    private int pageCount;
    private int[] repetitions = {};
    private int[] definitions = {};
    private int count;
    private int valueCount;

    NestedLeaf(String file, SchemaNode.Leaf leaf) {
        this.reader = new LeafReader(file, leaf);
        this.maxRepetition = leaf.repetition();
        this.maxDefinition = leaf.presentDefinition();
        this.values = reader.values().newVector();
    }

    /** Returns the repetition levels of the rows just read, {@link #count()} of them. */
    int[] repetitions() {
        return repetitions;
    }

    /** Returns the definition levels of the rows just read, {@link #count()} of them. */
    int[] definitions() {
        return definitions;
    }

    /** Returns the number of level entries of the rows just read. */
    int count() {
        return count;
    }

    /** Returns the values of the rows just read, without nulls. */
    ColumnVector values() {
        return values;
    }

    /** Returns the number of values. */
    int valueCount() {
        return valueCount;
    }

    /** Returns the typed reader, for spreading values. */
    ValueReader valueReader() {
        return reader.values();
    }

    SchemaNode.Leaf leaf() {
        return reader.leaf();
    }

    void startRowGroup(RowGroupPages rowGroup) {
        pages = rowGroup.open(reader.leaf().index(), reader.buffers());
        nextRow = 0;
        pageNext = 0;
        pageCount = 0;
        reader.values().startChunk();
    }

    /** Runs a step that works on what was read, with errors that name this column. */
    void guard(LeafReader.Step step) throws IOException {
        reader.guard(requireNonNull(pages, "row group not started"), step);
    }

    /** Reads the levels and values of rows. */
    void read(int rows) throws IOException {
        PageSource source = requireNonNull(pages, "row group not started");
        reader.guard(source, () -> {
            count = 0;
            valueCount = 0;
            values.reset(0);
            reader.values().begin(values);
            forRows(source, rows, this::take);
        });
        nextRow += rows;
    }

    /**
     * Passes over rows.
     *
     * @param rows number of rows, fewer than the row group has left unless the source is not indexed
     */
    void skip(long rows) throws IOException {
        PageSource source = requireNonNull(pages, "row group not started");
        reader.guard(source, () -> {
            long left = rows;
            if (source.isIndexed() && source.isBehindPage(nextRow + rows)) {
                long target = nextRow + rows;
                left = target - reader.jumpTo(source, target);
                pageNext = 0;
                pageCount = 0;
            }
            forRows(source, left, (from, to, present) -> reader.values().skip(present));
        });
        nextRow += rows;
    }

    /** Checks that all entries of the column chunk have been read. */
    void checkEnd() throws IOException {
        PageSource source = requireNonNull(pages, "row group not started");
        reader.guard(source, () -> {
            if (pageNext < pageCount || !source.isAtEnd()) {
                throw new MalformedDataException("the column chunk has more rows than its row group");
            }
        });
    }

    /** What to do with a piece of the current page. */
    @FunctionalInterface
    private interface Piece {
        void accept(int from, int to, int present);
    }

    /** Cuts the entries of the next rows into pieces of pages. A row ends where the next one starts, or with the chunk. */
    private void forRows(PageSource source, long rows, Piece piece) throws IOException {
        long started = 0;
        while (true) {
            if (pageNext == pageCount) {
                if (source.isAtEnd()) {
                    if (started < rows) {
                        throw new MalformedDataException("the column chunk has fewer rows than its row group");
                    }
                    return;
                }
                if (started == rows && (maxRepetition == 0 || source.isIndexed())) {
                    return;
                }
                openPage(source);
                if ((started == 0 || source.isIndexed()) && pageCount > 0 && pageRepetitions[0] != 0) {
                    throw new MalformedDataException("a page starts inside of a row that was never started");
                }
            }
            int from = pageNext;
            int present = 0;
            while (pageNext < pageCount) {
                if (pageRepetitions[pageNext] == 0) {
                    if (started == rows) {
                        break;
                    }
                    started++;
                }
                if (pageDefinitions[pageNext] == maxDefinition) {
                    present++;
                }
                pageNext++;
            }
            piece.accept(from, pageNext, present);
            if (pageNext < pageCount) {
                return;
            }
        }
    }

    private void take(int from, int to, int present) {
        int length = to - from;
        int newCount = Math.addExact(count, length);
        if (repetitions.length < newCount) {
            int capacity = Math.max(newCount, 2 * repetitions.length);
            repetitions = Arrays.copyOf(repetitions, capacity);
            definitions = Arrays.copyOf(definitions, capacity);
        }
        System.arraycopy(pageRepetitions, from, repetitions, count, length);
        System.arraycopy(pageDefinitions, from, definitions, count, length);
        values.resize(valueCount + present);
        reader.values().read(values, valueCount, present);
        count = newCount;
        valueCount += present;
    }

    private void openPage(PageSource source) throws IOException {
        reader.seekDataPage(source);
        DataPage page = reader.loadPage(source);
        int entries = page.valueCount();
        checkRunnable(page, entries);
        if (pageRepetitions.length < entries) {
            pageRepetitions = new int[entries];
            pageDefinitions = new int[entries];
        }
        page.startRepetitions(repetitionDecoder, maxRepetition);
        page.startDefinitions(definitionDecoder, maxDefinition);
        repetitionDecoder.read(pageRepetitions, 0, entries);
        definitionDecoder.read(pageDefinitions, 0, entries);
        long rows = 0;
        for (int i = 0; i < entries; i++) {
            rows += pageRepetitions[i] == 0 ? 1 : 0;
            if (pageRepetitions[i] > maxRepetition || pageDefinitions[i] > maxDefinition) {
                throw new MalformedDataException("levels " + pageRepetitions[i] + " and " + pageDefinitions[i]
                        + " exceed " + maxRepetition + " and " + maxDefinition);
            }
        }
        if (source.isIndexed() && rows != source.indexedRows()) {
            throw new MalformedDataException(
                    "a page of " + rows + " rows, the offset index says " + source.indexedRows());
        }
        pageNext = 0;
        pageCount = entries;
    }

    /** Passes over the level streams once before arrays of their claimed size are made. */
    private void checkRunnable(DataPage page, int entries) {
        page.startRepetitions(repetitionDecoder, maxRepetition);
        repetitionDecoder.skip(entries);
        page.startDefinitions(definitionDecoder, maxDefinition);
        definitionDecoder.skip(entries);
    }
}
