package io.deltacat.flink.source.split;

import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator's word that a reader may forget some finished splits, because a completed checkpoint covers their
 * announcement. Its loss costs nothing: the reader announces again after a restore. Immutable.
 */
@Internal
public final class SplitsConfirmed implements SourceEvent {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = 1;
    private final String[] splitIds;

    /**
     * Confirms splits.
     *
     * @param splitIds their ids
     */
    public SplitsConfirmed(List<String> splitIds) {
        this.splitIds = Objects.requireNonNull(splitIds, "splitIds").toArray(String[]::new);
    }

    /**
     * Returns the splits.
     *
     * @return their ids
     */
    public List<String> splitIds() {
        return List.of(splitIds);
    }

    @Override
    public String toString() {
        return "SplitsConfirmed[version=" + version + ", splits=" + splitIds.length + "]";
    }
}
