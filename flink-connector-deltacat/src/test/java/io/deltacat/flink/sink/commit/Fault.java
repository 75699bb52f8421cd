package io.deltacat.flink.sink.commit;

/** What may happen to one request. */
enum Fault {
    DROP_REQUEST,
    DROP_REPLY,
    DUPLICATE,
    /** No answer now; the server gets it later. */
    LATE,
    /** This request and some after it get no answer. */
    OUTAGE,
    CRASH_BEFORE,
    CRASH_AFTER,
    /** No answer, the process dies, and the server gets the request later. */
    CRASH_LATE,
    EXPIRE_BEFORE,
    EXPIRE_AFTER,
    /** The server expires what is open and forgets it, and all that is finished. */
    FORGET_BEFORE
}
