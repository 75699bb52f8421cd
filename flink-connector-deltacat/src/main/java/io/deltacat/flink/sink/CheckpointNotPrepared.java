package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * The transaction of a checkpoint could not be opened and filled, so the checkpoint must not complete. Nothing is visible;
 * the job restarts from its last checkpoint and writes the rows again. If the cause is a refusal, its cure comes first.
 */
@PublicEvolving
public final class CheckpointNotPrepared extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public CheckpointNotPrepared(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
