package io.deltacat.quickstart;

/**
 * Says why the quick start cannot go on: what failed, which thing, what was expected, and the cure, in one line.
 * Immutable.
 */
public final class QuickStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line for the person at the terminal
     */
    public QuickStartException(String message) {
        super(message);
    }

    /**
     * Creates the exception over its cause.
     *
     * @param message one line for the person at the terminal
     * @param cause what went wrong underneath
     */
    public QuickStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
