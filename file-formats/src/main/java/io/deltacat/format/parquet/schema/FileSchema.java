package io.deltacat.format.parquet.schema;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The schema of a Parquet file.
 *
 * @param schema the top-level columns as Arrow fields
 * @param columns the same columns with their levels and stored columns, in the same order
 * @param leaves all stored columns, by their index
 */
public record FileSchema(Schema schema, List<SchemaNode> columns, List<SchemaNode.Leaf> leaves) {

    /** Copies the lists. */
    public FileSchema {
        columns = List.copyOf(columns);
        leaves = List.copyOf(leaves);
    }
}
