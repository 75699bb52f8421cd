package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * The table cannot take the rows of the job. The message names table, column and both types. Change the job's row type or
 * the table; restarting alone does not help.
 */
@PublicEvolving
public final class SchemaDoesNotFit extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public SchemaDoesNotFit(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
