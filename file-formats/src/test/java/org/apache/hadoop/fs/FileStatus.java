package org.apache.hadoop.fs;

/** Stands in for Hadoop's class of the same name, which parquet-hadoop links to but which these tests never use. */
public class FileStatus {}
