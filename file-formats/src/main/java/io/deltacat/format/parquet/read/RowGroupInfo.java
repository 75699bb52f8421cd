package io.deltacat.format.parquet.read;

import java.util.List;

/**
 * A row group, checked against the file.
 *
 * @param rowCount rows
 * @param chunks its column chunks, by leaf index
 */
record RowGroupInfo(long rowCount, List<ColumnChunkInfo> chunks) {

    RowGroupInfo {
        chunks = List.copyOf(chunks);
    }
}
