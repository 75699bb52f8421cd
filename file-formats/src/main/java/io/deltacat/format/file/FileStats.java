package io.deltacat.format.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a manifest entry says about a finished file (protocol/data-plane.md §1.6). Immutable.
 *
 * @param recordCount rows
 * @param contentLength stored bytes
 * @param sourceContentLength bytes of the same rows as Arrow columns in memory
 * @param columns statistics by top-level column name, in file order, one entry per column
 */
public record FileStats(
        long recordCount, long contentLength, long sourceContentLength, Map<String, ColumnStats> columns) {

    /** Copies the map. */
    public FileStats {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
}
