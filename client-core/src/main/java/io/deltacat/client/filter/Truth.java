package io.deltacat.client.filter;

/** Three-valued logic: what a predicate says of one row. A row is selected only by {@link #TRUE}. */
public enum Truth {
    TRUE,
    FALSE,
    /** A compared value is null, so the answer is neither true nor false. */
    UNKNOWN;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    Truth or(Truth other) {
        return not().and(other.not()).not();
    }
}
