package org.apache.hadoop.io;

/** Stands in for Hadoop's class of the same name, which parquet-hadoop links to but which these tests never use. */
public interface Writable {}
