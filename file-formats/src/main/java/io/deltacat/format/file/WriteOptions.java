package io.deltacat.format.file;

import static java.util.Objects.requireNonNull;

/**
 * How a file is written. Immutable.
 *
 * @param codec compression of the data
 * @param zstdLevel level of {@link Codec#ZSTD}, 1 (fast) to 22 (small)
 * @param rowGroupBytes a row group ends when about so many encoded bytes are buffered, 64 KiB or more
 * @param pageBytes a page ends at about so many encoded bytes, 1 KiB or more
 */
public record WriteOptions(Codec codec, int zstdLevel, long rowGroupBytes, int pageBytes) {

    /** Zstandard level unless set otherwise. */
    public static final int DEFAULT_ZSTD_LEVEL = 3;

    /** Row group size unless set otherwise. */
    public static final long DEFAULT_ROW_GROUP_BYTES = 128L << 20;

    /** Page size unless set otherwise. */
    public static final int DEFAULT_PAGE_BYTES = 1 << 20;

    /** Checks the values. */
    public WriteOptions {
        requireNonNull(codec, "codec");
        if (zstdLevel < 1 || zstdLevel > 22) {
            throw new IllegalArgumentException("zstdLevel must be from 1 to 22, got " + zstdLevel);
        }
        if (rowGroupBytes < 64 << 10 || pageBytes < 1 << 10) {
            throw new IllegalArgumentException("rowGroupBytes must be 65536 or more and pageBytes 1024 or more, got "
                    + rowGroupBytes + " and " + pageBytes);
        }
    }

    /** Returns the defaults: Zstandard, 128 MiB row groups, 1 MiB pages. */
    public static WriteOptions defaults() {
        return new WriteOptions(Codec.ZSTD, DEFAULT_ZSTD_LEVEL, DEFAULT_ROW_GROUP_BYTES, DEFAULT_PAGE_BYTES);
    }

    /** Returns these options with another codec. */
    public WriteOptions withCodec(Codec wanted) {
        return new WriteOptions(wanted, zstdLevel, rowGroupBytes, pageBytes);
    }

    /** Returns these options with another Zstandard level. */
    public WriteOptions withZstdLevel(int wanted) {
        return new WriteOptions(codec, wanted, rowGroupBytes, pageBytes);
    }

    /** Returns these options with another row group size. */
    public WriteOptions withRowGroupBytes(long wanted) {
        return new WriteOptions(codec, zstdLevel, wanted, pageBytes);
    }

    /** Returns these options with another page size. */
    public WriteOptions withPageBytes(int wanted) {
        return new WriteOptions(codec, zstdLevel, rowGroupBytes, wanted);
    }
}
