package org.apache.hadoop.io.compress.zlib;

/** Stands in for Hadoop's class of the same name, which parquet-hadoop links to but which these tests never use. */
public class ZlibCompressor {
    /** Named as Hadoop names them. */
    public enum CompressionLevel {
        NO_COMPRESSION,
        BEST_SPEED,
        TWO,
        THREE,
        FOUR,
        FIVE,
        SIX,
        SEVEN,
        EIGHT,
        BEST_COMPRESSION,
        DEFAULT_COMPRESSION
    }
}
