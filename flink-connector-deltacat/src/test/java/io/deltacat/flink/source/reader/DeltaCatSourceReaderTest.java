package io.deltacat.flink.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplit.SplitState;
import io.deltacat.flink.source.split.SplitsConfirmed;
import io.deltacat.flink.source.split.SplitsFinished;
import io.deltacat.format.schema.ArrowSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCatSourceReaderTest {
    private static final int BATCH_ROWS = 3;
    private static final int FILE_ROWS = 20;

    @TempDir
    private Path directory;

    private final List<DeltaCatSourceReader> opened = new ArrayList<>();

    @AfterEach
    void closeReaders() throws Exception {
        for (DeltaCatSourceReader reader : opened) {
            reader.close();
        }
    }

    /** Takes the numbers out of rows at once, since the next row is the same object. */
    private static final class Numbers implements ReaderOutput<RowData> {
        final List<Long> ids = new ArrayList<>();
        final List<String> released = new ArrayList<>();

        @Override
        public void collect(RowData row) {
            assertThat(row.getString(1)).hasToString("row " + row.getLong(0));
            ids.add(row.getLong(0));
        }

        @Override
        public void collect(RowData row, long timestamp) {
            collect(row);
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}

        @Override
        public SourceOutput<RowData> createOutputForSplit(String splitId) {
            return this;
        }

        @Override
        public void releaseOutputForSplit(String splitId) {
            released.add(splitId);
        }
    }

    private static ReadSpec spec() {
        return new ReadSpec(
                ArrowSchemas.toBase64(ParquetRows.SCHEMA),
                ParquetRows.ROW_TYPE,
                List.of(),
                RowReading.INSERTS,
                MergeColumns.NONE,
                null,
                ReadSpec.NO_LIMIT,
                BATCH_ROWS,
                1 << 20,
                ReadSpec.FLINKS_PREFETCH);
    }

    private DeltaCatSourceReader reader(TestingReaderContext context) {
        DeltaCatSourceReader reader = DeltaCatSourceReader.create(spec(), context);
        opened.add(reader);
        return reader;
    }

    private DeltaCatSplit split(long position) throws IOException {
        Path file = directory.resolve("f-" + position + ".parquet");
        if (!Files.exists(file)) {
            ParquetRows.write(file, position * 100, FILE_ROWS);
        }
        return new DeltaCatSplit(
                new DeltaRef(new PartitionRef("s", "p"), position),
                DeltaKind.APPEND,
                0,
                new SourceFile(file.toString(), "parquet", SourceFile.IDENTITY, Files.size(file), FILE_ROWS, null),
                0,
                DeltaCatSplit.TO_END,
                0,
                SplitState.READING);
    }

    private static void pollUntil(DeltaCatSourceReader reader, Numbers output, BooleanSupplier done) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            if (reader.pollNext(output) == InputStatus.NOTHING_AVAILABLE && !done.getAsBoolean()) {
                CompletableFuture<Void> available = reader.isAvailable();
                available.get(20, TimeUnit.SECONDS);
            }
        }
    }

    private static List<String> announced(TestingReaderContext context) {
        return context.getSentEvents().stream()
                .filter(SplitsFinished.class::isInstance)
                .flatMap(event -> ((SplitsFinished) event).splitIds().stream())
                .toList();
    }

    @Test
    void rowsOfAllSplitsAreEmittedAndEachSplitIsAnnounced() throws Exception {
        TestingReaderContext context = new TestingReaderContext();
        DeltaCatSourceReader reader = reader(context);
        reader.start();
        assertThat(context.getNumSplitRequests()).isEqualTo(1);
        Numbers output = new Numbers();
        List<DeltaCatSplit> splits = List.of(split(1), split(2), split(3));
        reader.addSplits(splits);
        pollUntil(reader, output, () -> announced(context).size() == 3);
        assertThat(output.ids).hasSize(3 * FILE_ROWS).doesNotHaveDuplicates();
        assertThat(announced(context))
                .containsExactlyElementsOf(
                        splits.stream().map(DeltaCatSplit::splitId).toList());
        assertThat(context.getNumSplitRequests()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7, 19, 20})
    void aRestoredReaderGoesOnExactlyBehindTheLastEmittedRow(int emitted) throws Exception {
        DeltaCatSourceReader first = reader(new TestingReaderContext());
        Numbers output = new Numbers();
        first.start();
        first.addSplits(List.of(split(1)));
        pollUntil(first, output, () -> output.ids.size() >= emitted);
        List<DeltaCatSplit> state = first.snapshotState(1);
        assertThat(state).hasSize(1);
        assertThat(state.get(0).rowsRead()).isEqualTo(output.ids.size());
        TestingReaderContext context = new TestingReaderContext();
        DeltaCatSourceReader second = reader(context);
        second.addSplits(state);
        second.start();
        pollUntil(second, output, () -> announced(context).size() == 1);
        assertThat(output.ids).hasSize(FILE_ROWS).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void rowRangesOfOneFileAreReadOnceEach() throws Exception {
        DeltaCatSplit whole = split(1);
        List<DeltaCatSplit> parts = List.of(
                new DeltaCatSplit(whole.delta(), whole.kind(), 0, whole.file(), 0, 7, 0, SplitState.READING),
                new DeltaCatSplit(whole.delta(), whole.kind(), 1, whole.file(), 7, 6, 2, SplitState.READING),
                new DeltaCatSplit(
                        whole.delta(), whole.kind(), 2, whole.file(), 13, DeltaCatSplit.TO_END, 0, SplitState.READING));
        TestingReaderContext context = new TestingReaderContext();
        DeltaCatSourceReader reader = reader(context);
        reader.start();
        reader.addSplits(parts);
        Numbers output = new Numbers();
        pollUntil(reader, output, () -> announced(context).size() == 3);
        assertThat(output.ids).hasSize(FILE_ROWS - 2).doesNotContain(107L, 108L).isSorted();
    }

    @Test
    void theOutputOfARestoredFinishedSplitIsReleasedSoThatEventTimeGoesOn() throws Exception {
        TestingReaderContext context = new TestingReaderContext();
        DeltaCatSourceReader reader = reader(context);
        reader.start();
        DeltaCatSplit split = split(1);
        reader.addSplits(List.of(split));
        pollUntil(reader, new Numbers(), () -> announced(context).size() == 1);

        DeltaCatSourceReader restored = reader(new TestingReaderContext());
        restored.addSplits(reader.snapshotState(1));
        restored.start();
        Numbers output = new Numbers();
        assertThat(restored.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(output.released).containsExactly(split.splitId());
    }

    @Test
    void aFinishedSplitStaysInTheStateUntilItIsConfirmedAndIsAnnouncedAgainAfterARestore() throws Exception {
        TestingReaderContext context = new TestingReaderContext();
        DeltaCatSourceReader reader = reader(context);
        reader.start();
        DeltaCatSplit split = split(1);
        reader.addSplits(List.of(split));
        pollUntil(reader, new Numbers(), () -> announced(context).size() == 1);
        List<DeltaCatSplit> state = reader.snapshotState(1);
        assertThat(state).hasSize(1);
        assertThat(state.get(0).state()).isEqualTo(SplitState.FINISHED);

        TestingReaderContext later = new TestingReaderContext();
        DeltaCatSourceReader restored = reader(later);
        restored.addSplits(state);
        assertThat(announced(later)).isEmpty();
        restored.start();
        assertThat(announced(later)).containsExactly(split.splitId());
        assertThat(later.getNumSplitRequests()).isEqualTo(1);

        restored.handleSourceEvents(new SplitsConfirmed(List.of(split.splitId(), "unknown#1")));
        assertThat(restored.snapshotState(2)).isEmpty();
    }

    @Test
    void unknownEventsAreIgnored() {
        DeltaCatSourceReader reader = reader(new TestingReaderContext());
        reader.start();
        reader.handleSourceEvents(new SplitsFinished(List.of("s/p/1#0")));
        assertThat(reader.snapshotState(1)).isEmpty();
    }

    @Test
    void aPausedSplitIsPutAsideAndReadWhenItIsResumed() throws Exception {
        TestingReaderContext context = new TestingReaderContext();
        DeltaCatSourceReader reader = reader(context);
        reader.start();
        DeltaCatSplit paused = split(1);
        DeltaCatSplit other = split(2);
        reader.pauseOrResumeSplits(List.of("gone#0"), List.of("gone#1"));
        reader.addSplits(List.of(paused, other));
        Numbers output = new Numbers();
        pollUntil(reader, output, () -> !output.ids.isEmpty());
        reader.pauseOrResumeSplits(List.of(paused.splitId()), List.of());
        pollUntil(reader, output, () -> announced(context).contains(other.splitId()));
        assertThat(announced(context)).containsExactly(other.splitId());
        reader.pauseOrResumeSplits(List.of(), List.of(paused.splitId()));
        pollUntil(reader, output, () -> announced(context).contains(paused.splitId()));
        assertThat(output.ids).hasSize(2 * FILE_ROWS).doesNotHaveDuplicates();
    }

    @Test
    void aCorruptFileFailsWithItsNameAndItsDelta() throws Exception {
        Path file = directory.resolve("broken.parquet");
        ParquetRows.write(file, 0, FILE_ROWS);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 9));
        DeltaCatSplit good = split(1);
        DeltaCatSplit broken = new DeltaCatSplit(
                good.delta(),
                good.kind(),
                0,
                new SourceFile(file.toString(), "parquet", SourceFile.IDENTITY, bytes.length, FILE_ROWS, null),
                0,
                DeltaCatSplit.TO_END,
                0,
                SplitState.READING);
        DeltaCatSourceReader reader = reader(new TestingReaderContext());
        reader.start();
        reader.addSplits(List.of(broken));
        assertThatThrownBy(() -> pollUntil(reader, new Numbers(), () -> false))
                .hasStackTraceContaining(DeltaCatSourceException.UnreadableFile.class.getSimpleName())
                .hasStackTraceContaining("broken.parquet")
                .hasStackTraceContaining("s/p/1");
    }

    @Test
    void anUnknownFormatIsRefusedByName() throws Exception {
        DeltaCatSplit good = split(1);
        DeltaCatSplit lance = new DeltaCatSplit(
                good.delta(),
                good.kind(),
                0,
                new SourceFile(good.file().path(), "lance", SourceFile.IDENTITY, 1, 1, null),
                0,
                DeltaCatSplit.TO_END,
                0,
                SplitState.READING);
        DeltaCatSourceReader reader = reader(new TestingReaderContext());
        reader.start();
        reader.addSplits(List.of(lance));
        assertThatThrownBy(() -> pollUntil(reader, new Numbers(), () -> false))
                .hasStackTraceContaining("lance")
                .hasStackTraceContaining("parquet");
    }

    @Test
    void aReaderNeverHoldsMoreBatchesThanItsPool() throws Exception {
        BatchPool pool = new BatchPool(2, () -> new RowBatch(spec()));
        RowBatch one = pool.take().orElseThrow();
        assertThat(pool.take()).isPresent();
        CompletableFuture<Boolean> third = CompletableFuture.supplyAsync(() -> {
            try {
                return pool.take().isPresent();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(third).isNotDone();
        pool.giveBack(one);
        Awaitility.await().until(third::isDone);
        assertThat(third.get()).isTrue();
        assertThat(pool.allocated()).isEqualTo(2);
        pool.wakeUp();
        assertThat(pool.take()).isEmpty();
    }
}
