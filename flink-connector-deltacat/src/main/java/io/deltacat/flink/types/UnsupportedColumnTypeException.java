package io.deltacat.flink.types;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * A column's type has no counterpart on the other side of the bridge. The message names the column, its type, what can
 * stand in its place and the cure; there is nothing to retry. Inside nested types the column is a path: {@code a.b} for a
 * field of a struct, {@code a[]} for the elements of a list, {@code a{key}} and {@code a{value}} for a map.
 */
@PublicEvolving
public final class UnsupportedColumnTypeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String column;
    private final String typeName;

    UnsupportedColumnTypeException(String column, String typeName, String reason, String cure) {
        super("Column '" + column + "': type '" + typeName + "' " + reason + ". " + cure);
        this.column = Objects.requireNonNull(column, "column");
        this.typeName = Objects.requireNonNull(typeName, "typeName");
    }

    /** Returns the path of the column that cannot be mapped. */
    public String column() {
        return column;
    }

    /** Returns the type that cannot be mapped, in the words of its own side (Flink's or Arrow's). */
    public String typeName() {
        return typeName;
    }
}
