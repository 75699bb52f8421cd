package io.deltacat.flink.source.feed;

import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * A run of consecutive files of one newly visible delta. A delta larger than the discovery budget arrives in several
 * slices, in file order; only the final one has {@link #last()} set. A delta without rows is one slice without files.
 * Immutable.
 *
 * @param delta the delta
 * @param kind what the delta does
 * @param firstFile index in the delta of the first file of this slice
 * @param files the files, possibly none
 * @param last whether the delta has no files after these
 */
@Internal
public record DeltaSlice(DeltaRef delta, DeltaKind kind, int firstFile, List<SourceFile> files, boolean last) {
    /** Copies the files. */
    public DeltaSlice {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(kind, "kind");
        files = List.copyOf(files);
        if (firstFile < 0) {
            throw new IllegalArgumentException("Delta %s: first file %d is negative".formatted(delta, firstFile));
        }
    }

    /**
     * Returns the index behind the last file of this slice.
     *
     * @return number of files of the delta seen up to here
     */
    public int endFile() {
        return Math.addExact(firstFile, files.size());
    }
}
