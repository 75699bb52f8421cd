package io.deltacat.flink.source.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StateOutput} wrote. Every length is checked against the bytes that are left before anything is
 * allocated. Confined to one thread.
 */
@Internal
public final class StateInput {
    private final String what;
    private final byte[] bytes;
    private int next;

    /**
     * Starts at the first byte.
     *
     * @param what name of the state, for error texts
     * @param bytes the bytes; not copied, do not change them
     */
    public StateInput(String what, byte[] bytes) {
        this.what = what;
        this.bytes = bytes;
    }

    /**
     * Reads one byte.
     *
     * @return the byte
     * @throws CorruptStateException at the end of the bytes
     */
    public byte readByte() throws CorruptStateException {
        if (next >= bytes.length) {
            throw corrupt("ends at byte %d in the middle of a value".formatted(next));
        }
        return bytes[next++];
    }

    /**
     * Reads a truth value.
     *
     * @return the value
     * @throws CorruptStateException when the byte is neither 0 nor 1
     */
    public boolean readBoolean() throws CorruptStateException {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw corrupt("has %d at byte %d where 0 or 1 is expected".formatted(value, next - 1));
        }
        return value == 1;
    }

    /**
     * Reads a number.
     *
     * @return the number
     * @throws CorruptStateException when it has more than ten bytes or is cut off
     */
    public long readLong() throws CorruptStateException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = readByte();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw corrupt("has a number of more than ten bytes before byte %d".formatted(next));
    }

    /**
     * Reads a number that fits into 31 bits.
     *
     * @return the number, not negative
     * @throws CorruptStateException when it does not fit
     */
    public int readInt() throws CorruptStateException {
        long value = readLong();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw corrupt("has %d before byte %d where a 31-bit number is expected".formatted(value, next));
        }
        return (int) value; // checked just above
    }

    /**
     * Reads the number of elements that follow.
     *
     * @param minBytesEach fewest bytes one element takes, at least 1
     * @return a count that the bytes left can hold
     * @throws CorruptStateException when they cannot
     */
    public int readCount(int minBytesEach) throws CorruptStateException {
        int count = readInt();
        if (count > (bytes.length - next) / minBytesEach) {
            throw corrupt("announces %d elements before byte %d, but only %d bytes are left"
                    .formatted(count, next, bytes.length - next));
        }
        return count;
    }

    /**
     * Reads a text.
     *
     * @return the text, or null where null was written
     * @throws CorruptStateException when it is cut off
     */
    public @Nullable String readOptionalText() throws CorruptStateException {
        long lengthPlusOne = readLong();
        if (lengthPlusOne == 0) {
            return null;
        }
        long length = lengthPlusOne - 1;
        if (length < 0 || length > bytes.length - next) {
            throw corrupt("announces a text of %d bytes at byte %d, but only %d are left"
                    .formatted(length, next, bytes.length - next));
        }
        int start = next;
        next += (int) length; // at most bytes.length - next
        return new String(bytes, start, (int) length, StandardCharsets.UTF_8);
    }

    /**
     * Reads a text that is always there.
     *
     * @return the text
     * @throws CorruptStateException when it is null or cut off
     */
    public String readText() throws CorruptStateException {
        String text = readOptionalText();
        if (text == null) {
            throw corrupt("has no text before byte %d where one is required".formatted(next));
        }
        return text;
    }

    /**
     * Reads bytes with their length.
     *
     * @return a copy
     * @throws CorruptStateException when they are cut off
     */
    public byte[] readBytes() throws CorruptStateException {
        int length = readCount(1);
        int start = next;
        next += length;
        return Arrays.copyOfRange(bytes, start, next);
    }

    /**
     * Checks that nothing is left.
     *
     * @throws CorruptStateException when bytes follow
     */
    public void end() throws CorruptStateException {
        if (next != bytes.length) {
            throw corrupt("has %d bytes after its end at byte %d".formatted(bytes.length - next, next));
        }
    }

    /**
     * Builds the error for these bytes.
     *
     * @param problem what is wrong, to follow the name of the state
     * @return the exception, to be thrown by the caller
     */
    public CorruptStateException corrupt(String problem) {
        return new CorruptStateException("State of %s (%d bytes) %s. Restore from another checkpoint or savepoint."
                .formatted(what, bytes.length, problem));
    }
}
