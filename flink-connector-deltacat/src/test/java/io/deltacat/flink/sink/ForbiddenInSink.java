package io.deltacat.flink.sink;

import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;

/** Breaks rules on purpose: an experimental class of Flink outside the commit package. */
public abstract class ForbiddenInSink {

    abstract CommittableMessage<String> message();
}
