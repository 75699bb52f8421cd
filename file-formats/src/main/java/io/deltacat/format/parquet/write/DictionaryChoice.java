package io.deltacat.format.parquet.write;

/**
 * Decides whether a column is written through a dictionary. Asked while the values of a page are looked up, so that a
 * column of distinct values is given up after a few thousand of them; a column that never pays is not tried again in the
 * same file. Confined to one thread.
 */
final class DictionaryChoice {

    /** Number of values after which a dictionary of mostly distinct values is given up. */
    static final int FIRST_PROBE = 2048;

    /** Largest dictionary in bytes, as other writers have it. */
    static final long MAX_BYTES = 1 << 20;

    private boolean worthTrying;
    private boolean open;
    private boolean used;
    private long chunkValues;

    /**
     * @param possible whether the column's type can have a dictionary
     */
    DictionaryChoice(boolean possible) {
        this.worthTrying = possible;
        this.open = possible;
    }

    /** Returns whether the next page may be dictionary-coded. */
    boolean isOpen() {
        return open;
    }

    /** Returns whether some page of the row group is dictionary-coded. */
    boolean isUsed() {
        return used;
    }

    /** Returns the number of values of the row group that have been dictionary-coded in earlier pages. */
    long codedValues() {
        return chunkValues;
    }

    /**
     * Says whether it pays to go on.
     *
     * @param values values of the row group looked up so far
     * @param distinct values in the dictionary
     * @param dictionaryBytes bytes of the dictionary
     * @param plainBytesPerValue average bytes of a value in plain encoding
     */
    boolean pays(long values, int distinct, long dictionaryBytes, double plainBytesPerValue) {
        if (dictionaryBytes > MAX_BYTES) {
            return false;
        }
        int width = 32 - Integer.numberOfLeadingZeros(Math.max(distinct - 1, 0));
        double coded = dictionaryBytes + values * (width / 8.0);
        return coded < 0.8 * values * plainBytesPerValue;
    }

    /** Notes that a page was dictionary-coded. */
    void accept(int values) {
        used = true;
        chunkValues += values;
    }

    /** Notes that the rest of the row group is written plain. */
    void giveUp() {
        open = false;
        worthTrying = used; // it paid for a while, so it may pay again in the next row group
    }

    /** Starts the next row group. */
    void nextChunk() {
        open = worthTrying;
        used = false;
        chunkValues = 0;
    }
}
