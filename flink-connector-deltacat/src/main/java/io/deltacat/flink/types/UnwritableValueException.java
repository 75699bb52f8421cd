package io.deltacat.flink.types;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * One value of a row cannot be stored in its column although the types fit: it is out of the column's range, or a map key
 * is null. The message names column, value, what was expected and the cure. The row is not written; filter or change it in
 * the query.
 */
@PublicEvolving
public final class UnwritableValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String column;

    UnwritableValueException(String column, Object value, String expected, @Nullable Throwable cause) {
        super(
                "Column '" + column + "': value '" + value + "' cannot be stored; expected " + expected
                        + ". Filter or change such rows in the query, or widen the table's column.",
                cause);
        this.column = Objects.requireNonNull(column, "column");
    }

    /** Returns the path of the column whose value cannot be stored. */
    public String column() {
        return column;
    }
}
