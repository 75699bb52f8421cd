package io.deltacat.flink.source.feed;

import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * A run of consecutive files of one newly visible delta. A delta larger than the discovery budget arrives in several
 * slices, in file order; only the final one has {@link #last()} set. A delta without rows is one slice without files. A
 * partition to be merged by key is one slice of kind {@link DeltaKind#MERGED}. Immutable.
 *
 * @param delta the delta; of a merged partition, its last one
 * @param kind what the delta does
 * @param firstFile index in the delta of the first file of this slice
 * @param files the files, possibly none; none for a merged partition
 * @param last whether the delta has no files after these
 * @param merged all files of a merged partition, in the order of deltas; else none
 */
@Internal
public record DeltaSlice(
        DeltaRef delta, DeltaKind kind, int firstFile, List<SourceFile> files, boolean last, List<MergedFile> merged) {
    /** Copies the files. */
    public DeltaSlice {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(kind, "kind");
        files = List.copyOf(files);
        merged = List.copyOf(merged);
        if (firstFile < 0) {
            throw new IllegalArgumentException("Delta %s: first file %d is negative".formatted(delta, firstFile));
        }
        if ((kind == DeltaKind.MERGED) == merged.isEmpty() || (!merged.isEmpty() && !files.isEmpty())) {
            throw new IllegalArgumentException("Delta %s of kind %s: %d files and %d merged ones; expected one of them"
                    .formatted(delta, kind, files.size(), merged.size()));
        }
    }

    /**
     * Makes a slice of a delta.
     *
     * @param delta the delta
     * @param kind what the delta does
     * @param firstFile index in the delta of the first file of this slice
     * @param files the files, possibly none
     * @param last whether the delta has no files after these
     */
    public DeltaSlice(DeltaRef delta, DeltaKind kind, int firstFile, List<SourceFile> files, boolean last) {
        this(delta, kind, firstFile, files, last, List.of());
    }

    /**
     * Makes the one slice of a merged partition.
     *
     * @param lastDelta its last delta
     * @param merged all its files, at least one
     * @return the slice
     */
    public static DeltaSlice ofMerged(DeltaRef lastDelta, List<MergedFile> merged) {
        return new DeltaSlice(lastDelta, DeltaKind.MERGED, 0, List.of(), true, merged);
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
