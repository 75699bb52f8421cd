package io.deltacat.client.http;

/** Whether sending a request twice differs from sending it once. */
public enum Repeatability {
    /** Changes nothing on the server. */
    READ,
    /** A write that carries a key under which the server recognises the second copy. */
    KEYED,
    /** A write without such a key: it is sent once, and a lost reply is an unknown outcome. */
    ONCE
}
