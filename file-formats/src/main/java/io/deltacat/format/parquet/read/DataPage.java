package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.codec.MalformedDataException;
import org.apache.parquet.format.Encoding;

/** A decompressed page and where its levels and values are. Valid until the next page of the column is read. */
final class DataPage {
    private final Encoding encoding;
    private final int valueCount;
    private final byte[] data;
    private final int end;
    private int valuesStart;
    private int repetitionStart;
    private int repetitionEnd;
    private int definitionStart;
    private int definitionEnd;

    /**
     * @param encoding of the values
     * @param valueCount entries, nulls included
     * @param data array with the page and slack behind it
     * @param start first byte of the page
     * @param length bytes of the page
     */
    DataPage(Encoding encoding, int valueCount, byte[] data, int start, int length) {
        this.encoding = encoding;
        this.valueCount = valueCount;
        this.data = data;
        this.valuesStart = start;
        this.end = start + length;
    }

    Encoding encoding() {
        return encoding;
    }

    int valueCount() {
        return valueCount;
    }

    byte[] data() {
        return data;
    }

    int valuesStart() {
        return valuesStart;
    }

    int end() {
        return end;
    }

    /** Finds the levels of a version 1 page: each stream behind its length. */
    void splitLevels(int maxRepetition, Encoding repetitions, int maxDefinition, Encoding definitions) {
        if (maxRepetition > 0) {
            int length = takeLength(repetitions);
            repetitionStart = valuesStart;
            repetitionEnd = valuesStart + length;
            valuesStart = repetitionEnd;
        }
        if (maxDefinition > 0) {
            int length = takeLength(definitions);
            definitionStart = valuesStart;
            definitionEnd = valuesStart + length;
            valuesStart = definitionEnd;
        }
    }

    /** Finds the levels of a version 2 page, whose lengths are in the header. */
    void setLevels(int repetitionBytes, int definitionBytes) {
        repetitionStart = valuesStart;
        repetitionEnd = repetitionStart + repetitionBytes;
        definitionStart = repetitionEnd;
        definitionEnd = definitionStart + definitionBytes;
        valuesStart = definitionEnd;
    }

    /** Starts a decoder at the repetition levels. */
    void startRepetitions(RunDecoder decoder, int maxLevel) {
        decoder.start(data, repetitionStart, repetitionEnd, bitWidth(maxLevel));
    }

    /** Starts a decoder at the definition levels. */
    void startDefinitions(RunDecoder decoder, int maxLevel) {
        decoder.start(data, definitionStart, definitionEnd, bitWidth(maxLevel));
    }

    private int takeLength(Encoding levels) {
        if (levels != Encoding.RLE) {
            throw new MalformedDataException(
                    "levels in the long deprecated encoding " + levels + ", only RLE is supported");
        }
        if (end - valuesStart < Integer.BYTES) {
            throw new MalformedDataException("the page ends before its levels");
        }
        int length = LittleEndian.getInt(data, valuesStart);
        valuesStart += Integer.BYTES;
        if (length < 0 || length > end - valuesStart) {
            throw new MalformedDataException("levels of " + length + " bytes, " + (end - valuesStart) + " are left");
        }
        return length;
    }

    private static int bitWidth(int maxLevel) {
        return 32 - Integer.numberOfLeadingZeros(maxLevel);
    }
}
