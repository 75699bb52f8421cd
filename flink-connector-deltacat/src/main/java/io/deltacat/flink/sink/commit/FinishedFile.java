package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.WriteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;

/**
 * A data file that is published in its storage and not registered yet. Immutable.
 *
 * @param target delta the file belongs to
 * @param entry the file as the server wants it
 */
@Internal
public record FinishedFile(DeltaTarget target, WriteEntry entry) {
    /** Checks that both are there. */
    public FinishedFile {
        requireNonNull(target, "target");
        requireNonNull(entry, "entry");
    }

    /**
     * Sorts files by their deltas.
     *
     * @param files finished files
     * @return one element per delta, in the order of the deltas; within one, the order of the files is kept
     */
    public static List<WrittenFiles> byDelta(List<FinishedFile> files) {
        SortedMap<DeltaTarget, List<WriteEntry>> deltas = new TreeMap<>();
        for (FinishedFile file : files) {
            deltas.computeIfAbsent(file.target(), target -> new ArrayList<>()).add(file.entry());
        }
        return deltas.entrySet().stream()
                .map(delta -> new WrittenFiles(delta.getKey(), delta.getValue()))
                .toList();
    }
}
