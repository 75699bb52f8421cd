package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.util.Arrays;

/**
 * Decodes the run-length and bit-packing hybrid of levels and dictionary ids. Needs {@link #SLACK} readable bytes behind
 * its data. Confined to one thread.
 */
final class RunDecoder {

    /** Bytes that must be readable behind the last byte of any encoded data, so that a value is read as one long. */
    static final int SLACK = 8;

    private byte[] data = {};
    private int position;
    private int end;
    private int width;
    private int mask;
    private int left;
    private boolean packed;
    private int value;
    private long bit;

    /**
     * Starts at new data.
     *
     * @param bytes array with the data and slack behind it
     * @param from first byte
     * @param to end of the data
     * @param bitWidth bits per value, 0 to 32
     */
    void start(byte[] bytes, int from, int to, int bitWidth) {
        if (bitWidth < 0 || bitWidth > 32) {
            throw new MalformedDataException("values of " + bitWidth + " bits, expected at most 32");
        }
        data = bytes;
        position = from;
        end = to;
        width = bitWidth;
        mask = bitWidth == 32 ? -1 : (1 << bitWidth) - 1;
        left = 0;
        if (bitWidth == 0) {
            packed = false;
            value = 0;
            left = Integer.MAX_VALUE;
        }
    }

    /** Decodes values. */
    void read(int[] target, int offset, int count) {
        int done = 0;
        while (done < count) {
            int run = nextPiece(count - done);
            if (packed) {
                unpack(target, offset + done, run);
            } else {
                Arrays.fill(target, offset + done, offset + done + run, value);
            }
            done += run;
        }
    }

    /** Passes over values. */
    void skip(int count) {
        int done = 0;
        while (done < count) {
            int run = nextPiece(count - done);
            if (packed) {
                bit += (long) run * width;
            }
            done += run;
        }
    }

    /**
     * Passes over values of width 1 and counts the ones.
     *
     * @return number of ones
     */
    int skipAndCountOnes(int count) {
        int ones = 0;
        int done = 0;
        while (done < count) {
            int run = nextPiece(count - done);
            if (packed) {
                for (int i = 0; i < run; i += 56) {
                    int bits = Math.min(56, run - i);
                    ones += Long.bitCount(takeBits(bits));
                }
            } else {
                ones += value * run;
            }
            done += run;
        }
        return ones;
    }

    /**
     * Decodes values of width 1 as validity: 0 makes a row null, 1 leaves it present.
     *
     * @return number of present rows
     */
    int readValidity(ColumnVector target, int row, int count) {
        int present = 0;
        int done = 0;
        while (done < count) {
            int run = nextPiece(count - done);
            if (packed) {
                present += unpackValidity(target, row + done, run);
            } else if (value == 1) {
                present += run;
            } else {
                clear(target.mutableValidity(), row + done, run);
            }
            done += run;
        }
        return present;
    }

    private int unpackValidity(ColumnVector target, int row, int count) {
        int present = 0;
        int done = 0;
        while (done < count) {
            int at = row + done;
            int bits = Math.min(Math.min(56, count - done), 64 - (at & 63));
            long nulls = ~takeBits(bits) & ((1L << bits) - 1);
            if (nulls != 0) {
                target.mutableValidity()[at >>> 6] &= ~(nulls << at);
            }
            present += bits - Long.bitCount(nulls);
            done += bits;
        }
        return present;
    }

    private static void clear(long[] words, int row, int count) {
        int at = row;
        int end = row + count;
        while (at < end) {
            int bits = Math.min(64 - (at & 63), end - at);
            long run = bits == 64 ? -1L : (1L << bits) - 1;
            words[at >>> 6] &= ~(run << at);
            at += bits;
        }
    }

    /** Takes up to 56 bits of a packed run of width 1. */
    private long takeBits(int count) {
        long bits = LittleEndian.getLong(data, (int) (bit >>> 3)) >>> (bit & 7); // a position in an array
        bit += count;
        return bits & ((1L << count) - 1);
    }

    private void unpack(int[] target, int offset, int count) {
        long from = bit;
        byte[] bytes = data;
        int bits = width;
        int keep = mask;
        for (int i = 0; i < count; i++) {
            target[offset + i] =
                    (int) (LittleEndian.getLong(bytes, (int) (from >>> 3)) >>> (from & 7)) & keep; // low bits count
            from += bits;
        }
        bit = from;
    }

    /** Makes sure a run is open and takes up to so many values of it. */
    private int nextPiece(int wanted) {
        while (left == 0) {
            openRun(wanted);
        }
        int run = Math.min(left, wanted);
        left -= run;
        return run;
    }

    private void openRun(int wanted) {
        if (width == 0) {
            left = Integer.MAX_VALUE;
            return;
        }
        if (position >= end) {
            throw new MalformedDataException("run-length encoded data ends, " + wanted + " more values are needed");
        }
        int header = varint();
        int length = header >>> 1;
        packed = (header & 1) != 0;
        if (packed) {
            long bytes = Math.min((long) length * width, end - position); // the last run may be cut short
            left = (int) Math.min(Math.min(length * 8L, bytes * 8 / width), Integer.MAX_VALUE); // capped
            bit = position * 8L;
            position += (int) bytes; // at most end - position
        } else {
            int bytes = (width + 7) >>> 3;
            if (end - position < bytes) {
                throw new MalformedDataException("a run's value is cut off");
            }
            long raw = LittleEndian.getLong(data, position) & ((1L << bytes * 8) - 1);
            position += bytes;
            if (raw >>> width != 0) {
                throw new MalformedDataException("a run's value " + raw + " needs more than " + width + " bits");
            }
            value = (int) raw; // at most 32 bits
            left = length;
        }
    }

    private int varint() {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position >= end) {
                break;
            }
            byte next = data[position++];
            result |= (next & 0x7f) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw new MalformedDataException("a run's header is cut off or too long");
    }
}
