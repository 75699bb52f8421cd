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

/** Rows of a table that rows are only added to. Confined to the mailbox thread. */
@Internal
final class AddedRows implements TableRows {
    private final DeltaTarget target;
    private final DataFiles<RowData> files;
    private final FileFinisher finisher;

    AddedRows(DeltaTarget target, DataFiles<RowData> files, FileFinisher finisher) {
        this.target = requireNonNull(target, "target");
        this.files = requireNonNull(files, "files");
        this.finisher = requireNonNull(finisher, "finisher");
    }

    @Override
    public void write(RowData row) throws InterruptedException {
        if (row.getRowKind() != RowKind.INSERT) {
            throw new RowRefused(
                    "Table " + target.table() + ": row kind " + row.getRowKind() + " cannot be written in mode '"
                            + target.mode().wireName()
                            + "'; expected INSERT only. Write to a table with merge keys, or make the query append-only",
                    null);
        }
        files.append(row);
    }

    @Override
    public List<FinishedFile> finish() throws InterruptedException {
        files.endAll();
        return finisher.takeAll();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
