package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.write.WriteEntries;
import io.deltacat.flink.sink.FileNotWritten;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.FinishedFile;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.OutputFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into files, one open file per partition. A file ends by the rules of a {@link RollingPolicy}; if too many are
 * open the one that was not written to for the longest time ends, and if they hold too much memory the one that holds most.
 * Confined to the mailbox thread; ended files are finished in the background.
 *
 * @param <R> class of the rows
 */
@Internal
final class DataFiles<R> implements AutoCloseable {
    private final Setting<R> setting;
    private final FileFinisher finisher;
    private final FileObserver observer;
    private final RollingPolicy policy;
    private final LongSupplier nanoTime;
    private final Map<List<@Nullable Object>, OpenFile<R>> open = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable OpenFile<R> last;
    private long bufferedBytes;

    /** Opens an appender for a file. */
    interface Opener<R> {
        FileAppender<R> open(OutputFile file) throws IOException;
    }

    /**
     * Where rows go and what becomes of them. Immutable.
     *
     * @param target delta that the rows belong to now, asked for each file
     * @param location where to write, asked for each file
     * @param nextFile names the next file at a location
     * @param opener opens a file for rows
     * @param partitions tells the partition of a row
     * @param <R> class of the rows
     */
    record Setting<R>(
            Supplier<DeltaTarget> target,
            Supplier<WriteLocation> location,
            Function<WriteLocation, OutputFile> nextFile,
            Opener<R> opener,
            RowPartitions<R> partitions) {}

    private static final class OpenFile<R> {
        private final List<@Nullable Object> partition;
        private final DeltaTarget target;
        private final OutputFile file;
        private final WriteLocation location;
        private final FileAppender<R> appender;
        private final long openedNanos;
        // The first row is looked at, since an open file holds memory from the start.
        private long rowsUntilLook = 1;
        private long bufferedAtLook;

        OpenFile(
                List<@Nullable Object> partition,
                DeltaTarget target,
                OutputFile file,
                WriteLocation location,
                FileAppender<R> appender,
                long openedNanos) {
            this.partition = partition;
            this.target = target;
            this.file = file;
            this.location = location;
            this.appender = appender;
            this.openedNanos = openedNanos;
        }
    }

    /**
     * Creates the files of one writer.
     *
     * @param setting where rows go
     * @param finisher finishes files
     * @param observer told about files
     * @param policy when files end
     * @param nanoTime monotonic clock
     */
    DataFiles(
            Setting<R> setting,
            FileFinisher finisher,
            FileObserver observer,
            RollingPolicy policy,
            LongSupplier nanoTime) {
        this.setting = requireNonNull(setting, "setting");
        this.finisher = requireNonNull(finisher, "finisher");
        this.observer = requireNonNull(observer, "observer");
        this.policy = requireNonNull(policy, "policy");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    /**
     * Adds a row.
     *
     * @param row the row; may be reused by the caller afterwards
     * @throws FileNotWritten if the storage fails, also for a file that ended before
     * @throws io.deltacat.format.FormatException.InvalidRow if a value does not fit its column
     * @throws InterruptedException if the task is cancelled
     */
    void append(R row) throws InterruptedException {
        OpenFile<R> file = fileOf(setting.partitions().of(row));
        try {
            file.appender.append(row);
        } catch (IOException e) {
            throw failed(file.file, "written", e);
        }
        if (--file.rowsUntilLook <= 0) {
            look(file);
        }
    }

    private OpenFile<R> fileOf(List<@Nullable Object> partition) throws InterruptedException {
        OpenFile<R> recent = last;
        if (recent != null && recent.partition.equals(partition)) {
            return recent;
        }
        OpenFile<R> file = open.get(partition);
        if (file == null) {
            if (open.size() >= policy.maxOpenFiles()) {
                end(open.values().iterator().next());
            }
            file = openNext(partition);
        }
        last = file;
        return file;
    }

    /**
     * Opens the file of an unpartitioned table, so that there is one even without rows.
     *
     * @throws FileNotWritten if the storage fails
     * @throws InterruptedException if the task is cancelled
     */
    void openUnpartitioned() throws InterruptedException {
        fileOf(List.of());
    }

    private OpenFile<R> openNext(List<@Nullable Object> partition) {
        WriteLocation place = setting.location().get();
        OutputFile file = setting.nextFile().apply(place);
        try {
            OpenFile<R> next = new OpenFile<>(
                    partition,
                    setting.target().get(),
                    file,
                    place,
                    setting.opener().open(file),
                    nanoTime.getAsLong());
            open.put(partition, next);
            observer.openFiles(open.size());
            return next;
        } catch (IOException e) {
            throw failed(file, "created", e);
        }
    }

    private void look(OpenFile<R> file) throws InterruptedException {
        FileAppender<R> appender = file.appender;
        long rows = appender.recordCount();
        if (policy.ends(appender.estimatedLength(), rows, nanoTime.getAsLong() - file.openedNanos)) {
            end(file);
            return;
        }
        file.rowsUntilLook = policy.rowsUntilLook(rows);
        long buffered = appender.bufferedBytes();
        bufferedBytes += buffered - file.bufferedAtLook;
        file.bufferedAtLook = buffered;
        while (bufferedBytes > policy.memoryBytes() && open.size() > 1) {
            end(largest());
        }
    }

    private OpenFile<R> largest() {
        OpenFile<R> largest = open.values().iterator().next();
        for (OpenFile<R> file : open.values()) {
            if (file.bufferedAtLook > largest.bufferedAtLook) {
                largest = file;
            }
        }
        return largest;
    }

    /** Returns the bytes that the open files held when they were last looked at. */
    long heldBytes() {
        return bufferedBytes;
    }

    /**
     * Ends all open files and hands them to the finisher.
     *
     * @throws FileNotWritten if a file that ended before could not be finished
     * @throws InterruptedException if the task is cancelled
     */
    void endAll() throws InterruptedException {
        while (!open.isEmpty()) {
            end(open.values().iterator().next());
        }
    }

    private void end(OpenFile<R> file) throws InterruptedException {
        open.remove(file.partition);
        last = null;
        bufferedBytes -= file.bufferedAtLook;
        observer.openFiles(open.size());
        finisher.submit(() -> finish(file));
    }

    private FinishedFile finish(OpenFile<R> ended) {
        long startNanos = nanoTime.getAsLong();
        try (FileAppender<R> appender = ended.appender) {
            FileStats stats = appender.finish();
            observer.finished(stats, nanoTime.getAsLong() - startNanos);
            WriteEntry entry = WriteEntries.entry(ended.file.location(), stats, ended.location.sortScheme());
            return new FinishedFile(ended.target, setting.partitions().mark(entry, ended.partition));
        } catch (IOException e) {
            throw failed(ended.file, "finished", e);
        }
    }

    private static FileNotWritten failed(OutputFile file, String what, IOException cause) {
        return new FileNotWritten(
                "File '" + file.location() + "' could not be " + what + " (" + cause.getMessage()
                        + "); expected the storage to take it. The job goes back to its last checkpoint; check that the "
                        + "data directory is writable from the task managers and has room.",
                cause);
    }

    /** Discards the open files; files handed over before are left alone. Idempotent. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (OpenFile<R> abandoned : open.values()) {
            try {
                abandoned.appender.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        open.clear();
        last = null;
        if (failure != null) {
            throw failure;
        }
    }
}
