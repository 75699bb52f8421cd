package io.deltacat.benchmarks.job;

import java.util.List;

/** A job that is measured by itself. */
enum Task {
    /** Writes a table. */
    WRITE("write"),
    /** Reads two columns of all rows. */
    PROJECTED("2 of 20 columns", "id", "amount"),
    /** Reads all fields of all rows. */
    FULL("all columns"),
    /** Reads the hundredth of the rows that lies in a range of the column by which they are sorted. */
    RANGE("1 % range, sorted"),
    /** Reads a hundredth of the rows, chosen by a column without order. */
    RANDOM("1 % random"),
    /** Reads a table with a key as it was written. */
    MERGED("merged"),
    /** Reads a table with a key after compaction. */
    COMPACTED("compacted");

    private final String title;
    private final List<String> columns;

    Task(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    /** How results name it. */
    String title() {
        return title;
    }

    /** Columns it reads; empty for all. */
    List<String> columns() {
        return columns;
    }

    /** The condition it reads with, with {@code WHERE}; empty for none. */
    String condition(long rows) {
        return switch (this) {
            case RANGE -> " WHERE id BETWEEN " + rows / 2 + " AND " + (rows / 2 + rows / 100 - 1);
            case RANDOM -> " WHERE any_int BETWEEN 0 AND " + (1L << 32) / 100;
            default -> "";
        };
    }
}
