package io.deltacat.flink.sink.writer;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.flink.sink.RowRefused;
import io.deltacat.flink.sink.TableRouter;
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
import java.util.function.Function;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;

/**
 * One parallel writer: rows become files under the directory of a location session, and at each barrier the entries of the
 * finished files go to the aggregator. Confined to the mailbox thread, which waits for files to be finished at a barrier.
 *
 * @param <T> class of the records
 */
@Internal
public final class DeltaCatWriter<T> implements CommittingSinkWriter<T, WrittenFiles> {
    private final RecordWriter<T> records;
    private final WriterMetrics metrics;
    private final Deque<AutoCloseable> resources;

    private DeltaCatWriter(RecordWriter<T> records, WriterMetrics metrics, Deque<AutoCloseable> resources) {
        this.records = records;
        this.metrics = metrics;
        this.resources = resources;
    }

    /**
     * Opens a writer for one table: one or two requests, for its place to write.
     *
     * @param client the server, closed with the writer, also if this call fails
     * @param sinkId identity of the sink
     * @param settings how the table is written
     * @param context the task it runs in
     * @return the writer
     * @throws io.deltacat.flink.sink.SchemaDoesNotFit if the table cannot take the rows
     * @throws io.deltacat.client.DeltaCatException if the server gives no place to write
     */
    public static DeltaCatWriter<RowData> open(
            DeltaCatClient client, String sinkId, TableWriterSettings settings, WriterInitContext context) {
        return open(client, sinkId, settings.uploads(), context, runtime -> TableWriter.open(settings, runtime));
    }

    /**
     * Opens a writer for many tables. It sends nothing before the first record.
     *
     * @param client the server, closed with the writer, also if this call fails
     * @param sinkId identity of the sink
     * @param router decides where records go
     * @param settings how tables are written
     * @param context the task it runs in
     * @param <T> class of the records
     * @return the writer
     */
    public static <T> DeltaCatWriter<T> open(
            DeltaCatClient client,
            String sinkId,
            TableRouter<T> router,
            RoutedTableSettings settings,
            WriterInitContext context) {
        return open(
                client,
                sinkId,
                settings.uploads(),
                context,
                runtime -> new RoutingWriter<>(router, RoutedTableOpener.tables(settings, runtime)));
    }

    private static <T> DeltaCatWriter<T> open(
            DeltaCatClient client,
            String sinkId,
            int uploadThreads,
            WriterInitContext context,
            Function<WriterRuntime, RecordWriter<T>> opener) {
        Deque<AutoCloseable> resources = new ArrayDeque<>();
        resources.push(client);
        try {
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
                    Executors.newFixedThreadPool(uploadThreads, task -> daemon(task, threads + "-upload"));
            resources.push(uploads::shutdownNow);
            WriterMetrics metrics = new WriterMetrics(context.metricGroup());
            RecordWriter<T> records = opener.apply(new WriterRuntime(
                    client,
                    heartbeats,
                    uploads,
                    identity,
                    metrics,
                    System::nanoTime,
                    () -> UUID.randomUUID().toString()));
            resources.push(records);
            return new DeltaCatWriter<>(records, metrics, resources);
        } catch (RuntimeException e) {
            closeAll(resources, e);
            throw e;
        }
    }

    @Override
    public void write(T record, Context context) throws InterruptedException {
        try {
            if (records.write(record)) {
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
        List<FinishedFile> files = records.finish();
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
