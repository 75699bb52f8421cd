package io.deltacat.quickstart.replay;

import java.io.Serializable;

/**
 * In which order the lines of a file are emitted when each of them is emitted several times, as the life of a thing in
 * steps: a line's next step comes some lines later, so that steps of many lines are under way at any time. Immutable.
 *
 * @param lines how many lines there are, at least 1
 * @param steps how often each is emitted, at least 1
 * @param block how many lines take the same step one after the other, at least 1
 */
record ReplayOrder(long lines, int steps, long block) implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * One emission.
     *
     * @param line number of the line, from 0
     * @param step how often it was emitted before
     */
    record Position(long line, int step) {}

    ReplayOrder {
        if (lines < 1 || steps < 1 || block < 1) {
            throw new IllegalArgumentException(
                    "lines " + lines + ", steps " + steps + " and block " + block + " must all be at least 1");
        }
    }

    /** How many emissions there are. */
    long size() {
        return lines * steps;
    }

    /**
     * Returns what is emitted when.
     *
     * @param number number of the emission, from 0 to {@link #size()} - 1
     * @return line and step
     */
    Position at(long number) {
        if (number < 0 || number >= size()) {
            throw new IndexOutOfBoundsException("emission " + number + " of " + size());
        }
        long blocks = (lines + block - 1) / block;
        long rest = number;
        // Round r: step 0 of block r, step 1 of block r - 1, and so on.
        for (long round = 0; ; round++) {
            for (int step = 0; step < steps; step++) {
                long at = round - step;
                if (at >= 0 && at < blocks) {
                    long size = Math.min(block, lines - at * block);
                    if (rest < size) {
                        return new Position(at * block + rest, step);
                    }
                    rest -= size;
                }
            }
        }
    }
}
