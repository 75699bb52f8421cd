package io.deltacat.format.feather;

import io.deltacat.format.parquet.codec.LittleEndian;

/**
 * Decompresses LZ4 frames, what pyarrow compresses Feather buffers with unless told otherwise. Checksums are passed over.
 * Thread-safe.
 */
final class Lz4Frames {
    /** No LZ4 data grows by more than this factor. */
    static final long MAX_RATIO = 255;

    private static final int MAGIC = 0x184D2204;
    private static final int MIN_MATCH = 4;

    private Lz4Frames() {}

    /**
     * Decompresses one frame.
     *
     * @param source holds the frame
     * @param start its first byte
     * @param end after its last byte
     * @param target is filled exactly
     * @throws MalformedArrowException if the frame is damaged or of another size
     */
    static void decompress(byte[] source, int start, int end, byte[] target) {
        require(end - start >= 7 && LittleEndian.getInt(source, start) == MAGIC, "no LZ4 frame");
        int flags = source[start + 4];
        require(
                (flags & 0xc0) == 0x40 && (flags & 0x01) == 0,
                "an LZ4 frame of an unknown version or with a dictionary");
        boolean blockChecksums = (flags & 0x10) != 0;
        int at = start + 6 + ((flags & 0x08) != 0 ? Long.BYTES : 0) + 1;
        int size = 0;
        while (true) {
            require(end - at >= Integer.BYTES, "an LZ4 frame ends early");
            int header = LittleEndian.getInt(source, at);
            at += Integer.BYTES;
            if (header == 0) {
                break;
            }
            int length = header & 0x7fffffff;
            require(length <= end - at, "an LZ4 block ends early");
            if (header < 0) {
                require(length <= target.length - size, "an LZ4 frame holds more than it says");
                System.arraycopy(source, at, target, size, length);
                size += length;
            } else {
                size = block(source, at, at + length, target, size);
            }
            at += length + (blockChecksums ? Integer.BYTES : 0);
        }
        require(size == target.length, "an LZ4 frame holds fewer bytes than it says");
    }

    /** Decompresses a block behind what earlier blocks left in the target, which it may refer to. */
    private static int block(byte[] source, int start, int end, byte[] target, int size) {
        int at = start;
        int to = size;
        while (true) {
            require(at < end, "an LZ4 block ends inside a sequence");
            int token = source[at++] & 0xff;
            int literals = token >>> 4;
            if (literals == 15) {
                int more;
                do {
                    require(at < end && literals <= end - start, "an LZ4 block ends inside a length");
                    more = source[at++] & 0xff;
                    literals += more;
                } while (more == 255);
            }
            require(literals <= end - at && literals <= target.length - to, "LZ4 literals beyond the end");
            System.arraycopy(source, at, target, to, literals);
            at += literals;
            to += literals;
            if (at == end) {
                return to;
            }
            require(end - at >= 2, "an LZ4 block ends inside an offset");
            int distance = (source[at] & 0xff) | (source[at + 1] & 0xff) << 8;
            at += 2;
            int match = (token & 15) + MIN_MATCH;
            if ((token & 15) == 15) {
                int more;
                do {
                    require(at < end && match <= target.length, "an LZ4 block ends inside a length");
                    more = source[at++] & 0xff;
                    match += more;
                } while (more == 255);
            }
            require(distance > 0 && distance <= to && match <= target.length - to, "an LZ4 match beyond the end");
            if (distance >= match) {
                System.arraycopy(target, to - distance, target, to, match);
            } else {
                for (int i = 0; i < match; i++) {
                    target[to + i] = target[to + i - distance];
                }
            }
            to += match;
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new MalformedArrowException(problem);
        }
    }
}
