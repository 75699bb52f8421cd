package io.deltacat.format.parquet.write;

import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.Arrays;

/** Writes the run-length and bit-packing hybrid of levels and dictionary ids. Thread-safe. */
final class RunEncoder {
    private static final int GROUP = 8;

    private RunEncoder() {}

    /**
     * Encodes values.
     *
     * @param values the values, each fitting the width
     * @param count how many
     * @param width bits per value, 0 to 31
     * @param out where the runs go
     */
    static void encode(int[] values, int count, int width, GrowingBytes out) {
        int packedFrom = 0;
        int at = 0;
        while (at < count) {
            int run = runLength(values, at, count);
            // A run pays from eight values on; the packed values before it must fill whole groups.
            int borrowed = (GROUP - (at - packedFrom) % GROUP) % GROUP;
            if (run - borrowed >= GROUP) {
                if (at + borrowed > packedFrom) {
                    pack(values, packedFrom, at + borrowed - packedFrom, width, out);
                }
                repeat(values[at], run - borrowed, width, out);
                packedFrom = at + run;
            }
            at += run;
        }
        if (count > packedFrom) {
            pack(values, packedFrom, count - packedFrom, width, out);
        }
    }

    /** Writes one value so many times. */
    static void repeat(int value, int times, int width, GrowingBytes out) {
        out.putVarint(times << 1);
        for (int bits = 0; bits < width; bits += 8) {
            out.write(value >>> bits);
        }
    }

    /** Writes single bits, all of them packed. */
    static void packBits(long[] bits, int count, boolean inverted, GrowingBytes out) {
        int groups = (count + 7) / GROUP;
        out.putVarint(groups << 1 | 1);
        int words = (groups + 7) / 8;
        int start = out.extend(words * 8);
        for (int i = 0; i < words; i++) {
            LittleEndian.putLong(out.array(), start + i * 8, inverted ? ~bits[i] : bits[i]);
        }
        out.truncate(start + groups);
    }

    private static int runLength(int[] values, int from, int count) {
        int at = from + 1;
        while (at < count && values[at] == values[from]) {
            at++;
        }
        return at - from;
    }

    private static void pack(int[] values, int from, int count, int width, GrowingBytes out) {
        int groups = (count + GROUP - 1) / GROUP;
        out.putVarint(groups << 1 | 1);
        int bytes = Math.multiplyExact(groups, width);
        int start = out.extend(Math.addExact(bytes, Long.BYTES)); // room for a whole word behind the last value
        byte[] array = out.array();
        long word = 0;
        int filled = 0;
        int at = start;
        for (int i = from; i < from + count; i++) {
            word |= (long) values[i] << filled;
            filled += width;
            if (filled >= 32) {
                LittleEndian.putInt(array, at, (int) word); // the low half
                at += 4;
                word >>>= 32;
                filled -= 32;
            }
        }
        LittleEndian.putLong(array, at, word);
        Arrays.fill(array, Math.min(at + 8, start + bytes), start + bytes, (byte) 0);
        out.truncate(start + bytes);
    }
}
