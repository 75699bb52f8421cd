package io.deltacat.flink.sink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.jspecify.annotations.Nullable;

/** The sink cannot go on. Each subclass says what failed and what to do; no message holds a secret. */
@PublicEvolving
public abstract sealed class DeltaCatSinkException extends RuntimeException
        permits CheckpointingRequired,
                DuplicateSinkId,
                SchemaDoesNotFit,
                RowRefused,
                FileNotWritten,
                CheckpointNotPrepared,
                CheckpointNotCommitted {
    @Serial
    private static final long serialVersionUID = 1L;

    DeltaCatSinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
