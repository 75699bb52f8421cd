package io.deltacat.flink.source.reader;

import io.deltacat.format.schema.ArrowSchemas;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * What readers read of every file. Immutable; travels in the job graph.
 *
 * @param schemaSerialized the table's columns to read, as base64 of an Arrow IPC schema; files are fitted to it
 * @param rowType the rows to emit; its fields are among these columns
 * @param batchRows most rows of a batch
 * @param batchBytes about how many bytes of values a batch may hold
 */
@Internal
public record ReadSpec(String schemaSerialized, RowType rowType, int batchRows, long batchBytes)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public ReadSpec {
        Objects.requireNonNull(schemaSerialized, "schemaSerialized");
        Objects.requireNonNull(rowType, "rowType");
    }

    /**
     * Returns the columns to read.
     *
     * @return the schema, decoded anew
     */
    public Schema schema() {
        return ArrowSchemas.fromBase64(schemaSerialized);
    }
}
