package io.deltacat.format.text;

/**
 * A text does not spell a value of its column's type. Whoever knows the file, the line and the column wraps it in a
 * {@link io.deltacat.format.FormatException.CorruptFile}; it never leaves this module. Has no stack trace.
 */
public final class MalformedTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 60;

    /**
     * @param problem what was found and what was expected, without a final period
     */
    public MalformedTextException(String problem) {
        super(problem, null, false, false);
    }

    static MalformedTextException of(char[] text, int start, int end, String expected) {
        return new MalformedTextException("text '" + excerpt(text, start, end) + "' is not " + expected);
    }

    private static String excerpt(char[] text, int start, int end) {
        int shown = Math.min(end - start, SHOWN_CHARACTERS);
        StringBuilder excerpt = new StringBuilder(shown + 3);
        for (int i = start; i < start + shown; i++) {
            excerpt.append(Character.isISOControl(text[i]) ? '?' : text[i]);
        }
        return excerpt.append(shown < end - start ? "..." : "").toString();
    }
}
