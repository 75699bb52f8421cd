package io.deltacat.format.predicate;

import java.util.Arrays;

/** A set of row indexes as ranges in ascending order, neither overlapping nor touching. Immutable. */
public final class RowSet {

    /** No rows. */
    public static final RowSet NONE = new RowSet(new long[0]);

    private final long[] bounds;

    private RowSet(long[] bounds) {
        this.bounds = bounds;
    }

    /**
     * Returns the rows from one index up to another.
     *
     * @param from first row
     * @param to index behind the last row
     */
    public static RowSet range(long from, long to) {
        return from >= to ? NONE : new RowSet(new long[] {from, to});
    }

    /** Collects ranges in ascending order. Confined to one thread. */
    static final class Builder {
        private long[] bounds = new long[8];
        private int length;

        /** Adds a range that starts at or behind the start of the last one. */
        void add(long from, long to) {
            if (from >= to) {
                return;
            }
            if (length > 0 && from <= bounds[length - 1]) {
                bounds[length - 1] = Math.max(bounds[length - 1], to);
                return;
            }
            if (length == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * length);
            }
            bounds[length++] = from;
            bounds[length++] = to;
        }

        RowSet build() {
            return length == 0 ? NONE : new RowSet(Arrays.copyOf(bounds, length));
        }
    }

    /** Returns the number of ranges. */
    public int rangeCount() {
        return bounds.length / 2;
    }

    /** Returns the first row of a range. */
    public long from(int range) {
        return bounds[2 * range];
    }

    /** Returns the index behind the last row of a range. */
    public long to(int range) {
        return bounds[2 * range + 1];
    }

    /** Returns whether there are no rows. */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** Returns the number of rows. */
    public long rowCount() {
        long rows = 0;
        for (int i = 0; i < rangeCount(); i++) {
            rows += to(i) - from(i);
        }
        return rows;
    }

    /** Returns the rows in both sets. */
    public RowSet and(RowSet other) {
        Builder both = new Builder();
        int mine = 0;
        int others = 0;
        while (mine < rangeCount() && others < other.rangeCount()) {
            both.add(Math.max(from(mine), other.from(others)), Math.min(to(mine), other.to(others)));
            if (to(mine) < other.to(others)) {
                mine++;
            } else {
                others++;
            }
        }
        return both.build();
    }

    /** Returns the rows in at least one of the sets. */
    public RowSet or(RowSet other) {
        Builder either = new Builder();
        int mine = 0;
        int others = 0;
        while (mine < rangeCount() || others < other.rangeCount()) {
            if (others == other.rangeCount() || (mine < rangeCount() && from(mine) <= other.from(others))) {
                either.add(from(mine), to(mine));
                mine++;
            } else {
                either.add(other.from(others), other.to(others));
                others++;
            }
        }
        return either.build();
    }

    /** Returns whether the sets have a row in common within a range. */
    public boolean overlaps(long from, long to) {
        return !and(range(from, to)).isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
