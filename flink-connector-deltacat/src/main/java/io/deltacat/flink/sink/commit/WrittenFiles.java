package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.WriteEntry;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Files that one writer finished for one delta before a barrier: what a writer hands to the aggregator. Immutable.
 *
 * @param target delta the files belong to
 * @param entries one entry per file, as the server wants them, each with an absolute path
 */
@Internal
public record WrittenFiles(DeltaTarget target, List<WriteEntry> entries) {
    /** Copies the list. */
    public WrittenFiles {
        requireNonNull(target, "target");
        entries = List.copyOf(entries);
    }
}
