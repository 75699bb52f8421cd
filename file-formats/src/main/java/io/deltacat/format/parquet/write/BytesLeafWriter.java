package io.deltacat.format.parquet.write;

import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.Arrays;

/** Collects BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY, already in plain encoding. */
final class BytesLeafWriter extends LeafWriter {
    private final int prefix;
    private final GrowingBytes data = new GrowingBytes();
    private int[] starts = {};
    private int count;
    private final BytesTable dictionary = new BytesTable();
    private int committed;
    private int[] ids = {};
    private int[] seenInPage = {};
    private int[] pageIds = {};
    private int pageIdCount;
    private int pageNumber;
    private boolean coded;

    BytesLeafWriter(LeafSpec spec, PageWriter pages, int pageBytes, BoundsFactory bounds) {
        super(spec, pages, pageBytes, bounds, true);
        this.prefix = spec.typeLength() == 0 ? Integer.BYTES : 0;
    }

    /** Adds a value. */
    void add(byte[] value) {
        add(value, 0, value.length);
    }

    /** Adds a value that lies in a larger array. */
    void add(byte[] source, int offset, int length) {
        if (isFlat() && (count >= MAX_PAGE_ENTRIES || data.length() >= pageBytes())) {
            closePage();
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, Math.max(64, 2 * count));
        }
        int start = data.extend(Math.addExact(prefix, length));
        byte[] array = data.array();
        if (prefix != 0) {
            LittleEndian.putInt(array, start, length);
        }
        System.arraycopy(source, offset, array, start + prefix, length);
        starts[count++] = start + prefix;
    }

    @Override
    int valueCount() {
        return count;
    }

    @Override
    long plainValueBytes() {
        return data.length();
    }

    @Override
    void includeValues(Bounds bounds) {
        if (!(bounds instanceof Bounds.OfBytes bytes)) {
            return;
        }
        if (coded) {
            for (int i = 0; i < pageIdCount; i++) {
                int id = pageIds[i];
                bytes.include(dictionary.data(), dictionary.start(id), dictionary.length(id));
            }
        } else {
            for (int i = 0; i < count; i++) {
                bytes.include(data.array(), starts[i], length(i));
            }
        }
    }

    private int length(int index) {
        int end = index + 1 < count ? starts[index + 1] - prefix : data.length();
        return end - starts[index];
    }

    @Override
    void encodePlain(GrowingBytes out) {
        out.write(data.array(), 0, data.length());
    }

    @Override
    boolean encodeIds(DictionaryChoice choice) {
        if (ids.length < count) {
            ids = new int[count];
        }
        double bytesPerValue = data.length() / (double) count;
        pageIdCount = 0;
        pageNumber++;
        for (int from = 0, to; from < count; from = to) {
            to = choice.codedValues() == 0 && from == 0 ? Math.min(count, DictionaryChoice.FIRST_PROBE) : count;
            lookUp(from, to);
            if (!choice.pays(choice.codedValues() + to, dictionary.size(), bytesOf(dictionary.size()), bytesPerValue)) {
                choice.giveUp();
                return false;
            }
        }
        committed = dictionary.size();
        coded = true;
        choice.accept(count);
        return true;
    }

    private void lookUp(int from, int to) {
        byte[] array = data.array();
        for (int i = from; i < to; i++) {
            int id = dictionary.idOf(array, starts[i], length(i));
            ids[i] = id;
            if (id >= seenInPage.length) {
                seenInPage = Arrays.copyOf(seenInPage, Math.max(id + 1, 2 * seenInPage.length));
            }
            if (seenInPage[id] != pageNumber) {
                seenInPage[id] = pageNumber;
                if (pageIdCount == pageIds.length) {
                    pageIds = Arrays.copyOf(pageIds, Math.max(64, 2 * pageIdCount));
                }
                pageIds[pageIdCount++] = id;
            }
        }
    }

    private long bytesOf(int values) {
        return dictionary.dataLength(values) + (long) values * prefix;
    }

    @Override
    int[] ids() {
        return ids;
    }

    @Override
    int dictionarySize() {
        return committed;
    }

    @Override
    long dictionaryBytes() {
        return bytesOf(committed);
    }

    @Override
    void encodeDictionary(GrowingBytes out) {
        for (int id = 0; id < committed; id++) {
            if (prefix != 0) {
                out.putInt(dictionary.length(id));
            }
            out.write(dictionary.data(), dictionary.start(id), dictionary.length(id));
        }
    }

    @Override
    void clearDictionary() {
        dictionary.clear();
        committed = 0;
    }

    @Override
    void clearValues() {
        count = 0;
        data.clear();
        coded = false;
    }

    @Override
    long retainedValueBytes() {
        return data.array().length
                + 4L * (starts.length + ids.length + seenInPage.length + pageIds.length)
                + dictionary.retainedBytes();
    }
}
