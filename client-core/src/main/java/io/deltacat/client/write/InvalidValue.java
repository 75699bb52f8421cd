package io.deltacat.client.write;

import java.io.Serial;

/** A Java value does not fit its column; the writer adds file and row. */
final class InvalidValue extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String column;

    InvalidValue(String column, String problem) {
        super(problem);
        this.column = column;
    }

    String column() {
        return column;
    }
}
