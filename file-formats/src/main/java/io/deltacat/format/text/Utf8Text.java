package io.deltacat.format.text;

import io.deltacat.format.batch.BytesVector;

/** Encodes characters as UTF-8 straight into a bytes vector. Thread-safe. */
public final class Utf8Text {
    private Utf8Text() {}

    /**
     * Sets the next row of a plain vector; see {@link BytesVector#set}.
     *
     * @param text holds the characters
     * @param start first character
     * @param end after the last character
     * @param vector the vector
     * @param row the row
     * @throws MalformedTextException if a surrogate stands alone, which UTF-8 has no bytes for
     */
    public static void set(char[] text, int start, int end, BytesVector vector, int row) {
        int[] offsets = vector.offsets();
        int at = offsets[row];
        byte[] target = vector.buffer(Math.addExact(at, Math.multiplyExact(3, end - start)));
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xc0 | c >> 6);
                target[at++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xe0 | c >> 12);
                target[at++] = (byte) (0x80 | c >> 6 & 0x3f);
                target[at++] = (byte) (0x80 | c & 0x3f);
            } else {
                if (!Character.isHighSurrogate(c) || i + 1 == end || !Character.isLowSurrogate(text[i + 1])) {
                    throw MalformedTextException.of(text, start, end, "Unicode text: a surrogate stands alone");
                }
                int codePoint = Character.toCodePoint(c, text[++i]);
                target[at++] = (byte) (0xf0 | codePoint >> 18);
                target[at++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
                target[at++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
                target[at++] = (byte) (0x80 | codePoint & 0x3f);
            }
        }
        offsets[row + 1] = at;
    }
}
