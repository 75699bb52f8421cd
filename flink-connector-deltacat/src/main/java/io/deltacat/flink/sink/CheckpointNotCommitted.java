package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * A completed checkpoint could not be committed, or its outcome could not be found out, in the time allowed. Nothing is lost:
 * the committable stays in Flink's state and is taken up again after the restart, beginning with a look at the server.
 */
@PublicEvolving
public final class CheckpointNotCommitted extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public CheckpointNotCommitted(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
