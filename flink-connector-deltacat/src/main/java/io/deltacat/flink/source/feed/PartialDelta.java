package io.deltacat.flink.source.feed;

import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * A delta of which only the first files are known, because the discovery budget ended inside it. Immutable.
 *
 * @param delta the delta
 * @param kind what it does
 * @param filesSeen number of its files handed out so far
 */
@Internal
public record PartialDelta(DeltaRef delta, DeltaKind kind, int filesSeen) {
    /** Checks the count. */
    public PartialDelta {
        Objects.requireNonNull(delta, "delta");
        Objects.requireNonNull(kind, "kind");
        if (filesSeen < 0) {
            throw new IllegalArgumentException("Delta %s: %d files seen".formatted(delta, filesSeen));
        }
    }
}
