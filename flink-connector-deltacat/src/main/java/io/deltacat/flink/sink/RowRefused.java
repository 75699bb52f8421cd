package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A row cannot be written. The message names table, column, value and the cure. Filter or change such rows in the job;
 * restarting alone does not help.
 */
@PublicEvolving
public final class RowRefused extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public RowRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
