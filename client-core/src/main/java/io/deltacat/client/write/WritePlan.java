package io.deltacat.client.write;

import io.deltacat.client.TableRef;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a writer is to do with its rows.
 *
 * @param table the table
 * @param tableSchema its columns, computed ones too
 * @param rules what rows have to look like
 * @param files where rows go
 * @param commitsNothing whether a write without rows is committed all the same
 * @param operationId makes the commit repeatable
 */
record WritePlan(
        TableRef table,
        Schema tableSchema,
        ColumnRules rules,
        WriteFiles files,
        boolean commitsNothing,
        String operationId) {}
