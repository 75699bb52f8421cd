package io.deltacat.server.machine;

/** Why a request is refused; the HTTP edge turns each kind into one status and one wire code. */
public enum RefusalKind {
    /** The body is not JSON, or a query value cannot be read. */
    MALFORMED,
    /** The body is JSON, but a field is missing, unknown, of the wrong type or out of range. */
    INVALID_FIELD,
    /** The request is well formed but breaks a rule of the protocol. */
    INVALID_REQUEST,
    /** A documented part of the protocol that this server does not offer. */
    UNSUPPORTED,
    /** No valid bearer token came with the request. */
    UNAUTHENTICATED,
    /** The path names no known operation. */
    NO_SUCH_ROUTE,
    /** The path exists, but not with this method. */
    METHOD_NOT_ALLOWED,
    /** The thing named by the request does not exist at the snapshot that is read. */
    NOT_FOUND,
    /** The thing to create is already there. */
    ALREADY_EXISTS,
    /** The version fence of the request is not the current one. */
    STALE_VERSION,
    /** The state of the session, transaction or subscription does not allow the request. */
    WRONG_STATE,
    /** The operation id was used before with another request. */
    OPERATION_REUSED,
    /** Another commit changed what this transaction builds on; the transaction is lost, a new one may be tried. */
    CONCURRENT_MODIFICATION,
    /** The session or transaction outlived its time and cannot be used any more. */
    EXPIRED,
    /** The body is larger than the server takes. */
    TOO_LARGE,
    /** The server cannot take the request now. */
    UNAVAILABLE
}
