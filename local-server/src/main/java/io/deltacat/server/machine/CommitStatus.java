package io.deltacat.server.machine;

/** How far the commit of a session got (protocol/data-plane.md §1.11). */
public enum CommitStatus {
    /** Checked and stored, not visible: the transaction it is bound to still runs. */
    PREPARED,
    /** Past the point of no return, not yet visible. This server applies and publishes in one step, so it is never seen. */
    APPLIED,
    /** Visible. */
    COMMITTED
}
