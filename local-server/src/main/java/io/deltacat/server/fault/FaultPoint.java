package io.deltacat.server.fault;

/** Where in the life of a request a fault can strike. */
public enum FaultPoint {
    /** After the request was read, before its handler runs: nothing was applied. */
    BEFORE_HANDLER,
    /** After the handler ran and its store transaction is durable, before the first byte of the reply. */
    BEFORE_REPLY
}
