package io.deltacat.server.service;

import org.jspecify.annotations.Nullable;

/** Cuts the page that a request asked for out of the files of a plan. Confined to one request. */
final class FilePage {
    private final long offset;
    private final long limit;
    private long seen;
    private long returned;
    private long records;
    private long bytes;

    FilePage(long offset, @Nullable Long limit) {
        this.offset = offset;
        this.limit = limit == null ? Long.MAX_VALUE : limit;
    }

    /** Passes over files before the page, if they all are; their rows and bytes are not added up. */
    boolean skips(long files) {
        boolean before = seen + files <= offset;
        if (before) {
            seen += files;
        }
        return before;
    }

    /** Counts the next file; true if it belongs to the page. */
    boolean take(long fileRecords, long fileBytes) {
        boolean inside = seen >= offset && returned < limit;
        seen++;
        records += fileRecords;
        bytes += fileBytes;
        if (inside) {
            returned++;
        }
        return inside;
    }

    /** Whether no more file can belong to the page. */
    boolean isFull() {
        return returned >= limit;
    }

    /** The sums over the files that were taken one by one: all that a filter kept. */
    PlanTotals sums() {
        return totals(seen, records, bytes);
    }

    /** The page with sums known from elsewhere. */
    PlanTotals totals(long allFiles, long allRecords, long allBytes) {
        long next = offset + returned;
        boolean truncated = next < allFiles;
        return new PlanTotals(allFiles, allRecords, allBytes, returned, truncated, truncated ? next : null);
    }
}
