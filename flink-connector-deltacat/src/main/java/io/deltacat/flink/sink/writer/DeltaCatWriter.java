package io.deltacat.flink.sink.writer;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.flink.sink.FileNotWritten;
import io.deltacat.flink.sink.RowRefused;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.WrittenFiles;
import io.deltacat.flink.types.UnwritableValueException;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.time.Duration;
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
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * One parallel writer of an append table: rows go into files under the directory of its location session, and at each
 * barrier the entries of the finished files go to the aggregator. It makes no request per row, file or checkpoint. Confined
 * to the mailbox thread, which waits for files to be finished at a barrier.
 */
@Internal
public final class DeltaCatWriter implements CommittingSinkWriter<RowData, WrittenFiles> {
    private final DeltaTarget target;
    private final RollingFiles<RowData> files;
    private final Counter recordsSent;
    private final Counter recordErrors;
    private final Deque<AutoCloseable> resources;

    private DeltaCatWriter(
            DeltaTarget target,
            RollingFiles<RowData> files,
            SinkWriterMetricGroup metrics,
            Deque<AutoCloseable> resources) {
        this.target = target;
        this.files = files;
        this.recordsSent = metrics.getNumRecordsSendCounter();
        this.recordErrors = metrics.getNumRecordsSendErrorsCounter();
        this.resources = resources;
    }

    /**
     * What a writer needs to know of its sink. Immutable.
     *
     * @param sinkId identity of the sink
     * @param target delta that the rows become
     * @param rowType type of the rows
     * @param format how files are stored
     * @param writeOptions codec and sizes within files
     * @param targetFileBytes size at which a file ends
     * @param uploads files finished at the same time at most
     * @param uploadTimeout longest wait for one file
     */
    public record Settings(
            String sinkId,
            DeltaTarget target,
            RowType rowType,
            FileFormat format,
            WriteOptions writeOptions,
            long targetFileBytes,
            int uploads,
            Duration uploadTimeout) {}

    /**
     * Opens a writer: one request, for its place to write.
     *
     * @param client the server, closed with the writer, also if this call fails
     * @param settings settings of the sink
     * @param context the task it runs in
     * @return the writer
     * @throws io.deltacat.flink.sink.SchemaDoesNotFit if the table cannot take the rows
     * @throws io.deltacat.client.DeltaCatException if the server gives no place to write
     */
    public static DeltaCatWriter open(DeltaCatClient client, Settings settings, WriterInitContext context) {
        Deque<AutoCloseable> resources = new ArrayDeque<>();
        resources.push(client);
        try {
            return open(client, settings, context, resources);
        } catch (RuntimeException e) {
            closeAll(resources, e);
            throw e;
        }
    }

    private static DeltaCatWriter open(
            DeltaCatClient client, Settings settings, WriterInitContext context, Deque<AutoCloseable> resources) {
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        String jobId = context.getJobInfo().getJobId().toHexString();
        String threads = "deltacat-" + settings.sinkId() + "-" + subtask;

        ScheduledExecutorService heartbeats =
                Executors.newSingleThreadScheduledExecutor(task -> daemon(task, threads + "-heartbeat"));
        resources.push(heartbeats::shutdownNow);
        LocationSession location = LocationSession.open(
                new RestLocationPort(
                        client,
                        settings.target(),
                        "location." + jobId + "." + settings.sinkId() + "." + subtask,
                        settings.sinkId()),
                heartbeats);
        resources.push(location);
        RowSchema schema = RowSchema.of(
                settings.target().table(),
                location.opened().schemaSerialized(),
                location.opened().schema(),
                settings.rowType());

        ExecutorService uploads =
                Executors.newFixedThreadPool(settings.uploads(), task -> daemon(task, threads + "-upload"));
        resources.push(uploads::shutdownNow);
        FileNames names = new FileNames(
                jobId,
                settings.sinkId(),
                subtask,
                context.getTaskInfo().getAttemptNumber(),
                settings.format().extension(),
                () -> UUID.randomUUID().toString());
        StorageAccess storage = client.storage();
        FileMetrics fileMetrics = new FileMetrics(context.metricGroup());
        RollingFiles<RowData> files = new RollingFiles<>(
                location::location,
                place -> storage.output(StorageAccess.resolve(place.dataDirectory(), names.next())),
                file -> settings.format().openAppender(file, schema.schema(), schema.rows(), settings.writeOptions()),
                new FileFinisher(uploads, settings.uploads(), settings.uploadTimeout()),
                fileMetrics::finished,
                settings.targetFileBytes());
        resources.push(files);
        return new DeltaCatWriter(settings.target(), files, context.metricGroup(), resources);
    }

    @Override
    public void write(RowData row, Context context) throws InterruptedException {
        if (row.getRowKind() != RowKind.INSERT) {
            throw refused(
                    "row kind " + row.getRowKind() + " cannot be written in mode '"
                            + target.mode().wireName()
                            + "'; expected INSERT only. Write to a table with merge keys, or make the "
                            + "query append-only",
                    null);
        }
        try {
            files.append(row);
            recordsSent.inc();
        } catch (UnwritableValueException | FormatException.InvalidRow e) {
            throw refused(e.getMessage(), e);
        }
    }

    private RowRefused refused(@Nullable String problem, @Nullable RuntimeException cause) {
        recordErrors.inc();
        return new RowRefused("Table " + target.table() + ": " + problem, cause);
    }

    /** Does nothing: files end in {@link #prepareCommit}, which Flink calls right after this. */
    @Override
    public void flush(boolean endOfInput) {}

    /**
     * Ends all files and waits until they are finished.
     *
     * @return one result with the files since the last barrier; empty if there were no rows
     * @throws FileNotWritten if a file could not be finished
     */
    @Override
    public Collection<WrittenFiles> prepareCommit() throws InterruptedException {
        List<WriteEntry> entries = files.endAll();
        return entries.isEmpty() ? List.of() : List.of(new WrittenFiles(target, entries));
    }

    /** Discards the open file and releases everything; registers and aborts nothing. Idempotent. */
    @Override
    public void close() throws IOException {
        IOException failure = new IOException("Writer of table " + target.table() + " could not release everything");
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

    /** Counts finished files; files are finished on several threads. */
    private static final class FileMetrics {
        private final Counter bytes;
        private final Counter files;

        FileMetrics(SinkWriterMetricGroup metrics) {
            this.bytes = metrics.getNumBytesSendCounter();
            this.files = metrics.counter("numFilesSend");
        }

        synchronized void finished(FileStats stats) {
            bytes.inc(stats.contentLength());
            files.inc();
        }
    }
}
