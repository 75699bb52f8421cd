package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * The input is unbounded and checkpointing is off, so nothing would ever be committed. Thrown when the job graph is built;
 * switch checkpointing on, or use a bounded input.
 */
@PublicEvolving
public final class CheckpointingRequired extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public CheckpointingRequired(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
