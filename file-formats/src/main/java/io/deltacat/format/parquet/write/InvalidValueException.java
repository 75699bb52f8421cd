package io.deltacat.format.parquet.write;

/** A value does not fit its column. Knows neither file nor row: the appender adds both. */
final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final String problem;

    InvalidValueException(LeafSpec spec, String problem) {
        this(spec.dottedPath(), problem);
    }

    InvalidValueException(String column, String problem) {
        super(column + ": " + problem, null, false, false);
        this.column = column;
        this.problem = problem;
    }

    String column() {
        return column;
    }

    String problem() {
        return problem;
    }
}
