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

    /** Whether a row of a file is dead. */
    boolean isDead(int file, long row) {
        // A file that no pass has read has no dead rows and no start.
        return fileStarts[file] >= 0 && dead.get(fileStarts[file] + row);
    }

    boolean none() {
        return dead.isEmpty();
    }
}
