package io.deltacat.client.filter;

import org.jspecify.annotations.Nullable;

/** Values of one row by column name, in the form of {@link ColumnType#comparable}. */
@FunctionalInterface
public interface RowValues {
    /**
     * Looks a value up.
     *
     * @param column name of a top-level column
     * @return its comparable form, or null when the row has null there
     */
    @Nullable
    Comparable<?> value(String column);
}
