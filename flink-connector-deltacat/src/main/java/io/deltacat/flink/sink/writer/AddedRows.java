package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.RowRefused;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.FinishedFile;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;

/** Rows that are only added, to a table or in place of what it holds. Confined to the mailbox thread. */
@Internal
final class AddedRows implements TableRows {
    private final DeltaTarget target;
    private final DataFiles<RowData> files;
    private final FileFinisher finisher;
    private final boolean leavesFile;
    private boolean hasRows;

    /**
     * Creates the rows of one writer.
     *
     * @param target delta that they become
     * @param files where they go
     * @param finisher finishes files
     * @param leavesFile whether an empty file is left if there are no rows, so that nothing takes the place of everything
     */
    AddedRows(DeltaTarget target, DataFiles<RowData> files, FileFinisher finisher, boolean leavesFile) {
        this.target = requireNonNull(target, "target");
        this.files = requireNonNull(files, "files");
        this.finisher = requireNonNull(finisher, "finisher");
        this.leavesFile = leavesFile;
    }

    @Override
    public void write(RowData row) throws InterruptedException {
        boolean added = row.getRowKind() == RowKind.INSERT
                || target.mode().replaces() && row.getRowKind() == RowKind.UPDATE_AFTER;
        if (!added) {
            throw new RowRefused(
                    "Table " + target.table() + ": row kind " + row.getRowKind() + " cannot be written in mode '"
                            + target.mode().wireName()
                            + "'; expected INSERT only. Write to a table with merge keys, or make the query append-only",
                    null);
        }
        hasRows = true;
        files.append(row);
    }

    @Override
    public long heldBytes() {
        return files.heldBytes();
    }

    @Override
    public void relieve() throws InterruptedException {
        files.endAll();
    }

    /** Added rows are in no order. */
    @Override
    public int generation() {
        return 0;
    }

    @Override
    public List<FinishedFile> finish() throws InterruptedException {
        if (leavesFile && !hasRows) {
            files.openUnpartitioned();
        }
        hasRows = false;
        files.endAll();
        return finisher.takeAll();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
