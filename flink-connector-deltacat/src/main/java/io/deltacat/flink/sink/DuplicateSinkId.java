package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/**
 * Two sinks of one job have the same id, so a restored job could not tell their commits apart. Thrown when the job graph
 * is built; give each sink an id of its own.
 */
@PublicEvolving
public final class DuplicateSinkId extends DeltaCatSinkException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what failed, on which thing, what was expected, and the cure, on one line
     * @param cause what went wrong underneath, or null
     */
    public DuplicateSinkId(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
