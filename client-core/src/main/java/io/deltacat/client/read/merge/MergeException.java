package io.deltacat.client.read.merge;

/** Deltas that cannot be merged; the message names the delta or column and the cure. */
public final class MergeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MergeException(String message) {
        super(message);
    }
}
