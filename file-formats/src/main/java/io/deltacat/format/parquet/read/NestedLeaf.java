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
    private static final int MAX_LEVELS = 16 << 10;

    private final LeafReader reader;
    private final BatchLimit limit = new BatchLimit();
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
    private int pageEntriesLeft;
    private long pageRows;
    private boolean pageStarts;
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
        pageEntriesLeft = 0;
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
            limit.start(rows);
            values.reset(0);
            reader.values().begin(values, rows);
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
                pageEntriesLeft = 0;
            }
            forRows(source, left, (from, to, present) -> reader.values().skip(present));
        });
        nextRow += rows;
    }

    /** Checks that all entries of the column chunk have been read. */
    void checkEnd() throws IOException {
        PageSource source = requireNonNull(pages, "row group not started");
        reader.guard(source, () -> {
            if (pageNext < pageCount || pageEntriesLeft > 0 || !source.isAtEnd()) {
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
                boolean rowEnds = maxRepetition == 0 || (pageEntriesLeft == 0 && source.isIndexed());
                if (started == rows && rowEnds) {
                    return;
                }
                if (pageEntriesLeft == 0) {
                    if (source.isAtEnd()) {
                        if (started < rows) {
                            throw new MalformedDataException("the column chunk has fewer rows than its row group");
                        }
                        return;
                    }
                    openPage(source);
                    continue;
                }
                readLevels(source);
                if (pageStarts && (started == 0 || source.isIndexed()) && pageRepetitions[0] != 0) {
                    throw new MalformedDataException("a page starts inside of a row that was never started");
                }
                pageStarts = false;
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
        int newCount = limit.entries(count, length);
        if (repetitions.length < newCount) {
            int capacity = Math.max(newCount, 2 * repetitions.length); // at most twice the limit
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
        page.startRepetitions(repetitionDecoder, maxRepetition);
        page.startDefinitions(definitionDecoder, maxDefinition);
        pageEntriesLeft = page.valueCount();
        pageRows = 0;
        pageStarts = true;
        pageNext = 0;
        pageCount = 0;
    }

    /** Decodes some more levels of the page: a few bytes may stand for billions of them, so never all at once. */
    private void readLevels(PageSource source) {
        int entries = Math.min(pageEntriesLeft, MAX_LEVELS);
        if (pageRepetitions.length < entries) {
            pageRepetitions = new int[entries];
            pageDefinitions = new int[entries];
        }
        repetitionDecoder.read(pageRepetitions, 0, entries);
        definitionDecoder.read(pageDefinitions, 0, entries);
        for (int i = 0; i < entries; i++) {
            pageRows += pageRepetitions[i] == 0 ? 1 : 0;
            if (pageRepetitions[i] > maxRepetition || pageDefinitions[i] > maxDefinition) {
                throw new MalformedDataException("levels " + pageRepetitions[i] + " and " + pageDefinitions[i]
                        + " exceed " + maxRepetition + " and " + maxDefinition);
            }
        }
        pageNext = 0;
        pageCount = entries;
        pageEntriesLeft -= entries;
        if (pageEntriesLeft == 0 && source.isIndexed() && pageRows != source.indexedRows()) {
            throw new MalformedDataException(
                    "a page of " + pageRows + " rows, the offset index says " + source.indexedRows());
        }
    }
}
