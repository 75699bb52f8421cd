package io.deltacat.flink.sink.commit;

import org.apache.flink.annotation.Internal;

/** What a server's write session status means for staging. */
@Internal
public enum SessionState {
    /** Takes entries. */
    OPEN,
    /** Holds its entries, waiting for its transaction. */
    ATTACHED,
    /** Committed, aborted, expired, or a word this release does not know: takes nothing any more. */
    CLOSED
}
