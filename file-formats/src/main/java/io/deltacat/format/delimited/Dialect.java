package io.deltacat.format.delimited;

/** One of the delimited text formats of DeltaCAT. Immutable. */
enum Dialect {
    CSV("csv", ".csv", ',', true),
    TSV("tsv", ".tsv", '\t', true),
    PSV("psv", ".psv", '|', true),
    UNESCAPED_TSV("application/x-amzn-unescaped-tsv", ".tsv", '\t', false);

    private final String contentType;
    private final String extension;
    private final char separator;
    private final boolean quoted;

    Dialect(String contentType, String extension, char separator, boolean quoted) {
        this.contentType = contentType;
        this.extension = extension;
        this.separator = separator;
        this.quoted = quoted;
    }

    String contentType() {
        return contentType;
    }

    String extension() {
        return extension;
    }

    char separator() {
        return separator;
    }

    /** Returns whether values may be quoted; if not, they hold neither separators nor line breaks. */
    boolean quoted() {
        return quoted;
    }
}
