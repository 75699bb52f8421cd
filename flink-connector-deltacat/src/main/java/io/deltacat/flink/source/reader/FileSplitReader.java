package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.format.FormatException;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/**
 * Reads splits one after another, batch by batch. A paused split is put aside with its file open, and the next one is read.
 * Confined to the fetcher thread but for {@link #wakeUp}.
 */
@Internal
final class FileSplitReader implements SplitReader<RowBatch, DeltaCatSplit> {
    private final SplitFiles files;
    private final BatchPool pool;
    private final Map<String, DeltaCatSplit> splits = new LinkedHashMap<>();
    private final Map<String, SplitRows> open = new LinkedHashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final long limit;
    private long emitted;

    /**
     * Builds a reader without splits.
     *
     * @param files opens splits
     * @param pool lends batches
     * @param limit rows after which the rest of all splits is passed over
     */
    FileSplitReader(SplitFiles files, BatchPool pool, long limit) {
        this.files = files;
        this.limit = limit;
        this.pool = pool;
    }

    @Override
    public RecordsWithSplitIds<RowBatch> fetch() throws IOException {
        try {
            DeltaCatSplit split = nextSplit();
            if (split == null) {
                if (!splits.isEmpty()) {
                    pool.awaitWakeUp();
                }
                return BatchRecords.nothing(pool);
            }
            return read(split);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Reading was interrupted; the task is being stopped", e);
        }
    }

    @Override
    public void handleSplitsChanges(SplitsChange<DeltaCatSplit> change) {
        if (!(change instanceof SplitsAddition)) {
            throw new UnsupportedOperationException(
                    "Splits change " + change.getClass().getName() + " is not known; expected an addition");
        }
        for (DeltaCatSplit split : change.splits()) {
            splits.put(split.splitId(), split);
        }
    }

    @Override
    public void pauseOrResumeSplits(Collection<DeltaCatSplit> toPause, Collection<DeltaCatSplit> toResume) {
        toPause.forEach(split -> paused.add(split.splitId()));
        toResume.forEach(split -> paused.remove(split.splitId()));
        paused.retainAll(splits.keySet());
    }

    @Override
    public void wakeUp() {
        pool.wakeUp();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Iterator<SplitRows> readers = open.values().iterator(); readers.hasNext(); ) {
            try {
                readers.next().close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
            readers.remove();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable DeltaCatSplit nextSplit() {
        for (DeltaCatSplit split : splits.values()) {
            if (!paused.contains(split.splitId())) {
                return split;
            }
        }
        return null;
    }

    private RecordsWithSplitIds<RowBatch> read(DeltaCatSplit split) throws IOException, InterruptedException {
        String id = split.splitId();
        if (emitted >= limit) {
            finish(id);
            return BatchRecords.end(pool, id);
        }
        SplitRows reader = open.get(id);
        if (reader == null) {
            reader = files.open(split);
            open.put(id, reader);
        }
        Optional<RowBatch> lent = pool.take();
        if (lent.isEmpty()) {
            return BatchRecords.nothing(pool);
        }
        RowBatch batch = lent.get();
        boolean filled = false;
        try {
            filled = reader.next(batch);
        } catch (FormatException e) {
            throw SplitFiles.unreadable(split, e);
        } catch (IOException e) {
            throw SplitFiles.unavailable(split, e);
        } finally {
            if (!filled) {
                pool.giveBack(batch);
            }
        }
        if (!filled) {
            finish(id);
            return BatchRecords.end(pool, id);
        }
        emitted += batch.columns().selectedCount();
        if (reader.ended() || emitted >= limit) {
            finish(id);
            return BatchRecords.lastOf(pool, id, batch);
        }
        return BatchRecords.of(pool, id, batch);
    }

    private void finish(String id) throws IOException {
        splits.remove(id);
        paused.remove(id);
        SplitRows reader = open.remove(id);
        if (reader != null) {
            reader.close();
        }
    }
}
