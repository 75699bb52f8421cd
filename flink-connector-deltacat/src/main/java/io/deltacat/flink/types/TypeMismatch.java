package io.deltacat.flink.types;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Why a declared Flink column and a table column of the same name cannot be used together. Immutable.
 *
 * @param path the column, or the path inside it ({@code a.b}, {@code a[]}, {@code a{key}}, {@code a{value}})
 * @param tableType the table's type in canonical DeltaCAT words, with {@code not null} where it applies
 * @param declaredType the declared Flink type
 * @param expected what would fit, for the reader of an error message
 */
@PublicEvolving
public record TypeMismatch(String path, String tableType, String declaredType, String expected) {

    /** Checks that nothing is missing. */
    public TypeMismatch {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(tableType, "tableType");
        Objects.requireNonNull(declaredType, "declaredType");
        Objects.requireNonNull(expected, "expected");
    }

    /** Returns one line that names column, both types and what would fit. */
    public String describe() {
        return "column '" + path + "' is '" + tableType + "' in the table but declared '" + declaredType
                + "'; expected " + expected;
    }
}
