package io.deltacat.flink.source.split;

import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader's word that it emitted all rows of some splits; repeated until the enumerator confirms it. Flink moves events by
 * Java serialization, so this holds primitives and texts only. Immutable.
 */
@Internal
public final class SplitsFinished implements SourceEvent {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = 1;
    private final String[] splitIds;

    /**
     * Announces splits.
     *
     * @param splitIds their ids
     */
    public SplitsFinished(List<String> splitIds) {
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
        return "SplitsFinished[version=" + version + ", splits=" + splitIds.length + "]";
    }
}
