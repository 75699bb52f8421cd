package io.deltacat.format.convert;

/**
 * A stored value that its wanted type cannot express. Whoever knows the file and the column wraps it in a {@link
 * io.deltacat.format.FormatException.IncompatibleType}; it never leaves this module. Has no stack trace.
 */
public final class LossyValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param value the value as text
     */
    public LossyValueException(String value) {
        super(value, null, false, false);
    }
}
