package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.WriteEntry;
import io.deltacat.flink.sink.FileNotWritten;
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

class RollingFilesTest {
    private static final int UPLOADS = 2;

    private final ExecutorService executor = Executors.newFixedThreadPool(UPLOADS);
    private final List<FakeFile> files = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger finishing = new AtomicInteger();
    private final AtomicInteger mostFinishing = new AtomicInteger();
    private final AtomicInteger finishedStats = new AtomicInteger();
    private volatile String directory = "/data/ws-1";
    private volatile @Nullable String failingFile;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final RollingFiles<Integer> rolling = new RollingFiles<>(
            () -> new WriteLocation("ws", 1, directory, null, Duration.ofHours(1)),
            place -> output(place.dataDirectory() + "/" + files.size()),
            this::open,
            new FileFinisher(executor, UPLOADS, Duration.ofSeconds(20)),
            stats -> finishedStats.incrementAndGet(),
            1_000);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void filesEndBySizeAndAtBarriersAndAreReportedInOrder() throws Exception {
        appendRows(1_000);
        List<WriteEntry> entries = rolling.endAll();

        assertThat(entries).extracting(WriteEntry::path).containsExactlyElementsOf(paths());
        assertThat(entries).hasSizeGreaterThan(1);
        assertThat(entries.stream().mapToLong(WriteEntry::recordCount).sum()).isEqualTo(1_000);
        assertThat(finishedStats).hasValue(entries.size());
        assertThat(rolling.endAll()).isEmpty();
    }

    @Test
    void withoutRowsThereIsNoFile() throws Exception {
        assertThat(rolling.endAll()).isEmpty();
        assertThat(files).isEmpty();
    }

    @Test
    void noMoreFilesThanAllowedAreFinishedAtTheSameTime() throws Exception {
        appendRows(20_000);
        rolling.endAll();

        assertThat(files).hasSizeGreaterThan(10);
        assertThat(mostFinishing.get()).isBetween(1, UPLOADS);
    }

    @Test
    void aFileThatCannotBeFinishedFailsTheBarrierAndNamesIt() throws Exception {
        failingFile = "/data/ws-1/0";
        appendRows(1);

        assertThatThrownBy(rolling::endAll)
                .isInstanceOf(FileNotWritten.class)
                .hasMessageContaining("/data/ws-1/0")
                .hasMessageContaining("disk full");
    }

    @Test
    void aLocationThatChangesIsUsedForTheNextFile() throws Exception {
        appendRows(1);
        directory = "/data/ws-2";
        appendRows(1);
        rolling.endAll();
        appendRows(1);
        rolling.endAll();

        assertThat(paths()).containsExactly("/data/ws-1/0", "/data/ws-2/1");
    }

    @Test
    void closingDiscardsTheOpenFile() throws Exception {
        appendRows(10);

        rolling.close();
        rolling.close();

        assertThat(files.get(0).published).isFalse();
        assertThat(files.get(0).closed).isTrue();
    }

    @Test
    void aCancelledTaskStopsWaiting() throws Exception {
        gate = new CountDownLatch(1);
        appendRows(1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(rolling::endAll).isInstanceOf(InterruptedException.class);
        gate.countDown();
    }

    private void appendRows(int count) throws InterruptedException {
        for (int row = 0; row < count; row++) {
            rolling.append(row);
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
            return 0;
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
