package io.deltacat.flink.sink;

import org.apache.flink.annotation.PublicEvolving;

/** How rows are spread over the writers of a sink. */
@PublicEvolving
public enum Distribution {
    /** By key for tables with merge keys, else as the rows come. */
    AUTO,
    /** As the rows come: no exchange. Changes of one key must come to one writer in order. */
    NONE,
    /** By the table's merge keys: one key has one writer. */
    KEY,
    /** By the table's partitions: one partition has one writer, so that there are few and large files. */
    PARTITION
}
