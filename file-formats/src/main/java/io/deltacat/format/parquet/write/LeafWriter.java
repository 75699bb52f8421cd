package io.deltacat.format.parquet.write;

import io.deltacat.format.file.FileOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Collects the values of one stored column page by page. This class knows levels, pages and statistics; its subclasses know
 * how values are kept, compared and encoded. Confined to one thread.
 */
abstract class LeafWriter {

    /** A page ends after so many entries, so that readers can skip with a fine grain. */
    static final int MAX_PAGE_ENTRIES = 20_000;

    final LevelBuffer levels;
    private final LeafSpec spec;
    private final int pageBytes;
    private final PageWriter pages;
    private final GrowingBytes content = new GrowingBytes();
    private final Bounds pageBounds;
    private final Bounds chunkBounds;
    private final Bounds fileBounds;
    private final List<PageStats> pageStats = new ArrayList<>();
    private final DictionaryChoice dictionaryChoice;
    private long chunkRows;
    private long chunkNulls;
    private long fileNulls;
    private long sourceBytes;

    /**
     * What the column index says about a page.
     *
     * @param min smallest value as stored, or null if there are only nulls
     * @param max largest value as stored, or null if there are only nulls
     * @param nulls number of nulls
     * @param complete whether the bounds are known, or not needed
     */
    private record PageStats(byte @Nullable [] min, byte @Nullable [] max, long nulls, boolean complete) {}

    /**
     * A finished chunk with its indexes.
     *
     * @param chunk its entry of the footer
     * @param columnIndex bounds of its pages, or null where a page has none
     * @param offsetIndex where its pages are
     */
    record Finished(ColumnChunk chunk, @Nullable ColumnIndex columnIndex, OffsetIndex offsetIndex) {}

    LeafWriter(LeafSpec spec, PageWriter pages, int pageBytes, BoundsFactory bounds, boolean tryDictionary) {
        this.spec = spec;
        this.pages = pages;
        this.pageBytes = pageBytes;
        this.levels = new LevelBuffer(spec);
        this.pageBounds = bounds.create();
        this.chunkBounds = bounds.create();
        this.fileBounds = bounds.create();
        this.dictionaryChoice = new DictionaryChoice(tryDictionary);
    }

    /** Makes empty bounds for the column's type. */
    @FunctionalInterface
    interface BoundsFactory {
        Bounds create();
    }

    /** Returns the number of values of the open page. */
    abstract int valueCount();

    /** Returns the bytes of the open page's values in plain encoding. */
    abstract long plainValueBytes();

    /** Includes the open page's values in its bounds; called after they were encoded. */
    abstract void includeValues(Bounds bounds);

    /** Appends the open page's values in plain encoding. */
    abstract void encodePlain(GrowingBytes out);

    /**
     * Looks the open page's values up in the dictionary, adding what is new.
     *
     * @param choice asked whether that pays, and told what came of it
     * @return false if it does not pay; {@link #dictionarySize} is then what it was before
     */
    abstract boolean encodeIds(DictionaryChoice choice);

    /** Returns the ids of the last {@link #encodeIds}. */
    abstract int[] ids();

    /** Returns the number of distinct values in the dictionary. */
    abstract int dictionarySize();

    /** Returns the bytes of the dictionary in plain encoding. */
    abstract long dictionaryBytes();

    /** Appends the dictionary's values in plain encoding. */
    abstract void encodeDictionary(GrowingBytes out);

    /** Empties the dictionary. */
    abstract void clearDictionary();

    /** Forgets the open page's values. */
    abstract void clearValues();

    /** Returns the bytes of heap that the open page and the dictionary hold. */
    abstract long retainedValueBytes();

    /** Adds a null of a flat column. */
    final void addNull() {
        levels.addNull(valueCount());
        if (levels.nulls() >= MAX_PAGE_ENTRIES) {
            closePage();
        }
    }

    /** Adds an entry of a nested column without a value: a null, or an absent parent. */
    final void addAbsent(int repetition, int definition) {
        beforeEntry(repetition);
        levels.add(repetition, definition);
    }

    /** Adds the levels of a value of a nested column, to be followed by the value. */
    final void addPresent(int repetition, int definition) {
        beforeEntry(repetition);
        levels.add(repetition, definition);
    }

    /** Pages of nested columns end between rows only. */
    private void beforeEntry(int repetition) {
        if (repetition == 0 && (levels.entries(0) >= MAX_PAGE_ENTRIES || plainValueBytes() >= pageBytes)) {
            closePage();
        }
    }

    /** Returns whether the column has one entry per row, so that a page may end after any of them. */
    final boolean isFlat() {
        return spec.isFlat();
    }

    /** Returns how many bytes of values a page may hold. */
    final int pageBytes() {
        return pageBytes;
    }

    /** Returns the stored bytes of the row group's closed pages. */
    final long storedBytes() {
        return pages.storedBytes() + dictionaryBytes();
    }

    /** Returns about how many bytes the open page would take if it were stored now. */
    final long estimatedOpenBytes() {
        long plain = plainValueBytes() + levels.entries(valueCount()) / 8;
        long closedPlain = pages.plainBytes();
        return closedPlain == 0 ? plain / 2 : plain * pages.storedBytes() / closedPlain;
    }

    /** Returns the bytes of heap the column holds. */
    final long retainedBytes() {
        return pages.storedBytes() + retainedValueBytes() + levels.retainedBytes() + content.array().length;
    }

    /** Encodes and compresses the open page, if it has entries. */
    final void closePage() {
        int values = valueCount();
        int entries = levels.entries(values);
        if (entries == 0) {
            return;
        }
        content.clear();
        levels.encode(values, content);
        boolean useIds = dictionaryChoice.isOpen() && values > 0 && encodeIds(dictionaryChoice);
        sourceBytes += arrowBytes(values, entries);
        int rows = levels.rows(values);
        if (useIds) {
            int width = 32 - Integer.numberOfLeadingZeros(Math.max(dictionarySize() - 1, 0));
            content.write(width);
            RunEncoder.encode(ids(), values, width, content);
            pages.add(content, Encoding.RLE_DICTIONARY, entries, chunkRows);
        } else {
            encodePlain(content);
            pages.add(content, Encoding.PLAIN, entries, chunkRows);
        }
        includeValues(pageBounds);
        keepStats(values);
        chunkRows += rows;
        clearValues();
        levels.clear();
    }

    /** Returns the bytes of the page's values and validity in Arrow arrays. */
    private long arrowBytes(int values, int entries) {
        int bits = spec.arrowBits();
        long data = bits > 0 ? (long) entries * bits / 8 : plainValueBytes() + 4L * (entries - values);
        return data + (spec.field().isNullable() ? entries / 8 : 0);
    }

    private void keepStats(int values) {
        chunkNulls += levels.nulls();
        byte[] min = pageBounds.exist() ? pageBounds.storedMin() : null;
        byte[] max = pageBounds.exist() ? pageBounds.storedMax() : null;
        boolean complete = values == 0 || (min != null && max != null);
        pageStats.add(new PageStats(min, max, levels.nulls(), complete));
        chunkBounds.include(pageBounds);
        pageBounds.clear();
    }

    /** Writes the row group's pages of this column and starts the next row group. */
    final Finished writeChunk(FileOutput output) throws IOException {
        closePage();
        if (dictionarySize() > 0 && dictionaryChoice.isUsed()) {
            content.clear();
            encodeDictionary(content);
            pages.dictionary(content, dictionarySize());
        }
        PageWriter.Written written = pages.write(spec, output);
        written.chunk().getMeta_data().setStatistics(statistics());
        ColumnIndex index = columnIndex();
        fileBounds.include(chunkBounds);
        fileNulls += chunkNulls;
        chunkBounds.clear();
        chunkRows = 0;
        chunkNulls = 0;
        pageStats.clear();
        clearDictionary();
        dictionaryChoice.nextChunk();
        return new Finished(written.chunk(), index, written.offsets());
    }

    private Statistics statistics() {
        Statistics statistics = new Statistics();
        statistics.setNull_count(chunkNulls);
        byte[] max = chunkBounds.exist() ? chunkBounds.storedMax() : null;
        if (max != null) {
            statistics.setMin_value(chunkBounds.storedMin());
            statistics.setMax_value(max);
            statistics.setIs_min_value_exact(chunkBounds.areExact());
            statistics.setIs_max_value_exact(chunkBounds.areExact());
        }
        return statistics;
    }

    private @Nullable ColumnIndex columnIndex() {
        List<Boolean> nullPages = new ArrayList<>();
        List<ByteBuffer> mins = new ArrayList<>();
        List<ByteBuffer> maxes = new ArrayList<>();
        List<Long> nulls = new ArrayList<>();
        ByteBuffer none = ByteBuffer.allocate(0);
        for (PageStats page : pageStats) {
            if (!page.complete()) {
                return null;
            }
            nullPages.add(page.min() == null);
            mins.add(page.min() == null ? none : ByteBuffer.wrap(page.min()));
            maxes.add(page.max() == null ? none : ByteBuffer.wrap(page.max()));
            nulls.add(page.nulls());
        }
        ColumnIndex index = new ColumnIndex(nullPages, mins, maxes, BoundaryOrder.UNORDERED);
        index.setNull_counts(nulls);
        return index;
    }

    /** Returns the bytes of all row groups written so far as Arrow arrays. */
    final long sourceBytes() {
        return sourceBytes;
    }

    /** Returns the bounds of all row groups written so far. */
    final Bounds fileBounds() {
        return fileBounds;
    }

    /** Returns the nulls, absent parents included, of all row groups written so far. */
    final long fileNulls() {
        return fileNulls;
    }
}
