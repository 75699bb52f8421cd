package io.deltacat.server.machine;

/** Where a write session stands (protocol/data-plane.md §1.11). */
public enum SessionStatus {
    /** Takes heartbeats and one commit. */
    OPEN,
    /** Its entries wait for the commit of the transaction it is bound to. */
    ATTACHED,
    /** Its entries are visible. */
    COMMITTED,
    /** Given up by its owner or with its transaction. */
    ABORTED,
    /** Not heartbeated in time. */
    EXPIRED;

    /** Whether nothing can happen to the session any more. */
    public boolean isFinal() {
        return this == COMMITTED || this == ABORTED || this == EXPIRED;
    }
}
