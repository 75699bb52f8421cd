package io.deltacat.flink.source.feed;

import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * One data file among those of a partition that is merged by key. Immutable.
 *
 * @param kind what its delta does
 * @param position stream position of its delta
 * @param equalityColumns for deletes, the columns that say what is deleted; empty means the merge keys
 * @param file the file
 */
@Internal
public record MergedFile(DeltaKind kind, long position, List<String> equalityColumns, SourceFile file) {
    /** Copies the columns. */
    public MergedFile {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        equalityColumns = List.copyOf(equalityColumns);
    }
}
