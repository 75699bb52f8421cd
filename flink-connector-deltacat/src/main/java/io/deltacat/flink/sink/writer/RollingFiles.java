package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.write.WriteEntries;
import io.deltacat.flink.sink.FileNotWritten;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.OutputFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into one file after the other: a file ends when it has reached its size, or at a barrier. Confined to the
 * mailbox thread; ended files are finished in the background.
 *
 * @param <R> class of the rows
 */
@Internal
final class RollingFiles<R> implements AutoCloseable {
    /** Looking at the size of a file costs a little; rows between two looks. */
    private static final int ROWS_BETWEEN_LOOKS = 64;

    /** Opens an appender for a file. */
    interface Opener<R> {
        FileAppender<R> open(OutputFile file) throws IOException;
    }

    private final Supplier<WriteLocation> location;
    private final Function<WriteLocation, OutputFile> nextFile;
    private final Opener<R> opener;
    private final FileFinisher finisher;
    private final Consumer<FileStats> onFinished;
    private final long targetBytes;
    private @Nullable OpenFile<R> open;
    private int rowsUntilLook = ROWS_BETWEEN_LOOKS;

    private record OpenFile<R>(OutputFile file, WriteLocation location, FileAppender<R> appender) {}

    /**
     * Creates the files of one writer.
     *
     * @param location where to write, asked for each file
     * @param nextFile names the next file at a location
     * @param opener opens a file for rows
     * @param finisher finishes files
     * @param onFinished told about each finished file, on a background thread
     * @param targetBytes size at which a file ends, positive
     */
    RollingFiles(
            Supplier<WriteLocation> location,
            Function<WriteLocation, OutputFile> nextFile,
            Opener<R> opener,
            FileFinisher finisher,
            Consumer<FileStats> onFinished,
            long targetBytes) {
        this.location = requireNonNull(location, "location");
        this.nextFile = requireNonNull(nextFile, "nextFile");
        this.opener = requireNonNull(opener, "opener");
        this.finisher = requireNonNull(finisher, "finisher");
        this.onFinished = requireNonNull(onFinished, "onFinished");
        this.targetBytes = targetBytes;
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
        OpenFile<R> current = open == null ? openNext() : open;
        try {
            current.appender().append(row);
            if (--rowsUntilLook <= 0) {
                rowsUntilLook = ROWS_BETWEEN_LOOKS;
                if (current.appender().estimatedLength() >= targetBytes) {
                    endCurrent();
                }
            }
        } catch (IOException e) {
            throw failed(current.file(), "written", e);
        }
    }

    /**
     * Ends the current file and waits until all files are finished.
     *
     * @return entries of the files since the last call; empty if there were no rows
     * @throws FileNotWritten if a file could not be finished
     * @throws InterruptedException if the task is cancelled
     */
    List<WriteEntry> endAll() throws InterruptedException {
        endCurrent();
        return finisher.takeAll();
    }

    private OpenFile<R> openNext() {
        WriteLocation place = location.get();
        OutputFile file = nextFile.apply(place);
        try {
            OpenFile<R> next = new OpenFile<>(file, place, opener.open(file));
            open = next;
            rowsUntilLook = ROWS_BETWEEN_LOOKS;
            return next;
        } catch (IOException e) {
            throw failed(file, "created", e);
        }
    }

    private void endCurrent() throws InterruptedException {
        OpenFile<R> ended = open;
        if (ended != null) {
            open = null;
            finisher.submit(() -> finish(ended));
        }
    }

    private WriteEntry finish(OpenFile<R> ended) {
        try (FileAppender<R> appender = ended.appender()) {
            FileStats stats = appender.finish();
            onFinished.accept(stats);
            return WriteEntries.entry(
                    ended.file().location(), stats, ended.location().sortScheme());
        } catch (IOException e) {
            throw failed(ended.file(), "finished", e);
        }
    }

    private static FileNotWritten failed(OutputFile file, String what, IOException cause) {
        return new FileNotWritten(
                "File '" + file.location() + "' could not be " + what + " (" + cause.getMessage()
                        + "); expected the storage to take it. The job goes back to its last checkpoint; check that the "
                        + "data directory is writable from the task managers and has room.",
                cause);
    }

    /** Discards the current file; files handed over before are left alone. Idempotent. */
    @Override
    public void close() throws IOException {
        OpenFile<R> abandoned = open;
        open = null;
        if (abandoned != null) {
            abandoned.appender().close();
        }
    }
}
