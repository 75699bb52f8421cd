package io.deltacat.quickstart;

import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.util.SerializedThrowable;

/** Finds the sentence that helps in a chain of wrapped failures. Stateless. */
public final class FailureText {
    private static final int DEEPEST_CAUSE = 30;
    private static final String OURS = "io.deltacat.";

    private FailureText() {}

    /**
     * Returns the message that says what to correct. That is the innermost one of ours or of Flink's planner, or the one
     * above it that repeats it and adds the table; below are only technical reasons, above only wrappers.
     *
     * @param failure the failure, with its causes
     * @return the message; the innermost of all if none is typed, or the failure's own text if none has a message
     */
    public static String of(Throwable failure) {
        String helpful = "";
        String innermost = failure.toString();
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                innermost = message;
                if (isTyped(cause) && !helpful.contains(message)) {
                    helpful = message;
                }
            }
            cause = cause.getCause();
        }
        return helpful.isEmpty() ? innermost : helpful;
    }

    private static boolean isTyped(Throwable failure) {
        String name = failure instanceof SerializedThrowable serialized
                ? serialized.getOriginalErrorClassName()
                : failure.getClass().getName();
        return name.startsWith(OURS)
                || failure instanceof ValidationException
                || failure instanceof SqlParserException
                || failure instanceof TableException;
    }
}
