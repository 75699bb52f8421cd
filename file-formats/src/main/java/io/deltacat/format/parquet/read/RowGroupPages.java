package io.deltacat.format.parquet.read;

import io.deltacat.format.file.RandomAccessInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens the wanted column chunks of one row group. Small chunks that lie near each other are fetched with one request;
 * large ones are fetched piece by piece as their pages are read. Confined to one thread.
 */
final class RowGroupPages {
    private static final int MAX_SHARED_BYTES = 16 << 20;
    private static final int MAX_GAP_BYTES = 256 << 10;

    private final RandomAccessInput input;
    private final RowGroupInfo rowGroup;
    private final DecompressorPool decompressors;
    private final Map<Integer, SharedRange> shared = new HashMap<>();

    /**
     * Some chunks fetched together.
     *
     * @param bytes the bytes, with slack behind them
     * @param start offset in the file of the first
     * @param length number of bytes
     */
    private record SharedRange(byte[] bytes, long start, int length) {}

    private RowGroupPages(RandomAccessInput input, RowGroupInfo rowGroup, DecompressorPool decompressors) {
        this.input = input;
        this.rowGroup = rowGroup;
        this.decompressors = decompressors;
    }

    /**
     * Opens a row group and fetches its small chunks.
     *
     * @param input the open file
     * @param rowGroup the row group
     * @param leaves indexes of the wanted leaves
     * @param decompressors where to get decompressors
     */
    static RowGroupPages fetch(
            RandomAccessInput input, RowGroupInfo rowGroup, List<Integer> leaves, DecompressorPool decompressors)
            throws IOException {
        RowGroupPages pages = new RowGroupPages(input, rowGroup, decompressors);
        List<Integer> ordered = new ArrayList<>(leaves);
        ordered.sort(
                Comparator.comparingLong(leaf -> rowGroup.chunks().get(leaf).start()));
        List<Integer> run = new ArrayList<>();
        for (int leaf : ordered) {
            if (!run.isEmpty() && !pages.joins(run, leaf)) {
                pages.fetchRun(run);
                run.clear();
            }
            run.add(leaf);
        }
        if (!run.isEmpty()) {
            pages.fetchRun(run);
        }
        return pages;
    }

    private boolean joins(List<Integer> run, int leaf) {
        ColumnChunkInfo next = rowGroup.chunks().get(leaf);
        long gap = next.start() - endOf(run);
        return gap >= 0 && gap <= MAX_GAP_BYTES && next.start() + next.length() - startOf(run) <= MAX_SHARED_BYTES;
    }

    private long startOf(List<Integer> run) {
        return rowGroup.chunks().get(run.get(0)).start();
    }

    private long endOf(List<Integer> run) {
        ColumnChunkInfo last = rowGroup.chunks().get(run.get(run.size() - 1));
        return last.start() + last.length();
    }

    private void fetchRun(List<Integer> run) throws IOException {
        if (run.size() == 1) {
            return; // a chunk by itself is fetched when it is read
        }
        long start = startOf(run);
        int length = (int) (endOf(run) - start); // at most MAX_SHARED_BYTES
        byte[] bytes = new byte[length + RunDecoder.SLACK];
        input.readFully(start, bytes, 0, length);
        SharedRange range = new SharedRange(bytes, start, length);
        run.forEach(leaf -> shared.put(leaf, range));
    }

    /**
     * Starts to read the pages of a chunk.
     *
     * @param leaf index of the leaf, one of the wanted ones
     * @param buffers where its bytes go
     */
    PageSource open(int leaf, ColumnBuffers buffers) {
        ColumnChunkInfo chunk = rowGroup.chunks().get(leaf);
        SharedRange range = shared.get(leaf);
        ChunkBytes bytes = range == null
                ? new ChunkBytes(input, chunk.start(), chunk.length(), buffers)
                : new ChunkBytes(
                        input, chunk.start(), chunk.length(), buffers, range.bytes(), range.start(), range.length());
        return new PageSource(bytes, chunk, decompressors.get(chunk.codec()), buffers);
    }
}
