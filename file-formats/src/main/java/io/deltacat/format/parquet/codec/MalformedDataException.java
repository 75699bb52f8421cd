package io.deltacat.format.parquet.codec;

import org.jspecify.annotations.Nullable;

/**
 * Bytes do not decode. Knows neither file nor column: the column's reader turns it into a
 * {@link io.deltacat.format.FormatException.CorruptFile} that names both.
 */
public final class MalformedDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * @param problem what was found and what was expected
     */
    public MalformedDataException(String problem) {
        this(problem, null);
    }

    /**
     * @param problem what was found and what was expected
     * @param cause the library's exception, or null
     */
    public MalformedDataException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /** Returns what was found and what was expected. */
    public String problem() {
        return problem;
    }
}
