package io.deltacat.client;

import org.apache.flink.table.data.RowData;

/** Breaks rules on purpose: a Flink class in the client. */
public abstract class ForbiddenInClient {

    abstract int fields(RowData row);
}
