package io.deltacat.server.api;

/** Makes foreign text fit for one line of an error message. */
final class Texts {
    private static final int LONGEST = 80;

    private Texts() {}

    /** Cuts long text and replaces control characters. */
    static String shorten(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
