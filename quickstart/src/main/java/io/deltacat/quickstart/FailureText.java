package io.deltacat.quickstart;

/** Finds the sentence that helps in a chain of wrapped failures. Stateless. */
public final class FailureText {
    private static final int DEEPEST_CAUSE = 20;

    private FailureText() {}

    /**
     * Returns the innermost message: Flink wraps the one that says what to correct.
     *
     * @param failure the failure, with its causes
     * @return the message of the innermost cause that has one, else the failure's own text
     */
    public static String of(Throwable failure) {
        String message = failure.toString();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            String text = cause.getMessage();
            if (text != null && !text.isBlank()) {
                message = text;
            }
            cause = cause.getCause();
        }
        return message;
    }
}
