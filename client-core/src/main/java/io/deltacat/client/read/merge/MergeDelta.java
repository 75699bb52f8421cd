package io.deltacat.client.read.merge;

import io.deltacat.client.model.DeltaType;
import java.util.List;

/**
 * One delta of a partition.
 *
 * @param type kind of the delta
 * @param position stream position; deltas of a merge come in non-decreasing order of it
 * @param equalityColumns for deletes, the columns whose values say what is deleted; empty means the merge keys
 * @param files data files in manifest order
 */
public record MergeDelta(DeltaType type, long position, List<String> equalityColumns, List<MergeFile> files) {
    /** Copies the lists. */
    public MergeDelta {
        equalityColumns = List.copyOf(equalityColumns);
        files = List.copyOf(files);
    }
}
