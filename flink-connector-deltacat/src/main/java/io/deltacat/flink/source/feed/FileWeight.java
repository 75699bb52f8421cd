package io.deltacat.flink.source.feed;

import org.apache.flink.annotation.Internal;

/** How much of the discovery budget a file takes: the number of splits it will be cut into. */
@Internal
@FunctionalInterface
public interface FileWeight {
    /** Every file is one split. */
    FileWeight ONE = file -> 1;

    /**
     * Weighs a file.
     *
     * @param file the file
     * @return its splits, at least 1
     */
    int of(SourceFile file);
}
