package io.deltacat.flink.source.reader;

import io.deltacat.client.read.merge.MergedPartition;
import io.deltacat.client.read.merge.MergedRows;
import io.deltacat.flink.source.reader.RowBatch.Counting;
import io.deltacat.flink.source.split.DeltaCatSplit;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.types.RowKind;
import org.jspecify.annotations.Nullable;

/** The living rows of one partition. They come in the same order every time. Confined to the fetcher thread. */
@Internal
final class MergedSplitRows implements SplitRows {
    private final MergedPartition partition;
    private final GenericRowData metadata;
    private @Nullable MergedRows rows;
    private long emitted;

    MergedSplitRows(DeltaCatSplit split, MergedPartition partition, GenericRowData metadata) {
        this.partition = partition;
        this.metadata = metadata;
        this.emitted = split.rowsRead();
    }

    @Override
    public boolean next(RowBatch target) throws IOException {
        MergedRows open = rows;
        if (open == null) {
            open = partition.rows(target.columns());
            open.skip(emitted);
            rows = open;
        } else {
            open.into(target.columns());
        }
        if (!open.nextBatch()) {
            return false;
        }
        target.rewind(RowKind.INSERT, metadata, emitted, Counting.ROWS_EMITTED);
        emitted += target.columns().selectedCount();
        return true;
    }

    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (rows != null) {
            rows.close();
        }
    }
}
