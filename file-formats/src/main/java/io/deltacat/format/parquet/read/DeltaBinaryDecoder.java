package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.codec.MalformedDataException;

/**
 * Decodes the DELTA_BINARY_PACKED encoding as longs: blocks of bit-packed differences to the value before. Confined to one
 * thread.
 */
final class DeltaBinaryDecoder implements ValueDecoder<long[]> {
    private static final int MAX_BLOCK = 1 << 20;

    private byte[] data = {};
    private int position;
    private int end;
    private int miniBlocks;
    private int miniBlockSize;
    private int valuesLeft;
    private long last;
    private boolean firstPending;
    private long minDelta;
    private byte[] widths = {};
    private int miniBlock;
    private int miniLeft;
    private int width;
    private long bit;

    @Override
    public void start(byte[] source, int from, int to, int count) {
        data = source;
        position = from;
        end = to;
        miniLeft = 0;
        if (from == to) {
            valuesLeft = 0; // a page of nulls may hold nothing
            return;
        }
        long blockSize = varlong();
        long blocks = varlong();
        if (blockSize < 1
                || blockSize > MAX_BLOCK
                || blocks < 1
                || blocks > blockSize
                || blockSize % (blocks * 8) != 0) {
            throw new MalformedDataException("delta blocks of " + blockSize + " values in " + blocks + " parts");
        }
        miniBlocks = (int) blocks; // at most MAX_BLOCK
        miniBlockSize = (int) (blockSize / blocks);
        widths = new byte[miniBlocks];
        miniBlock = miniBlocks;
        long total = varlong();
        if (total < 0 || total > count) {
            throw new MalformedDataException("delta data of " + total + " values in a page of " + count);
        }
        valuesLeft = (int) total; // at most count
        last = zigZag();
        firstPending = true;
    }

    /** Returns the number of values not read yet. */
    int valuesLeft() {
        return valuesLeft;
    }

    /** Returns where the data ends, to be called when all values have been read. */
    int endPosition() {
        return position;
    }

    @Override
    public void read(long[] target, int offset, int count) {
        checkLeft(count);
        int at = offset;
        int to = offset + count;
        if (firstPending && count > 0) {
            target[at++] = last;
            firstPending = false;
            valuesLeft--;
        }
        while (at < to) {
            if (miniLeft == 0) {
                openMiniBlock();
            }
            int run = Math.min(miniLeft, to - at);
            unpack(target, at, run);
            miniLeft -= run;
            valuesLeft -= run;
            at += run;
        }
    }

    @Override
    public void skip(int count) {
        checkLeft(count);
        int left = count;
        long[] scratch = new long[Math.min(left, 256)];
        while (left > 0) {
            int run = Math.min(left, scratch.length);
            read(scratch, 0, run);
            left -= run;
        }
    }

    private void checkLeft(int count) {
        if (count > valuesLeft) {
            throw new MalformedDataException(valuesLeft + " delta values left, " + count + " needed");
        }
    }

    private void unpack(long[] target, int offset, int count) {
        long value = last;
        if (width <= 56) {
            long mask = (1L << width) - 1;
            for (int i = offset; i < offset + count; i++) {
                value += minDelta
                        + (LittleEndian.getLong(data, (int) (bit >>> 3)) >>> (bit & 7) & mask); // an array index
                target[i] = value;
                bit += width;
            }
        } else {
            for (int i = offset; i < offset + count; i++) {
                value += minDelta + wideBits();
                target[i] = value;
            }
        }
        last = value;
    }

    /** Takes a value of more than 56 bits, which may touch nine bytes. */
    private long wideBits() {
        int at = (int) (bit >>> 3); // an array index
        int shift = (int) (bit & 7);
        long value = LittleEndian.getLong(data, at) >>> shift;
        if (shift + width > 64) {
            value |= (long) data[at + 8] << (64 - shift);
        }
        bit += width;
        return width == 64 ? value : value & ((1L << width) - 1);
    }

    private void openMiniBlock() {
        if (miniBlock == miniBlocks) {
            minDelta = zigZag();
            if (end - position < miniBlocks) {
                throw new MalformedDataException("delta data ends in a block's header");
            }
            System.arraycopy(data, position, widths, 0, miniBlocks);
            position += miniBlocks;
            miniBlock = 0;
        }
        width = widths[miniBlock++];
        if (width < 0 || width > 64) {
            throw new MalformedDataException("delta values of " + (width & 0xff) + " bits");
        }
        long bytes = (long) miniBlockSize * width / 8;
        long needed = (Math.min(miniBlockSize, valuesLeft) * (long) width + 7) / 8;
        if (needed > end - position) {
            throw new MalformedDataException((end - position) + " bytes of delta values left, " + needed + " needed");
        }
        bit = position * 8L;
        position += (int) Math.min(bytes, end - position); // the padding of the last part may be left out
        miniLeft = miniBlockSize;
    }

    private long zigZag() {
        long raw = varlong();
        return raw >>> 1 ^ -(raw & 1);
    }

    private long varlong() {
        long result = 0;
        for (int shift = 0; shift < 70 && position < end; shift += 7) {
            byte next = data[position++];
            result |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw new MalformedDataException("a number of the delta encoding is cut off or too long");
    }
}
