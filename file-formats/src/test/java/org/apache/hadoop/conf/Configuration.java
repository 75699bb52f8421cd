package org.apache.hadoop.conf;

/** Stands in for Hadoop's class of the same name, which parquet-hadoop links to but which these tests never use. */
public class Configuration {
    /** Returns the default: nothing is ever configured. */
    public String get(String name, String defaultValue) {
        return defaultValue;
    }
}
