package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.schema.FileSchema;
import java.util.List;

/**
 * What a Parquet file says about itself, checked.
 *
 * @param schema the columns
 * @param rowGroups the row groups, in file order
 * @param rowCount rows of all row groups
 */
record Footer(FileSchema schema, List<RowGroupInfo> rowGroups, long rowCount) {

    Footer {
        rowGroups = List.copyOf(rowGroups);
    }
}
