package org.apache.hadoop;

/** Stands for any class of Hadoop, so that the architecture test can show that it would be found. */
public final class StandIn {

    private StandIn() {}
}
