package io.deltacat.format.delimited;

import java.util.Arrays;

/** The characters and bounds of the fields of one record. Confined to one thread. */
final class FieldBuffer {
    private char[] text = new char[1024];
    private int[] ends = new int[16];
    private int size;
    private int fields;

    void clear() {
        size = 0;
        fields = 0;
    }

    void append(char[] source, int start, int length) {
        if (length > text.length - size) {
            text = Arrays.copyOf(text, Math.max(Math.addExact(size, length), 2 * text.length));
        }
        System.arraycopy(source, start, text, size, length);
        size += length;
    }

    void endField() {
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        ends[fields++] = size;
    }

    int fields() {
        return fields;
    }

    int size() {
        return size;
    }

    char[] text() {
        return text;
    }

    int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    int end(int field) {
        return ends[field];
    }
}
