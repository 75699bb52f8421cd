package io.deltacat.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/** Where a source starts that has no restored state. Restored state always wins. */
@PublicEvolving
public enum StartMode {
    /** After the subscription's watermark; at the start of history when it has none. Needs a subscription. */
    SUBSCRIPTION,
    /** With all rows the table holds now. */
    FULL,
    /** With rows committed after the start. */
    LATEST
}
