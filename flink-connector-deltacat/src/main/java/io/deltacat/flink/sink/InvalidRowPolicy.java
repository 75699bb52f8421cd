package io.deltacat.flink.sink;

import org.apache.flink.annotation.PublicEvolving;

/** What becomes of a row that its table cannot hold. */
@PublicEvolving
public enum InvalidRowPolicy {
    /** It fails the job, with an error that names table, column, value and row kind. */
    FAIL,
    /** It is left out, counted in {@code numRecordsSendErrors}, and the first ones are logged. */
    SKIP
}
