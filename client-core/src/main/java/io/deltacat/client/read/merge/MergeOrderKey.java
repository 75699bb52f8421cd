package io.deltacat.client.read.merge;

/**
 * A column that decides among rows of one key and one stream position; the row that sorts last wins.
 *
 * @param column name of a top-level column
 * @param descending whether larger values sort first; nulls sort last in either case, as in the Python client
 */
public record MergeOrderKey(String column, boolean descending) {}
