package io.deltacat.flink.sink;

/** A sink of this connector, which a job may have once per id. */
interface IdentifiedSink {
    /**
     * Gives the identity of this sink, from which operator ids and session owners are made.
     *
     * @return the id
     */
    String sinkId();
}
