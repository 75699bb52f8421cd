package io.deltacat.flink.source.reader;

import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplit.SplitState;
import io.deltacat.flink.source.split.EventTimeFloor;
import io.deltacat.flink.source.split.SplitsConfirmed;
import io.deltacat.flink.source.split.SplitsFinished;
import io.deltacat.format.registry.FormatRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads splits from storage and emits their rows; never calls the REST API. It asks for more splits when its last one
 * begins, announces finished ones, and keeps each until the enumerator confirms it. Confined to the mailbox thread.
 */
@Internal
public final class DeltaCatSourceReader
        extends SingleThreadMultiplexSourceReaderBase<RowBatch, RowData, DeltaCatSplit, SplitCursor> {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaCatSourceReader.class);

    /** Batches outside the queue: one being filled, one being emitted. */
    private static final int BATCHES_IN_HAND = 2;

    /** Fewer splits than this at hand mean that more are asked for. */
    private static final int ENOUGH_SPLITS = 2;

    private final UnconfirmedSplits unconfirmed = new UnconfirmedSplits();
    private final Counter bytesIn;
    private final Map<String, SplitCursor> unfinished = new ConcurrentHashMap<>();
    private final List<String> restoredFinished = new ArrayList<>();
    private final EventTimeProgress eventTime = new EventTimeProgress();
    private @Nullable ReaderOutput<RowData> watermarks;
    private boolean started;
    private boolean asked;

    private DeltaCatSourceReader(
            Supplier<FileSplitReader> splitReaders, Configuration configuration, SourceReaderContext context) {
        super(
                splitReaders::get,
                (batch, output, cursor) -> {
                    output.collect(batch.row());
                    cursor.readUpTo(batch.rowsRead());
                },
                configuration,
                context);
        SourceReaderMetricGroup metrics = context.metricGroup();
        this.bytesIn = metrics.getIOMetricGroup().getNumBytesInCounter();
        metrics.setPendingRecordsGauge(() -> left(SplitCursor::rowsLeft));
        metrics.setPendingBytesGauge(() -> left(SplitCursor::bytesLeft));
    }

    /**
     * Builds a reader.
     *
     * @param spec what to read of every file
     * @param context Flink's context
     * @return a reader to be started by Flink
     */
    public static DeltaCatSourceReader create(ReadSpec spec, SourceReaderContext context) {
        Configuration configuration = new Configuration(context.getConfiguration());
        if (spec.prefetchedBatches() != ReadSpec.FLINKS_PREFETCH) {
            configuration.set(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY, spec.prefetchedBatches());
        }
        int capacity = configuration.get(SourceReaderOptions.ELEMENT_QUEUE_CAPACITY) + BATCHES_IN_HAND;
        StoredFiles files = new StoredFiles(
                StorageAccess.standard(),
                FormatRegistry.load(context.getUserCodeClassLoader().asClassLoader()));
        BatchPool pool = new BatchPool(capacity, () -> new RowBatch(spec));
        return new DeltaCatSourceReader(
                () -> new FileSplitReader(new SplitFiles(files, spec), pool, spec.limit()), configuration, context);
    }

    @Override
    public void start() {
        started = true;
        announce(unconfirmed.ids());
        askIfFew();
    }

    @Override
    public void addSplits(List<DeltaCatSplit> splits) {
        asked = false;
        List<DeltaCatSplit> unread = new ArrayList<>(splits.size());
        for (DeltaCatSplit split : splits) {
            if (split.state() == SplitState.FINISHED) {
                unconfirmed.add(split);
                restoredFinished.add(split.splitId());
            } else {
                unread.add(split);
                eventTime.added(split);
            }
        }
        if (!unread.isEmpty()) {
            super.addSplits(unread);
        }
        if (started) {
            askIfFew();
        }
    }

    /**
     * Flink opens an output for every restored split, finished ones included, and waits for its event time. Nothing will come
     * from those, so their outputs are released before anything is read; else event time would stand still for good.
     */
    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) throws Exception {
        if (!restoredFinished.isEmpty()) {
            restoredFinished.forEach(output::releaseOutputForSplit);
            restoredFinished.clear();
        }
        watermarks = output;
        InputStatus status = super.pollNext(output);
        if (eventTime.changed()) {
            passEventTime(output);
        }
        return status;
    }

    /** Emits the next watermark, if event time has come further; between rows, so never before a row it would pass. */
    private void passEventTime(ReaderOutput<RowData> output) {
        eventTime.advance().ifPresent(millis -> output.emitWatermark(new Watermark(millis)));
    }

    @Override
    public List<DeltaCatSplit> snapshotState(long checkpointId) {
        List<DeltaCatSplit> state = new ArrayList<>(super.snapshotState(checkpointId));
        state.addAll(unconfirmed.snapshot());
        return state;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof SplitsConfirmed confirmation) {
            unconfirmed.confirmed(confirmation.splitIds());
        } else if (event instanceof EventTimeFloor floor) {
            eventTime.floor(floor);
            if (watermarks != null) {
                passEventTime(watermarks);
            }
        } else {
            LOG.warn("Unknown event ignored event={}", event);
        }
    }

    @Override
    protected void onSplitFinished(Map<String, SplitCursor> finished) {
        finished.values().forEach(cursor -> {
            DeltaCatSplit split = cursor.toSplit();
            unconfirmed.add(split);
            eventTime.finished(split.splitId());
            bytesIn.inc(split.contentLength());
        });
        unfinished.keySet().removeAll(finished.keySet());
        announce(List.copyOf(finished.keySet()));
        askIfFew();
    }

    @Override
    protected SplitCursor initializedState(DeltaCatSplit split) {
        SplitCursor cursor = new SplitCursor(split);
        unfinished.put(split.splitId(), cursor);
        return cursor;
    }

    @Override
    protected DeltaCatSplit toSplitType(String splitId, SplitCursor cursor) {
        return cursor.toSplit();
    }

    private long left(ToLongFunction<SplitCursor> measure) {
        return unfinished.values().stream().mapToLong(measure).sum();
    }

    private void announce(List<String> splitIds) {
        if (!splitIds.isEmpty()) {
            context.sendSourceEventToCoordinator(new SplitsFinished(splitIds));
        }
    }

    private void askIfFew() {
        if (!asked && getNumberOfCurrentlyAssignedSplits() < ENOUGH_SPLITS) {
            asked = true;
            context.sendSplitRequest();
        }
    }
}
