package io.deltacat.flink.source.enumerator;

import org.apache.flink.annotation.Internal;

/** Every number that the enumerator shows beside Flink's own; the chapter on reading is generated from here. */
@Internal
enum SourceMetric {
    /** Deltas that were discovered and are not read; 0 when everything is read. */
    LAG_DELTAS("lagDeltas", "deltas that were discovered and are not read; 0 when everything is read"),

    /** Rows of splits that are not finished, as far as the server counts rows; what readers were restored with is in their {@code pendingRecords}. */
    LAG_ROWS(
            "lagRows",
            "rows of splits that are not finished, as far as the server counts rows; what readers were restored with is in their `pendingRecords`"),

    /** Stored bytes of these splits. */
    LAG_BYTES("lagBytes", "stored bytes of these splits"),

    /** Milliseconds since the oldest delta that is not read was discovered; 0 when everything is read. */
    LAG_MILLIS(
            "lagMillis",
            "milliseconds since the oldest delta that is not read was discovered; 0 when everything is read"),

    /** 1 while more waits to be discovered than may be unfinished at a time. */
    BACKLOG("backlog", "1 while more waits to be discovered than may be unfinished at a time"),

    /** Splits that no reader has. */
    WAITING_SPLITS("waitingSplits", "splits that no reader has"),

    /** Splits at readers. */
    ASSIGNED_SPLITS("assignedSplits", "splits at readers"),

    /** Splits that are not finished, wherever they are. */
    UNFINISHED_SPLITS("unfinishedSplits", "splits that are not finished, wherever they are"),

    /** Milliseconds that the last successful look for deltas took. */
    DISCOVERY_MILLIS("lastDiscoveryMillis", "milliseconds that the last successful look for deltas took"),

    /** Looks that failed. */
    DISCOVERY_FAILURES("discoveryFailures", "looks that failed"),

    /** Ordered position up to which the watermark was moved, added up over partitions; -1 before it was moved. */
    ACKNOWLEDGED_POSITION(
            "acknowledgedPosition",
            "ordered position up to which the watermark was moved, added up over partitions; -1 before it was moved"),

    /** Ordered deltas that were discovered and not acknowledged. */
    ACKNOWLEDGEMENT_LAG("acknowledgementLagDeltas", "ordered deltas that were discovered and not acknowledged"),

    /** Milliseconds since the watermark was last in place; 0 while it says all that was discovered. */
    ACKNOWLEDGEMENT_AGE(
            "acknowledgementAgeMillis",
            "milliseconds since the watermark was last in place; 0 while it says all that was discovered"),

    /** Times the subscription's watermark was moved or found in place. */
    ACKNOWLEDGEMENTS("watermarkAcknowledgements", "times the subscription's watermark was moved or found in place"),

    /** Times it could not be moved. */
    ACKNOWLEDGEMENT_FAILURES("watermarkAcknowledgementFailures", "times it could not be moved"),

    /** Times reading went back, because the watermark was moved back. */
    REDRIVES("watermarkRedrives", "times reading went back, because the watermark was moved back"),

    /** 1 while the subscription is paused on the server. */
    PAUSED("subscriptionPaused", "1 while the subscription is paused on the server"),

    /** Partitions that were compacted while they were followed. */
    PARTITIONS_COMPACTED("partitionsCompacted", "partitions that were compacted while they were followed"),

    /** Partitions whose emitted rows were replaced, with a policy that goes on. */
    PARTITIONS_REPLACED(
            "partitionsReplaced", "partitions whose emitted rows were replaced, with a policy that goes on"),

    /** Times deltas were gone before they were read, with a policy that goes on. */
    HISTORY_LOST("historyLost", "times deltas were gone before they were read, with a policy that goes on"),

    /** Ordered deltas that were passed over unread so. */
    DELTAS_LOST("deltasLost", "ordered deltas that were passed over unread so");

    /** Group of all these. */
    static final String GROUP = "deltacat";

    private final String key;
    private final String meaning;

    SourceMetric(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** Returns the name in the group. */
    String key() {
        return key;
    }

    /** Returns what it counts. */
    String meaning() {
        return meaning;
    }
}
