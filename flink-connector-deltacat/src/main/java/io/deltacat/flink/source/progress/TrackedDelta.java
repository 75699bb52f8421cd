package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import java.util.BitSet;
import org.apache.flink.annotation.Internal;

/** One delta; {@code pending} and {@code tentative} are disjoint, durable splits are in neither. Confined to one thread. */
@Internal
final class TrackedDelta {
    final DeltaRef delta;
    final DeltaKind kind;
    final BitSet pending = new BitSet();
    final BitSet tentative = new BitSet();
    int splits;
    boolean complete;
    long sinceNanos;

    TrackedDelta(DeltaRef delta, DeltaKind kind) {
        this.delta = delta;
        this.kind = kind;
    }

    /** Tells whether all its files were discovered and all its splits are finished. */
    boolean read() {
        return complete && pending.isEmpty();
    }
}
