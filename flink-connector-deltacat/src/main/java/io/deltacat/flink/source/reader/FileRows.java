package io.deltacat.flink.source.reader;

import io.deltacat.flink.source.reader.RowBatch.Counting;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.format.file.BatchReader;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.types.RowKind;

/** The rows of one slice of one file that pass the filter. Confined to the fetcher thread. */
@Internal
final class FileRows implements SplitRows {
    private final DeltaCatSplit split;
    private final BatchReader reader;
    private final RowKind kind;
    private final GenericRowData metadata;

    FileRows(DeltaCatSplit split, BatchReader reader, RowKind kind, GenericRowData metadata) {
        this.split = split;
        this.reader = reader;
        this.kind = kind;
        this.metadata = metadata;
    }

    @Override
    public boolean next(RowBatch target) throws IOException {
        while (reader.nextBatch(target.columns().filled())) {
            if (target.columns().selectAll()) {
                long before = split.rowsRead()
                        + reader.position()
                        - target.columns().filled().size();
                target.rewind(kind, metadata, before, Counting.ROWS_OF_FILE);
                return true;
            }
        }
        return false;
    }

    /** Without asking formats that would have to count. */
    @Override
    public boolean ended() {
        return split.rowCount() != DeltaCatSplit.TO_END && reader.position() >= split.rowCount() - split.rowsRead();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
