package io.deltacat.server.service;

/** Which counts a description of a table carries. */
public enum TableCounts {
    /** None. */
    OMITTED,
    /** As the partitions keep them; this server keeps them with every commit, so that they are never behind. */
    KEPT,
    /** Those of the request's snapshot. */
    EXACT
}
