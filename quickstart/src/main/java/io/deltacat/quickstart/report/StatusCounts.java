package io.deltacat.quickstart.report;

import io.deltacat.quickstart.flights.Census;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the second act counted. Immutable.
 *
 * @param merged the table of statuses against the file
 * @param statuses how many flights ended with which status
 * @param changes rows of all deltas: what was written before it was merged
 * @param deltas deltas of the table
 */
public record StatusCounts(Census merged, Map<String, Long> statuses, long changes, long deltas) {
    /** Copies the map, sorted. */
    public StatusCounts {
        statuses = Collections.unmodifiableMap(new TreeMap<>(statuses));
    }
}
