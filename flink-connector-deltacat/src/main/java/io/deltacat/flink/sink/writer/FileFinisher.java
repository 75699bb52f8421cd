package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.FileNotWritten;
import io.deltacat.flink.sink.commit.FinishedFile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.annotation.Internal;

/**
 * Finishes files in the background, a limited number at a time, and keeps them in the order they were handed over.
 * Methods are for the mailbox thread; the work runs on the executor.
 */
@Internal
final class FileFinisher {
    private final ExecutorService executor;
    private final int limit;
    private final Duration timeout;
    private final Deque<Future<FinishedFile>> underWay = new ArrayDeque<>();
    private final List<FinishedFile> finished = new ArrayList<>();

    /**
     * Creates a finisher.
     *
     * @param executor where files are finished, owned by the caller
     * @param limit number of files under way at most; handing over another one waits
     * @param timeout longest wait for one file
     */
    FileFinisher(ExecutorService executor, int limit, Duration timeout) {
        this.executor = requireNonNull(executor, "executor");
        this.limit = limit;
        this.timeout = requireNonNull(timeout, "timeout");
    }

    /**
     * Hands a file over. Waits for the oldest one if the limit is reached.
     *
     * @param finish finishes the file, publishes it and tells what it is
     * @throws FileNotWritten if an earlier file failed or took too long
     * @throws InterruptedException if the task is cancelled
     */
    void submit(Callable<FinishedFile> finish) throws InterruptedException {
        while (underWay.size() >= limit
                || !underWay.isEmpty() && underWay.element().isDone()) {
            awaitOldest();
        }
        underWay.add(executor.submit(finish));
    }

    /**
     * Waits for all files and hands them over.
     *
     * @return all files since the last call, in the order of {@link #submit}
     * @throws FileNotWritten if a file failed or took too long
     * @throws InterruptedException if the task is cancelled
     */
    List<FinishedFile> takeAll() throws InterruptedException {
        while (!underWay.isEmpty()) {
            awaitOldest();
        }
        List<FinishedFile> files = List.copyOf(finished);
        finished.clear();
        return files;
    }

    private void awaitOldest() throws InterruptedException {
        Future<FinishedFile> oldest = underWay.remove();
        try {
            finished.add(oldest.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof FileNotWritten failure) {
                throw failure;
            }
            throw new FileNotWritten(
                    "A data file could not be finished; expected the storage to take it. The job goes back "
                            + "to its last checkpoint; cure what the cause says.",
                    cause);
        } catch (TimeoutException e) {
            oldest.cancel(true);
            throw new FileNotWritten(
                    "A data file was not finished within " + timeout + "; expected the storage to take it "
                            + "by then. Check the storage, or raise 'sink.prepare.timeout'.",
                    e);
        }
    }
}
