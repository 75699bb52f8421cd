package io.deltacat.format.predicate;

import static java.util.Objects.requireNonNull;

/**
 * Consecutive rows of which something is known: a row group, a stripe, a page. Immutable.
 *
 * @param firstRow index of the first row
 * @param endRow index behind the last row
 * @param bounds what is known of one column in these rows
 */
public record Zone(long firstRow, long endRow, ZoneBounds bounds) {

    /** Checks the rows. */
    public Zone {
        requireNonNull(bounds, "bounds");
        if (firstRow < 0 || endRow < firstRow) {
            throw new IllegalArgumentException("a zone from row " + firstRow + " to row " + endRow);
        }
    }
}
