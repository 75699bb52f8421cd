package io.deltacat.format.file;

/** How the data inside a file is compressed. */
public enum Codec {
    /** Not compressed. */
    UNCOMPRESSED,
    /** Snappy: fast, larger files. */
    SNAPPY,
    /** Zstandard at the level of the write options: the default. */
    ZSTD,
    /** Gzip: slow, for readers that know nothing else. */
    GZIP,
    /** LZ4 raw blocks: fast, larger files. */
    LZ4
}
