package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.predicate.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;

/** Where the data pages of a column chunk are and which rows they hold, checked against the chunk. Immutable. */
final class PageLocations {
    private final long[] offsets;
    private final long[] ends;
    private final long[] firstRows;
    private final long rowCount;
    private final ColumnChunkInfo chunk;

    /**
     * @param index the chunk's offset index
     * @param chunk the chunk
     * @param rowCount rows of the row group
     * @throws MalformedDataException if the index does not fit the chunk
     */
    PageLocations(OffsetIndex index, ColumnChunkInfo chunk, long rowCount) {
        List<PageLocation> pages = index.getPage_locations();
        this.offsets = new long[pages.size()];
        this.ends = new long[pages.size()];
        this.firstRows = new long[pages.size()];
        this.rowCount = rowCount;
        this.chunk = chunk;
        long chunkEnd = chunk.start() + chunk.length();
        long end = chunk.start();
        for (int i = 0; i < offsets.length; i++) {
            PageLocation page = pages.get(i);
            long size = page.getCompressed_page_size();
            long firstRow = page.getFirst_row_index();
            long rowBefore = i == 0 ? 0 : firstRows[i - 1];
            boolean rowsAscend = i == 0 ? firstRow == 0 : firstRow > rowBefore;
            if (page.getOffset() < end || size < 0 || size > chunkEnd - page.getOffset() || !rowsAscend) {
                throw new MalformedDataException("the offset index places page " + i + " with row " + firstRow
                        + " at byte " + page.getOffset() + " with " + size + " bytes");
            }
            offsets[i] = page.getOffset();
            ends[i] = page.getOffset() + size;
            firstRows[i] = firstRow;
            end = ends[i];
        }
        if (offsets.length == 0 ? rowCount > 0 : firstRows[offsets.length - 1] >= rowCount) {
            throw new MalformedDataException("the offset index of " + offsets.length
                    + " pages does not fit a row group of " + rowCount + " rows");
        }
    }

    int pageCount() {
        return offsets.length;
    }

    long offset(int page) {
        return offsets[page];
    }

    long firstRow(int page) {
        return firstRows[page];
    }

    /** Returns the row behind the last one of a page. */
    long endRow(int page) {
        return page + 1 < firstRows.length ? firstRows[page + 1] : rowCount;
    }

    /** Returns the page that holds a row of the row group. */
    int pageOf(long row) {
        int found = Arrays.binarySearch(firstRows, row);
        return found >= 0 ? found : -found - 2;
    }

    /** Returns the bytes of the pages that hold rows of a set, and those before the first page: its dictionary. */
    List<ByteSpan> spansOf(RowSet rows) {
        List<ByteSpan> spans = new ArrayList<>();
        if (pageCount() > 0 && offsets[0] > chunk.start()) {
            spans.add(new ByteSpan(chunk.start(), offsets[0]));
        }
        int next = 0;
        for (int range = 0; range < rows.rangeCount(); range++) {
            int last = pageOf(rows.to(range) - 1);
            for (int page = Math.max(next, pageOf(rows.from(range))); page <= last; page++) {
                spans.add(new ByteSpan(offsets[page], ends[page]));
            }
            next = Math.max(next, last + 1);
        }
        return spans;
    }
}
