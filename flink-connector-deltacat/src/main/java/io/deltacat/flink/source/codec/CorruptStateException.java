package io.deltacat.flink.source.codec;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.annotation.Internal;

/** Bytes of checkpoint state are not what any release of this connector has written. Restore from another checkpoint. */
@Internal
public final class CorruptStateException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Describes what is wrong.
     *
     * @param message what was read, where, what was expected and the cure
     */
    public CorruptStateException(String message) {
        super(message);
    }
}
