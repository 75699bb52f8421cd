package io.deltacat.server.machine;

import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.PartitionScheme;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which kind of delta a write makes, and where it goes (protocol/data-plane.md §1.9, §6.2). Pure. */
public final class WriteRules {
    /** Ordered positions end here; unordered ones begin above. */
    public static final long LAST_ORDERED_POSITION = (1L << 32) - 1;

    private WriteRules() {}

    /**
     * The kind of delta that a session writes.
     *
     * @param mode the session's mode
     * @param tableExisted whether the table was there before this commit
     * @param mergeKeys the table's merge keys
     * @return the delta type
     * @throws RefusedException if the mode does not fit the table
     */
    public static DeltaType deltaType(WriteMode mode, boolean tableExisted, List<String> mergeKeys) {
        boolean keyed = !mergeKeys.isEmpty();
        return switch (mode) {
            case AUTO -> {
                if (keyed) {
                    yield DeltaType.UPSERT;
                }
                yield tableExisted ? DeltaType.ADD : DeltaType.APPEND;
            }
            case CREATE, REPLACE, REPLACE_PARTITION -> keyed ? DeltaType.UPSERT : DeltaType.APPEND;
            case ADD -> {
                refuseKeys(mode, mergeKeys);
                yield DeltaType.ADD;
            }
            case APPEND -> {
                refuseKeys(mode, mergeKeys);
                yield DeltaType.APPEND;
            }
            case MERGE -> {
                requireKeys(mode, keyed);
                yield DeltaType.UPSERT;
            }
            case DELETE -> {
                requireKeys(mode, keyed);
                yield DeltaType.DELETE;
            }
        };
    }

    /**
     * Refuses to replace partitions of a table that has none.
     *
     * @param mode the session's mode
     * @param scheme the table's partition scheme; null for an unpartitioned table
     * @throws RefusedException if the mode does not fit the table
     */
    public static void requirePartitions(WriteMode mode, @Nullable PartitionScheme scheme) {
        if (mode == WriteMode.REPLACE_PARTITION
                && (scheme == null || scheme.keys().isEmpty())) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "write mode 'replace_partition' needs a partitioned table; use replace")
                    .with("field", "mode")
                    .asException();
        }
    }

    /**
     * The next ordered position.
     *
     * @param last the last one; 0 if there is none
     * @return last + 1
     */
    public static long nextOrderedPosition(long last) {
        if (last >= LAST_ORDERED_POSITION) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "the partition has used all " + LAST_ORDERED_POSITION
                                    + " ordered positions; compact or replace it")
                    .asException();
        }
        return last + 1;
    }

    /**
     * A candidate for an unordered position.
     *
     * @param random source
     * @return a number above all ordered positions and below 2^63
     */
    public static long unorderedPosition(RandomGenerator random) {
        return random.nextLong(LAST_ORDERED_POSITION + 1, Long.MAX_VALUE);
    }

    private static void refuseKeys(WriteMode mode, List<String> mergeKeys) {
        if (!mergeKeys.isEmpty()) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "write mode '" + mode.wireName() + "' does not fit a table with merge keys " + mergeKeys
                                    + "; use merge or delete")
                    .with("field", "mode")
                    .asException();
        }
    }

    private static void requireKeys(WriteMode mode, boolean keyed) {
        if (!keyed) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "write mode '" + mode.wireName() + "' needs a table with merge keys; use append or add")
                    .with("field", "mode")
                    .asException();
        }
    }
}
