package io.deltacat.client.read.merge;

import java.util.Arrays;

/** Which rows of one delta are not alive, and where its files start in the numbering of its rows. */
final class DeadRows {
    private final RowBits dead = new RowBits();
    private final long[] fileStarts;

    DeadRows(int files) {
        fileStarts = new long[files + 1];
        Arrays.fill(fileStarts, -1);
        fileStarts[0] = 0;
    }

    /** Records how many rows a file has, once it is read; files are read in order. */
    void endFile(int file, long rows) {
        long end = fileStarts[file] + rows;
        if (fileStarts[file + 1] >= 0 && fileStarts[file + 1] != end) {
            throw new MergeException("a data file changed its number of rows from "
                    + (fileStarts[file + 1] - fileStarts[file]) + " to " + rows
                    + " between two passes of a merge; files of a committed delta must not change");
        }
        fileStarts[file + 1] = end;
    }

    long fileStart(int file) {
        return fileStarts[file];
    }

    void kill(long ordinal) {
        dead.set(ordinal);
    }

    /** Whether no row of a file is alive, as far as it was read. */
    boolean isAllDead(int file) {
        return isKnown(file)
                && fileStarts[file + 1] > fileStarts[file]
                && dead.nextAbsent(fileStarts[file], fileStarts[file + 1]) == fileStarts[file + 1];
    }

    /** Whether some row of a file is dead. */
    boolean any(int file) {
        // A file that no pass has read has no dead rows and no numbers.
        return isKnown(file) && dead.any(fileStarts[file], fileStarts[file + 1]);
    }

    /** The first row of a file from a row on that is alive; the end of the file if there is none. */
    long nextLiving(int file, long row) {
        return isKnown(file) ? dead.nextAbsent(fileStarts[file] + row, fileStarts[file + 1]) - fileStarts[file] : row;
    }

    /** Writes which of some consecutive rows of a file are alive, counted from the first; returns how many. */
    int living(int file, long first, int count, int[] target) {
        return dead.absent(fileStarts[file] + first, count, target);
    }

    long bytes() {
        return dead.bytes();
    }

    private boolean isKnown(int file) {
        return fileStarts[file] >= 0 && fileStarts[file + 1] >= 0;
    }
}
