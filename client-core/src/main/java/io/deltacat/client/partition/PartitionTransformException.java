package io.deltacat.client.partition;

import org.jspecify.annotations.Nullable;

/** A transform that does not exist, or that has no meaning for a value; the message names both and the cure. */
public final class PartitionTransformException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    PartitionTransformException(String message) {
        this(message, null);
    }

    PartitionTransformException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
