package io.deltacat.server;

import io.deltacat.flink.types.LogicalTypes;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.types.logical.RowType;

/** Breaks rules on purpose: the server knows Flink. */
public final class ForbiddenInServer {

    private ForbiddenInServer() {}

    static RowType rowType(Schema schema) {
        return LogicalTypes.toRowType(schema);
    }
}
