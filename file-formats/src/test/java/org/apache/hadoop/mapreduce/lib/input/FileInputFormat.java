package org.apache.hadoop.mapreduce.lib.input;

/** Stands in for Hadoop's class of the same name, which parquet-hadoop links to but which these tests never use. */
public class FileInputFormat<K, V> extends org.apache.hadoop.mapreduce.InputFormat<K, V> {}
