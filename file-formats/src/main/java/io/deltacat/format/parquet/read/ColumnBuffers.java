package io.deltacat.format.parquet.read;

/**
 * The arrays that a column's stored and decompressed bytes go through, kept from page to page and from row group to row
 * group. Confined to one thread.
 */
final class ColumnBuffers {
    private byte[] window = {};
    private byte[] page = {};

    /** Returns an array for so many stored bytes and slack; what it held before is gone. */
    byte[] window(int size) {
        int needed = Math.addExact(size, RunDecoder.SLACK);
        if (window.length < needed) {
            window = new byte[needed];
        }
        return window;
    }

    /** Returns an array for so many decompressed bytes and slack; what it held before is gone. */
    byte[] page(int size) {
        int needed = Math.addExact(size, RunDecoder.SLACK);
        if (page.length < needed) {
            page = new byte[needed];
        }
        return page;
    }
}
