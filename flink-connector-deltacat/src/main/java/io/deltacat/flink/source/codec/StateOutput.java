package io.deltacat.flink.source.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitives of the state formats: variable-length numbers, length-prefixed texts. Confined to one thread.
 *
 * <p>Numbers are little-endian base-128 (seven bits a byte, high bit = more follows). Texts are the number of UTF-8 bytes
 * plus one, then the bytes; 0 stands for null.
 */
@Internal
public final class StateOutput {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

    /**
     * Writes one byte.
     *
     * @param value the byte; higher bits are ignored
     */
    public void writeByte(int value) {
        bytes.write(value);
    }

    /**
     * Writes a truth value.
     *
     * @param value the value
     */
    public void writeBoolean(boolean value) {
        bytes.write(value ? 1 : 0);
    }

    /**
     * Writes a number in one to ten bytes, the fewer the closer it is to 0 from above.
     *
     * @param value any number; negative ones take ten bytes
     */
    public void writeLong(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F) | 0x80); // seven bits, so the narrowing loses nothing
            rest >>>= 7;
        }
        bytes.write((int) rest); // at most 0x7F here
    }

    /**
     * Writes a text.
     *
     * @param value the text, or null
     */
    public void writeText(@Nullable String value) {
        if (value == null) {
            writeLong(0);
            return;
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        writeLong(encoded.length + 1L);
        bytes.write(encoded, 0, encoded.length);
    }

    /**
     * Writes bytes with their length.
     *
     * @param value the bytes
     */
    public void writeBytes(byte[] value) {
        writeLong(value.length);
        bytes.write(value, 0, value.length);
    }

    /**
     * Returns what was written.
     *
     * @return a copy
     */
    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
