package io.deltacat.flink.sink.writer;

import io.deltacat.format.file.FileStats;
import org.apache.flink.annotation.Internal;

/** Told what happens to the files of a writer. */
@Internal
interface FileObserver {
    /**
     * The number of open files changed. Called on the mailbox thread.
     *
     * @param count files that are open now
     */
    void openFiles(int count);

    /**
     * A file was finished. Called on any thread.
     *
     * @param stats what its writer knows
     * @param nanos time that finishing took
     */
    void finished(FileStats stats, long nanos);
}
