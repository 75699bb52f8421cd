package io.deltacat.client.filter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What statistics prove about one column of a set of rows.
 *
 * @param type how values compare; {@link ColumnType#OPAQUE} when they do not
 * @param min lower bound (inclusive) of the non-null values in {@link ColumnType} form, or null when unknown
 * @param max upper bound (inclusive), or null when unknown
 * @param mayHaveNull false only when the statistics say that there is no null
 * @param mayHaveValue false only when the statistics say that all rows are null
 */
public record ColumnDomain(
        ColumnType type,
        @Nullable Comparable<?> min,
        @Nullable Comparable<?> max,
        boolean mayHaveNull,
        boolean mayHaveValue) {

    /**
     * A column of which nothing is known.
     *
     * @param type how its values compare
     * @return the domain that never prunes
     */
    public static ColumnDomain unknown(ColumnType type) {
        return new ColumnDomain(type, null, null, true, true);
    }

    /**
     * A column that has exactly one value, as a partition column of the identity transform does.
     *
     * @param type how its values compare
     * @param value the value, or empty for null
     * @return the domain of that value
     */
    public static ColumnDomain constant(ColumnType type, Optional<Comparable<?>> value) {
        return value.map(v -> new ColumnDomain(type, v, v, false, true))
                .orElseGet(() -> new ColumnDomain(type, null, null, true, false));
    }
}
