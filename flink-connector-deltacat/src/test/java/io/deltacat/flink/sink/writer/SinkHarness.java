package io.deltacat.flink.sink.writer;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.flink.sink.commit.CommitLoop;
import io.deltacat.flink.sink.commit.CommitOrigin;
import io.deltacat.flink.sink.commit.DeltaMode;
import io.deltacat.flink.sink.commit.FinishedFile;
import io.deltacat.flink.sink.commit.PrepareLoop;
import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.commit.RestTransactionPort;
import io.deltacat.flink.sink.commit.SystemPauses;
import io.deltacat.flink.sink.commit.WrittenFiles;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** The writers, prepare and commit of a sink without Flink around them: the test says when a checkpoint happens. */
public final class SinkHarness implements AutoCloseable {
    private final DeltaCatClient client;
    private final TableWriterSettings settings;
    private final String sinkId;
    private final RestTransactionPort port;
    private final PrepareLoop prepare;
    private final CommitLoop commit;
    private final ExecutorService uploads = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor();
    private final List<TableWriter> writers = new ArrayList<>();
    private int attempt;
    private int manyGenerations;

    /** The client stays the caller's; the port closes its own. */
    public SinkHarness(
            DeltaCatClient client, DeltaCatClient ofPort, String sinkId, TableRef table, RowType rowType, long buffer) {
        this.client = client;
        this.sinkId = sinkId;
        this.settings = new TableWriterSettings(
                table,
                rowType,
                null,
                DeltaMode.APPEND,
                new ParquetFormat(),
                "parquet",
                WriteOptions.defaults(),
                new RollingPolicy(1 << 20, Long.MAX_VALUE, Duration.ofHours(1), 3, 64 << 20),
                2,
                Duration.ofMinutes(1),
                buffer,
                false);
        this.port = new RestTransactionPort(ofPort);
        this.prepare = new PrepareLoop(
                port,
                new SystemPauses(),
                Duration.ofMinutes(1),
                new CommitOrigin(sinkId, "job", CommitOrigin.DEFAULT_MESSAGE),
                false,
                () -> UUID.randomUUID().toString());
        this.commit = new CommitLoop(port, new SystemPauses(), Duration.ofMinutes(1));
    }

    /** Throws the writers away, with everything they did not hand over, and starts others. */
    public void restart(int parallelism) throws IOException {
        closeWriters();
        attempt++;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            writers.add(TableWriter.open(
                    settings,
                    new WriterRuntime(
                            client,
                            heartbeats,
                            uploads,
                            new WriterRuntime.Identity("job", sinkId, subtask, attempt),
                            new FileObserver() {
                                @Override
                                public void openFiles(int count) {}

                                @Override
                                public void finished(FileStats stats, long nanos) {}
                            },
                            System::nanoTime,
                            () -> UUID.randomUUID().toString())));
        }
    }

    /** Gives a row to the writer of a hash. */
    public void write(int hash, RowData row) throws InterruptedException {
        writers.get(Math.floorMod(hash, writers.size())).write(row);
    }

    /** What happens before a barrier. */
    public Optional<PreparedCheckpoint> prepare(long checkpointId) throws InterruptedException {
        List<WrittenFiles> results = new ArrayList<>();
        for (TableWriter writer : writers) {
            results.addAll(FinishedFile.byDelta(writer.finish()));
        }
        Optional<PreparedCheckpoint> prepared = prepare.prepare(checkpointId, results);
        // One generation makes two deltas at most.
        if (prepared.isPresent() && prepared.get().deltas().size() > 2) {
            manyGenerations++;
        }
        return prepared;
    }

    /** What happens when a checkpoint completed. */
    public void commit(PreparedCheckpoint checkpoint, boolean restored) throws InterruptedException {
        commit.commit(checkpoint, restored);
    }

    /** Returns how many checkpoints were prepared in more than one generation. */
    public int manyGenerations() {
        return manyGenerations;
    }

    private void closeWriters() throws IOException {
        for (TableWriter writer : writers) {
            writer.close();
        }
        writers.clear();
    }

    @Override
    public void close() throws IOException {
        closeWriters();
        uploads.shutdownNow();
        heartbeats.shutdownNow();
        port.close();
    }
}
