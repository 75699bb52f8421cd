package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.commit.CommitOrigin;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;

/**
 * Names files so that no two are ever the same, whoever writes them, and so that a file tells where it comes from: job,
 * sink, subtask, attempt, a random id, a number. The random id differs for every file. Confined to one thread.
 */
@Internal
final class FileNames {
    private final String prefix;
    private final String extension;
    private final Supplier<String> uniqueIds;
    private int count;

    /**
     * Creates the names of one writer.
     *
     * @param identity who writes; characters of the sink's id that file names should not have become dashes
     * @param extension what names end with, dot included
     * @param uniqueIds random ids
     */
    FileNames(WriterRuntime.Identity identity, String extension, Supplier<String> uniqueIds) {
        CommitOrigin origin = new CommitOrigin(identity.sinkId(), identity.jobId(), "");
        this.prefix = origin.fileNameStart() + identity.subtask() + "-" + identity.attempt() + "-";
        this.extension = requireNonNull(extension, "extension");
        this.uniqueIds = requireNonNull(uniqueIds, "uniqueIds");
    }

    /**
     * Makes a name.
     *
     * @return a name that was never given before
     */
    String next() {
        return prefix + uniqueIds.get() + "-" + count++ + extension;
    }
}
