package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.TableRef;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.flink.sink.FileNotWritten;
import io.deltacat.flink.sink.commit.DeltaMode;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.FinishedFile;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.OutputFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataFilesTest {
    private static final int UPLOADS = 2;
    private static final DeltaTarget TARGET =
            new DeltaTarget(TableRef.of("sales", "orders"), DeltaMode.APPEND, "parquet", 0);

    private final ExecutorService executor = Executors.newFixedThreadPool(UPLOADS);
    private final List<FakeFile> files = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger finishing = new AtomicInteger();
    private final AtomicInteger mostFinishing = new AtomicInteger();
    private final AtomicInteger finishedStats = new AtomicInteger();
    private volatile String directory = "/data/ws-1";
    private volatile @Nullable String failingFile;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final FileFinisher finisher = new FileFinisher(executor, UPLOADS, Duration.ofSeconds(20));
    private RowPartitions<Integer> partitions = new RowPartitions.Unpartitioned<>();
    private RollingPolicy policy = new RollingPolicy(1_000, Long.MAX_VALUE, Duration.ofDays(1), 4, Long.MAX_VALUE);
    private long nanoTime;
    private int mostOpen;
    private @Nullable DataFiles<Integer> current;

    private DataFiles<Integer> rolling() {
        DataFiles<Integer> existing = current;
        if (existing == null) {
            existing = new DataFiles<>(
                    new DataFiles.Setting<>(
                            () -> TARGET,
                            () -> new WriteLocation("ws", 1, directory, null, Duration.ofHours(1)),
                            place -> output(place.dataDirectory() + "/" + files.size()),
                            this::open,
                            partitions),
                    finisher,
                    new FileObserver() {
                        @Override
                        public void openFiles(int count) {
                            mostOpen = Math.max(mostOpen, count);
                        }

                        @Override
                        public void finished(FileStats stats, long nanos) {
                            finishedStats.incrementAndGet();
                        }
                    },
                    policy,
                    () -> nanoTime);
            current = existing;
        }
        return existing;
    }

    private List<WriteEntry> endAll() throws InterruptedException {
        rolling().endAll();
        return finisher.takeAll().stream().map(FinishedFile::entry).toList();
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void filesEndBySizeAndAtBarriersAndAreReportedInOrder() throws Exception {
        appendRows(1_000);
        List<WriteEntry> entries = endAll();

        assertThat(entries).extracting(WriteEntry::path).containsExactlyElementsOf(paths());
        assertThat(entries).hasSizeGreaterThan(1);
        assertThat(entries.stream().mapToLong(WriteEntry::recordCount).sum()).isEqualTo(1_000);
        assertThat(finishedStats).hasValue(entries.size());
        assertThat(endAll()).isEmpty();
    }

    @Test
    void withoutRowsThereIsNoFile() throws Exception {
        assertThat(endAll()).isEmpty();
        assertThat(files).isEmpty();
    }

    @Test
    void noMoreFilesThanAllowedAreFinishedAtTheSameTime() throws Exception {
        appendRows(20_000);
        endAll();

        assertThat(files).hasSizeGreaterThan(10);
        assertThat(mostFinishing.get()).isBetween(1, UPLOADS);
    }

    @Test
    void aFileThatCannotBeFinishedFailsTheBarrierAndNamesIt() throws Exception {
        failingFile = "/data/ws-1/0";
        appendRows(1);

        assertThatThrownBy(this::endAll)
                .isInstanceOf(FileNotWritten.class)
                .hasMessageContaining("/data/ws-1/0")
                .hasMessageContaining("disk full");
    }

    @Test
    void aLocationThatChangesIsUsedForTheNextFile() throws Exception {
        appendRows(1);
        directory = "/data/ws-2";
        appendRows(1);
        endAll();
        appendRows(1);
        endAll();

        assertThat(paths()).containsExactly("/data/ws-1/0", "/data/ws-2/1");
    }

    @Test
    void eachPartitionHasItsOwnFilesAndMarks() throws Exception {
        partitions = new Modulo(3);
        appendRows(9);

        List<WriteEntry> entries = endAll();

        assertThat(entries)
                .extracting(WriteEntry::partitionValues)
                .containsExactlyInAnyOrder(List.of(0), List.of(1), List.of(2));
        assertThat(entries).extracting(WriteEntry::recordCount).containsOnly(3L);
    }

    @Test
    void oneOpenFileTooManyEndsTheOneThatWasNotWrittenToForLongest() throws Exception {
        partitions = new Modulo(100);
        policy = new RollingPolicy(1_000, Long.MAX_VALUE, Duration.ofDays(1), 2, Long.MAX_VALUE);
        for (int row : new int[] {1, 2, 1, 3, 1}) {
            rolling().append(row);
        }

        List<WriteEntry> entries = endAll();

        assertThat(mostOpen).isEqualTo(2);
        assertThat(entries).extracting(WriteEntry::partitionValues).containsExactly(List.of(2), List.of(3), List.of(1));
    }

    @Test
    void tooMuchMemoryEndsTheFileThatHoldsMost() throws Exception {
        partitions = new Modulo(100);
        policy = new RollingPolicy(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1), 100, 655);
        for (int row = 0; row < 65; row++) {
            rolling().append(1);
        }
        rolling().append(2);
        rolling().append(1);

        assertThat(endAll()).extracting(WriteEntry::recordCount).containsExactly(65L, 1L, 1L);
    }

    @Test
    void filesEndByRowsAndByAge() throws Exception {
        policy = new RollingPolicy(Long.MAX_VALUE, 10, Duration.ofSeconds(5), 100, Long.MAX_VALUE);
        appendRows(15);
        nanoTime = Duration.ofSeconds(6).toNanos();
        appendRows(10);

        List<WriteEntry> entries = endAll();

        assertThat(entries.get(0).recordCount()).isEqualTo(10);
        assertThat(entries).allMatch(entry -> entry.recordCount() <= 10);
        assertThat(entries.stream().mapToLong(WriteEntry::recordCount).sum()).isEqualTo(25);
    }

    @Test
    void closingDiscardsTheOpenFile() throws Exception {
        appendRows(10);

        rolling().close();
        rolling().close();

        assertThat(files.get(0).published).isFalse();
        assertThat(files.get(0).closed).isTrue();
    }

    @Test
    void aCancelledTaskStopsWaiting() throws Exception {
        gate = new CountDownLatch(1);
        appendRows(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::endAll).isInstanceOf(InterruptedException.class);
        gate.countDown();
    }

    private void appendRows(int count) throws InterruptedException {
        for (int row = 0; row < count; row++) {
            rolling().append(row);
        }
    }

    private List<String> paths() {
        return files.stream().map(file -> file.path).toList();
    }

    private static OutputFile output(String path) {
        return new OutputFile() {
            @Override
            public String location() {
                return path;
            }

            @Override
            public FileOutput create() throws IOException {
                throw new IOException("not used");
            }
        };
    }

    private FileAppender<Integer> open(OutputFile file) {
        FakeFile fake = new FakeFile(file.location());
        files.add(fake);
        return fake;
    }

    /** Partitions by a remainder. */
    private record Modulo(int divisor) implements RowPartitions<Integer> {
        @Override
        public List<@Nullable Object> of(Integer row) {
            return List.of(row % divisor);
        }

        @Override
        public WriteEntry mark(WriteEntry entry, List<@Nullable Object> partition) {
            return WriteEntryBuilder.builder(entry).partitionValues(partition).build();
        }
    }

    private final class FakeFile implements FileAppender<Integer> {
        private final String path;
        private long rows;
        private volatile boolean published;
        private volatile boolean closed;

        FakeFile(String path) {
            this.path = path;
        }

        @Override
        public void append(Integer row) {
            rows++;
        }

        @Override
        public long recordCount() {
            return rows;
        }

        @Override
        public long estimatedLength() {
            return rows * 10;
        }

        @Override
        public long bufferedBytes() {
            return rows * 10;
        }

        @Override
        public FileStats finish() throws IOException {
            int now = finishing.incrementAndGet();
            mostFinishing.accumulateAndGet(now, Math::max);
            try {
                gate.await();
                if (path.equals(failingFile)) {
                    throw new IOException("disk full");
                }
                published = true;
                return new FileStats(rows, rows * 10, rows * 4, Map.of());
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                finishing.decrementAndGet();
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
