package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A data file could not be written or finished. Nothing of it was registered; the job restarts from its last checkpoint and
 * writes the rows again.
 */
@PublicEvolving
public final class FileNotWritten extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public FileNotWritten(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
