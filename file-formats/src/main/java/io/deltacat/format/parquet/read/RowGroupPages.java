package io.deltacat.format.parquet.read;

import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.predicate.RowSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens the wanted column chunks of one row group, or the pages of them that hold wanted rows. Small spans of bytes that lie
 * near each other are fetched with one request; large ones are fetched piece by piece as their pages are read. Confined to
 * one thread.
 */
final class RowGroupPages {
    private static final int MAX_SHARED_BYTES = 16 << 20;
    private static final int MAX_GAP_BYTES = 256 << 10;

    private final RandomAccessInput input;
    private final RowGroupInfo rowGroup;
    private final DecompressorPool decompressors;
    private final Map<Integer, PageLocations> locations;
    private final Map<Integer, List<ChunkSpan>> spans = new HashMap<>();

    /** Some bytes of a leaf. */
    private record LeafSpan(int leaf, ByteSpan span) {}

    private RowGroupPages(
            RandomAccessInput input,
            RowGroupInfo rowGroup,
            DecompressorPool decompressors,
            Map<Integer, PageLocations> locations) {
        this.input = input;
        this.rowGroup = rowGroup;
        this.decompressors = decompressors;
        this.locations = Map.copyOf(locations);
    }

    /**
     * Opens a row group and fetches its small spans.
     *
     * @param input the open file
     * @param rowGroup the row group
     * @param leaves indexes of the wanted leaves
     * @param rows the rows that will be read
     * @param locations where the pages of leaves are, by leaf index; leaves without are read from their start on
     * @param decompressors where to get decompressors
     */
    static RowGroupPages fetch(
            RandomAccessInput input,
            RowGroupInfo rowGroup,
            List<Integer> leaves,
            RowSet rows,
            Map<Integer, PageLocations> locations,
            DecompressorPool decompressors)
            throws IOException {
        RowGroupPages pages = new RowGroupPages(input, rowGroup, decompressors, locations);
        List<LeafSpan> ordered = new ArrayList<>();
        for (int leaf : leaves) {
            pages.spans.put(leaf, new ArrayList<>());
            pages.wantedSpans(leaf, rows).forEach(span -> ordered.add(new LeafSpan(leaf, span)));
        }
        ordered.sort(Comparator.comparingLong(wanted -> wanted.span().start()));
        List<LeafSpan> run = new ArrayList<>();
        for (LeafSpan wanted : ordered) {
            if (!run.isEmpty() && !joins(run, wanted.span())) {
                pages.addRun(run);
                run.clear();
            }
            run.add(wanted);
        }
        if (!run.isEmpty()) {
            pages.addRun(run);
        }
        return pages;
    }

    /** Returns the bytes to read of a leaf, near ones as one span. */
    private List<ByteSpan> wantedSpans(int leaf, RowSet rows) {
        ColumnChunkInfo chunk = rowGroup.chunks().get(leaf);
        PageLocations pages = locations.get(leaf);
        if (pages == null) {
            return List.of(new ByteSpan(chunk.start(), chunk.start() + chunk.length()));
        }
        List<ByteSpan> merged = new ArrayList<>();
        for (ByteSpan span : pages.spansOf(rows)) {
            int last = merged.size() - 1;
            if (last >= 0 && span.start() - merged.get(last).end() <= MAX_GAP_BYTES) {
                merged.set(last, new ByteSpan(merged.get(last).start(), span.end()));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    private static boolean joins(List<LeafSpan> run, ByteSpan next) {
        long gap = next.start() - endOf(run);
        return gap >= 0 && gap <= MAX_GAP_BYTES && next.end() - startOf(run) <= MAX_SHARED_BYTES;
    }

    private static long startOf(List<LeafSpan> run) {
        return run.get(0).span().start();
    }

    private static long endOf(List<LeafSpan> run) {
        return run.get(run.size() - 1).span().end();
    }

    private void addRun(List<LeafSpan> run) throws IOException {
        ChunkSpan.Piece piece = null; // a span by itself is fetched when it is read
        if (run.size() > 1) {
            long start = startOf(run);
            int length = (int) (endOf(run) - start); // at most MAX_SHARED_BYTES
            byte[] bytes = new byte[length + RunDecoder.SLACK];
            input.readFully(start, bytes, 0, length);
            piece = new ChunkSpan.Piece(bytes, start, length);
        }
        for (LeafSpan wanted : run) {
            ChunkSpan span = new ChunkSpan(wanted.span().start(), wanted.span().end(), piece);
            spans.computeIfAbsent(wanted.leaf(), leaf -> new ArrayList<>()).add(span);
        }
    }

    /**
     * Starts to read the pages of a chunk.
     *
     * @param leaf index of the leaf, one of the wanted ones
     * @param buffers where its bytes go
     */
    PageSource open(int leaf, ColumnBuffers buffers) {
        ColumnChunkInfo chunk = rowGroup.chunks().get(leaf);
        ChunkBytes bytes = new ChunkBytes(input, spans.getOrDefault(leaf, List.of()), buffers);
        return new PageSource(bytes, chunk, decompressors.get(chunk.codec()), buffers, locations.get(leaf));
    }
}
