package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;

/**
 * Names files so that no two are ever the same, whoever writes them, and so that a file tells where it comes from: job,
 * sink, subtask, attempt, a random id, a number. The random id differs for every file. Confined to one thread.
 */
@Internal
final class FileNames {
    private static final int LONGEST_SINK_PART = 40;

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
        String sink = identity.sinkId().replaceAll("[^A-Za-z0-9_-]", "-");
        String shortSink = sink.substring(0, Math.min(sink.length(), LONGEST_SINK_PART));
        this.prefix = shortSink + "-" + identity.jobId() + "-" + identity.subtask() + "-" + identity.attempt() + "-";
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
