package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import java.util.Comparator;
import org.apache.flink.annotation.Internal;

/**
 * Names the delta that files belong to: all files of a checkpoint with equal targets become one delta per partition, and
 * the deltas of a transaction are attached in the order of their targets. Immutable.
 *
 * @param table table that is written
 * @param mode kind of delta
 * @param format short content type of the files, such as {@code parquet}
 * @param sequence order among the deltas of one table in one transaction, from 0
 */
@Internal
public record DeltaTarget(TableRef table, DeltaMode mode, String format, int sequence)
        implements Comparable<DeltaTarget> {
    private static final Comparator<DeltaTarget> ORDER = Comparator.comparing(
                    (DeltaTarget target) -> target.table().toString())
            .thenComparingInt(DeltaTarget::sequence)
            .thenComparing(DeltaTarget::mode)
            .thenComparing(DeltaTarget::format);

    /** Checks that everything is there. */
    public DeltaTarget {
        requireNonNull(table, "table");
        requireNonNull(mode, "mode");
        requireNonNull(format, "format");
    }

    /**
     * Gives the target to stage these files again for.
     *
     * @return this target with an ordered mode
     */
    DeltaTarget ordered() {
        return new DeltaTarget(table, mode.ordered(), format, sequence);
    }

    @Override
    public int compareTo(DeltaTarget other) {
        return ORDER.compare(this, other);
    }

    /** Prints {@code namespace.table (mode)}. */
    @Override
    public String toString() {
        return table + " (" + mode.wireName() + ")";
    }
}
