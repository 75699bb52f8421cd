package io.deltacat.format.file;

import org.jspecify.annotations.Nullable;

/**
 * What is known about the values of one top-level column of a file. Immutable.
 *
 * <p>Bounds are exact and plain Java values: {@code Boolean}; {@code Long} for integers ({@code BigInteger} for
 * {@code uint64}); {@code Double} for floating point, never NaN or infinite; {@code BigDecimal}; {@code String};
 * {@code LocalDate}; {@code LocalTime}; {@code LocalDateTime} for timestamps without zone and {@code Instant} for those
 * with one. There are no bounds for binary, duration and nested columns, for columns that are null throughout or hold a
 * NaN or an infinity, and for very long strings.
 *
 * @param min smallest value, or null if there are no bounds
 * @param max largest value, null exactly if {@code min} is
 * @param nullCount number of nulls
 */
public record ColumnStats(@Nullable Object min, @Nullable Object max, long nullCount) {

    /** Checks that bounds come in pairs. */
    public ColumnStats {
        if ((min == null) != (max == null) || nullCount < 0) {
            throw new IllegalArgumentException("inconsistent statistics: " + min + ", " + max + ", " + nullCount);
        }
    }

    /**
     * Returns statistics without bounds.
     *
     * @param nullCount number of nulls
     */
    public static ColumnStats withoutBounds(long nullCount) {
        return new ColumnStats(null, null, nullCount);
    }
}
