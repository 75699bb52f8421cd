package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.WriteEntry;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * One delta of a prepared checkpoint, attached to its transaction. Immutable.
 *
 * @param target delta the files belong to
 * @param sessionId write session that the files are attached by
 * @param operationId id of the attaching call
 * @param entries full list of files: enough to stage them again
 */
@Internal
public record StagedDelta(DeltaTarget target, String sessionId, String operationId, List<WriteEntry> entries) {
    /** Copies the list. */
    public StagedDelta {
        requireNonNull(target, "target");
        requireNonNull(sessionId, "sessionId");
        requireNonNull(operationId, "operationId");
        entries = List.copyOf(entries);
    }
}
