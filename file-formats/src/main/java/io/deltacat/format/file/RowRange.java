package io.deltacat.format.file;

/**
 * Consecutive rows of a file. Immutable.
 *
 * @param first 0-based index of the first row
 * @param count number of rows; more than the file has means up to its end
 */
public record RowRange(long first, long count) {

    /** All rows of a file. */
    public static final RowRange ALL = new RowRange(0, Long.MAX_VALUE);

    /** Checks the bounds. */
    public RowRange {
        if (first < 0 || count < 0) {
            throw new IllegalArgumentException("row range needs first and count >= 0, got " + first + " and " + count);
        }
    }

    /**
     * Returns how many rows of a file of so many rows the range selects.
     *
     * @param fileRows rows in the file
     */
    public long selectedOf(long fileRows) {
        return first >= fileRows ? 0 : Math.min(count, fileRows - first);
    }
}
