package io.deltacat.format.parquet.write;

import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.Arrays;

/**
 * The levels of the entries of one page. Columns outside of lists and structs only count their values and mark their
 * nulls; the others keep both levels of every entry. Confined to one thread.
 */
final class LevelBuffer {
    private final int maxRepetition;
    private final int maxDefinition;
    private final boolean flat;
    private long[] nullBits = {};
    private int nulls;
    private int entries;
    private int rows;
    private int[] repetitions = {};
    private int[] definitions = {};

    LevelBuffer(LeafSpec spec) {
        this.maxRepetition = spec.maxRepetition();
        this.maxDefinition = spec.maxDefinition();
        this.flat = spec.isFlat();
    }

    /** Returns the number of entries that are not values: nulls, and absent parents. */
    int nulls() {
        return nulls;
    }

    /**
     * Returns the number of rows.
     *
     * @param values number of values of the page
     */
    int rows(int values) {
        return flat ? values + nulls : rows;
    }

    /**
     * Returns the number of entries.
     *
     * @param values number of values of the page
     */
    int entries(int values) {
        return flat ? values + nulls : entries;
    }

    /**
     * Adds a null of a flat column.
     *
     * @param values number of values before it in the page
     */
    void addNull(int values) {
        int at = values + nulls++;
        if (nullBits.length <= at >>> 6) {
            nullBits = Arrays.copyOf(nullBits, Math.max(4, Math.max((at >>> 6) + 1, 2 * nullBits.length)));
        }
        nullBits[at >>> 6] |= 1L << at;
    }

    /** Adds an entry of a nested column. */
    void add(int repetition, int definition) {
        if (entries == repetitions.length) {
            int capacity = Math.max(64, 2 * entries);
            repetitions = Arrays.copyOf(repetitions, capacity);
            definitions = Arrays.copyOf(definitions, capacity);
        }
        repetitions[entries] = repetition;
        definitions[entries++] = definition;
        rows += repetition == 0 ? 1 : 0;
        nulls += definition == maxDefinition ? 0 : 1;
    }

    /**
     * Encodes the levels as a version 1 page has them, each stream behind its length.
     *
     * @param values number of values of the page
     */
    void encode(int values, GrowingBytes out) {
        if (flat) {
            if (maxDefinition > 0) {
                int start = out.extend(Integer.BYTES);
                encodeFlat(values, out);
                LittleEndian.putInt(out.array(), start, out.length() - start - Integer.BYTES);
            }
            return;
        }
        if (maxRepetition > 0) {
            encode(repetitions, maxRepetition, out);
        }
        if (maxDefinition > 0) {
            encode(definitions, maxDefinition, out);
        }
    }

    private void encodeFlat(int values, GrowingBytes out) {
        if (nulls == 0 || values == 0) {
            RunEncoder.repeat(nulls == 0 ? 1 : 0, values + nulls, 1, out);
            return;
        }
        int words = (values + nulls + 63) >>> 6;
        if (nullBits.length < words) {
            nullBits = Arrays.copyOf(nullBits, words);
        }
        RunEncoder.packBits(nullBits, values + nulls, true, out);
    }

    private void encode(int[] levels, int max, GrowingBytes out) {
        int start = out.extend(Integer.BYTES);
        RunEncoder.encode(levels, entries, 32 - Integer.numberOfLeadingZeros(max), out);
        LittleEndian.putInt(out.array(), start, out.length() - start - Integer.BYTES);
    }

    void clear() {
        if (nulls > 0 && flat) {
            Arrays.fill(nullBits, 0L);
        }
        nulls = 0;
        entries = 0;
        rows = 0;
    }

    long retainedBytes() {
        return 8L * nullBits.length + 4L * (repetitions.length + definitions.length);
    }
}
