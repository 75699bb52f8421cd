package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.schema.SchemaNode;
import io.deltacat.format.predicate.Zone;
import io.deltacat.format.predicate.ZoneBounds;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.Util;

/** Reads the page indexes of a row group; indexes that lie near each other come with one request. Confined to one thread. */
final class PageIndexes {
    private static final int MAX_GAP_BYTES = 64 << 10;
    private static final int MAX_REQUEST_BYTES = 8 << 20;

    private final String file;
    private final RandomAccessInput input;

    /**
     * @param file location, for messages
     * @param input the open file
     */
    PageIndexes(String file, RandomAccessInput input) {
        this.file = file;
        this.input = input;
    }

    /**
     * Reads where the pages of some columns are.
     *
     * @param rowGroup the row group
     * @param leaves the columns
     * @return the places by leaf index; columns without an index are missing
     */
    Map<Integer, PageLocations> locations(RowGroupInfo rowGroup, Collection<SchemaNode.Leaf> leaves)
            throws IOException {
        Map<SchemaNode.Leaf, ByteSpan> spans = new LinkedHashMap<>();
        for (SchemaNode.Leaf leaf : leaves) {
            ByteSpan span = rowGroup.chunks().get(leaf.index()).hints().offsetIndex();
            if (span != null) {
                spans.put(leaf, span);
            }
        }
        Map<Integer, PageLocations> locations = new LinkedHashMap<>();
        forEach(spans, "offset index", (leaf, in) -> {
            OffsetIndex index = Util.readOffsetIndex(in);
            locations.put(
                    leaf.index(), new PageLocations(index, rowGroup.chunks().get(leaf.index()), rowGroup.rowCount()));
        });
        return locations;
    }

    /**
     * Reads what is known of the pages of some columns.
     *
     * @param rowGroup the row group
     * @param leaves the columns, flat
     * @param locations where their pages are
     * @return the pages as zones by leaf index; columns without an index are missing
     */
    Map<Integer, List<Zone>> zones(
            RowGroupInfo rowGroup, Collection<SchemaNode.Leaf> leaves, Map<Integer, PageLocations> locations)
            throws IOException {
        Map<SchemaNode.Leaf, ByteSpan> spans = new LinkedHashMap<>();
        for (SchemaNode.Leaf leaf : leaves) {
            ByteSpan span = rowGroup.chunks().get(leaf.index()).hints().columnIndex();
            if (span != null && locations.containsKey(leaf.index())) {
                spans.put(leaf, span);
            }
        }
        Map<Integer, List<Zone>> zones = new LinkedHashMap<>();
        forEach(spans, "column index", (leaf, in) -> {
            ColumnIndex index = Util.readColumnIndex(in);
            boolean ordered = rowGroup.chunks().get(leaf.index()).hints().ordered();
            PageLocations pages = locations.get(leaf.index());
            if (pages != null) {
                zones.put(leaf.index(), zonesOf(index, pages, new StoredBounds(leaf, ordered)));
            }
        });
        return zones;
    }

    private static List<Zone> zonesOf(ColumnIndex index, PageLocations pages, StoredBounds bounds) {
        int count = pages.pageCount();
        boolean countsNulls = index.isSetNull_counts();
        if (index.getNull_pagesSize() != count
                || index.getMin_valuesSize() != count
                || index.getMax_valuesSize() != count
                || (countsNulls && index.getNull_countsSize() != count)) {
            throw new MalformedDataException("the column index has bounds of " + index.getMin_valuesSize() + " and "
                    + index.getMax_valuesSize() + " pages, the chunk has " + count);
        }
        List<Zone> zones = new ArrayList<>(count);
        for (int page = 0; page < count; page++) {
            boolean mayHaveNull = !countsNulls || index.getNull_counts().get(page) != 0;
            ZoneBounds known = index.getNull_pages().get(page)
                    ? ZoneBounds.ALL_NULL
                    : bounds.bounds(
                            index.getMin_values().get(page),
                            index.getMax_values().get(page),
                            mayHaveNull,
                            true);
            zones.add(new Zone(pages.firstRow(page), pages.endRow(page), known));
        }
        return zones;
    }

    /** Takes the bytes of one index. */
    @FunctionalInterface
    private interface Decoder {
        void decode(SchemaNode.Leaf leaf, ByteArrayInputStream in) throws IOException;
    }

    private void forEach(Map<SchemaNode.Leaf, ByteSpan> spans, String what, Decoder decoder) throws IOException {
        List<Map.Entry<SchemaNode.Leaf, ByteSpan>> ordered = new ArrayList<>(spans.entrySet());
        ordered.sort(Comparator.comparingLong(entry -> entry.getValue().start()));
        int from = 0;
        while (from < ordered.size()) {
            ByteSpan first = ordered.get(from).getValue();
            long end = first.end();
            int to = from + 1;
            while (to < ordered.size() && joins(first, end, ordered.get(to).getValue())) {
                end = Math.max(end, ordered.get(to).getValue().end());
                to++;
            }
            byte[] bytes = fetch(first.start(), end, what);
            for (Map.Entry<SchemaNode.Leaf, ByteSpan> entry : ordered.subList(from, to)) {
                ByteSpan span = entry.getValue();
                int start = (int) (span.start() - first.start()); // within the array
                decode(entry.getKey(), what, span, decoder, bytes, start);
            }
            from = to;
        }
    }

    private static boolean joins(ByteSpan first, long end, ByteSpan next) {
        return next.start() - end <= MAX_GAP_BYTES
                && Math.max(end, next.end()) - first.start() <= Math.max(MAX_REQUEST_BYTES, first.length());
    }

    private byte[] fetch(long start, long end, String what) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(end - start)];
        try {
            input.readFully(start, bytes, 0, bytes.length);
        } catch (EOFException e) {
            throw new FormatException.CorruptFile(file, null, start, "the file ends inside of an " + what, e);
        }
        return bytes;
    }

    private void decode(SchemaNode.Leaf leaf, String what, ByteSpan span, Decoder decoder, byte[] bytes, int start)
            throws IOException {
        int length = (int) span.length(); // the footer stores an int
        try {
            decoder.decode(leaf, new ByteArrayInputStream(bytes, start, length));
        } catch (MalformedDataException e) {
            throw new FormatException.CorruptFile(file, leaf.dottedPath(), span.start(), e.problem(), e);
        } catch (IOException | RuntimeException e) {
            throw new FormatException.CorruptFile(
                    file, leaf.dottedPath(), span.start(), "the " + what + " does not decode", e);
        }
    }
}
