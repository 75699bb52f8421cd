package io.deltacat.format.delimited;

import java.util.Set;

/** Decides which fields are null, as the Python client's CSV reader does (protocol/data-plane.md §1.5). Thread-safe. */
final class NullSpelling {
    private static final Set<String> SPELLINGS = Set.of(
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "n/a",
            "nan",
            "null");
    private static final int LONGEST = 8;
    private static final String FIRST_CHARACTERS = "#-1Nn";

    private NullSpelling() {}

    /** Returns whether a field of a column that is neither text nor bytes spells null in CSV, TSV and PSV. */
    static boolean isNull(char[] text, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return true;
        }
        return length <= LONGEST
                && FIRST_CHARACTERS.indexOf(text[start]) >= 0
                && SPELLINGS.contains(String.valueOf(text, start, length));
    }

    /** Returns whether a number that is not null as such is spelled like NaN. */
    static boolean isNaN(char[] text, int start, int end) {
        int length = end - start;
        return length >= 3
                && length <= 4
                && (text[end - 1] == 'N' || text[end - 1] == 'n')
                && (text[end - 2] == 'a' || text[end - 2] == 'A');
    }
}
