package io.deltacat.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/** Where a source starts that has no restored state. Restored state always wins. */
@PublicEvolving
public enum StartMode {
    /** After the subscription's watermark; at the start of history when it has none. Needs a subscription. */
    SUBSCRIPTION,
    /** With all rows the table holds now; of a table with merge keys, those that are alive. */
    FULL,
    /** With rows committed after the start. */
    LATEST,
    /** With the first delta the table still has; of a table with merge keys, every change since. */
    EARLIEST,
    /** With what was committed from a time on. */
    TIMESTAMP
}
