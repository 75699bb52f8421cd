package io.deltacat.flink.sink.writer;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.flink.sink.RowRefused;
import io.deltacat.flink.sink.commit.FinishedFile;
import io.deltacat.flink.sink.commit.WrittenFiles;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * One parallel writer: rows become files under the directory of a location session, and at each barrier the entries of the
 * finished files go to the aggregator. Confined to the mailbox thread, which waits for files to be finished at a barrier.
 */
@Internal
public final class DeltaCatWriter implements CommittingSinkWriter<RowData, WrittenFiles> {
    private final TableWriter table;
    private final WriterMetrics metrics;
    private final Deque<AutoCloseable> resources;

    private DeltaCatWriter(TableWriter table, WriterMetrics metrics, Deque<AutoCloseable> resources) {
        this.table = table;
        this.metrics = metrics;
        this.resources = resources;
    }

    /**
     * Opens a writer: one or two requests, for its place to write.
     *
     * @param client the server, closed with the writer, also if this call fails
     * @param sinkId identity of the sink
     * @param settings how the table is written
     * @param context the task it runs in
     * @return the writer
     * @throws io.deltacat.flink.sink.SchemaDoesNotFit if the table cannot take the rows
     * @throws io.deltacat.client.DeltaCatException if the server gives no place to write
     */
    public static DeltaCatWriter open(
            DeltaCatClient client, String sinkId, TableWriterSettings settings, WriterInitContext context) {
        Deque<AutoCloseable> resources = new ArrayDeque<>();
        resources.push(client);
        try {
            return open(client, sinkId, settings, context, resources);
        } catch (RuntimeException e) {
            closeAll(resources, e);
            throw e;
        }
    }

    private static DeltaCatWriter open(
            DeltaCatClient client,
            String sinkId,
            TableWriterSettings settings,
            WriterInitContext context,
            Deque<AutoCloseable> resources) {
        WriterRuntime.Identity identity = new WriterRuntime.Identity(
                context.getJobInfo().getJobId().toHexString(),
                sinkId,
                context.getTaskInfo().getIndexOfThisSubtask(),
                context.getTaskInfo().getAttemptNumber());
        String threads = "deltacat-" + sinkId + "-" + identity.subtask();
        ScheduledExecutorService heartbeats =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, threads + "-heartbeat"));
        resources.push(heartbeats::shutdownNow);
        ExecutorService uploads =
                Executors.newFixedThreadPool(settings.uploads(), task -> daemon(task, threads + "-upload"));
        resources.push(uploads::shutdownNow);
        WriterMetrics metrics = new WriterMetrics(context.metricGroup());
        WriterRuntime runtime = new WriterRuntime(
                client,
                heartbeats,
                uploads,
                identity,
                metrics,
                System::nanoTime,
                () -> UUID.randomUUID().toString());
        TableWriter table = TableWriter.open(settings, runtime);
        resources.push(table);
        return new DeltaCatWriter(table, metrics, resources);
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
        try {
            if (table.write(row)) {
                metrics.recordTaken();
            } else {
                metrics.recordRefused();
            }
        } catch (RowRefused e) {
            metrics.recordRefused();
            throw e;
        }
    }

    /** Does nothing: files end in {@link #prepareCommit}, which Flink calls right after this. */
    @Override
    public void flush(boolean endOfInput) {}

    /**
     * Ends all files and waits until they are finished.
     *
     * @return one result per delta with the files since the last barrier; empty if there were no rows
     * @throws io.deltacat.flink.sink.FileNotWritten if a file could not be finished
     */
    @Override
    public Collection<WrittenFiles> prepareCommit() throws InterruptedException {
        List<FinishedFile> files = table.finish();
        metrics.checkpointFiles(files.size());
        return FinishedFile.byDelta(files);
    }

    /** Discards open files and releases everything; registers and aborts nothing. Idempotent. */
    @Override
    public void close() throws IOException {
        IOException failure = new IOException("A writer of the sink could not release everything");
        closeAll(resources, failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private static void closeAll(Deque<AutoCloseable> resources, Exception collector) {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                collector.addSuppressed(e);
            }
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
