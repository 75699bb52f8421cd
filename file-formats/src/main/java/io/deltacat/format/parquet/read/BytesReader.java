package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.util.Arrays;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * Reads byte arrays. As long as the pages of a chunk are dictionary-coded the vector gets ids and the shared dictionary;
 * the first page that is not makes the vector plain, rows read before included.
 */
final class BytesReader extends ValueReader {
    private final int fixedLength;
    private final BatchLimit limit = new BatchLimit();
    private final ValueDecoder<BytesVector> plain;
    private final DictionaryIds dictionaryIds = new DictionaryIds();
    private @Nullable BytesDictionary dictionary;
    private @Nullable ValueDecoder<BytesVector> current;
    private int[] scratch = {};
    private boolean valuesSeen;

    /**
     * @param fixedLength bytes of each value, or 0 if they vary
     */
    BytesReader(int fixedLength) {
        this.fixedLength = fixedLength;
        this.plain = plainDecoder(limit);
    }

    private ValueDecoder<BytesVector> plainDecoder(BatchLimit wanted) {
        return fixedLength == 0
                ? new PlainDecoder.VariableBytes(wanted)
                : new PlainDecoder.FixedBytes(fixedLength, wanted);
    }

    @Override
    ColumnVector newVector() {
        return new BytesVector();
    }

    @Override
    void startChunk() {
        dictionary = null;
        dictionaryIds.dictionarySize(-1);
    }

    @Override
    void startDictionary(byte[] data, int from, int to, int count) {
        BatchLimit page = new BatchLimit();
        page.start(1); // the page is in memory, so its values may be once more
        ValueDecoder<BytesVector> decoder = plainDecoder(page);
        decoder.start(data, from, to, count);
        decoder.skip(count); // proves that the values are there before memory is set aside for them
        decoder.start(data, from, to, count);
        BytesVector values = new BytesVector();
        values.reset(count);
        values.usePlain();
        decoder.read(values, 0, count);
        int[] offsets = Arrays.copyOf(values.offsets(), count + 1);
        dictionary = new BytesDictionary(Arrays.copyOf(values.data(), offsets[count]), offsets, count);
        dictionaryIds.dictionarySize(count);
    }

    @Override
    void startPage(Encoding encoding, byte[] data, int from, int to, int count) {
        if (encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY) {
            current = null;
            dictionaryIds.start(data, from, to, count);
            return;
        }
        ValueDecoder<BytesVector> decoder = decoder(encoding);
        decoder.start(data, from, to, count);
        current = decoder;
    }

    private ValueDecoder<BytesVector> decoder(Encoding encoding) {
        boolean fixed = fixedLength != 0;
        return switch (encoding) {
            case PLAIN -> plain;
            case DELTA_BYTE_ARRAY -> new DeltaBytesDecoder(limit);
            case DELTA_LENGTH_BYTE_ARRAY -> {
                if (fixed) {
                    throw unsupported(encoding, "fixed-length bytes");
                }
                yield new DeltaLengthDecoder(limit);
            }
            case BYTE_STREAM_SPLIT -> {
                if (!fixed) {
                    throw unsupported(encoding, "variable-length bytes");
                }
                yield new SplitDecoder.FixedBytes(fixedLength, limit);
            }
            default -> throw unsupported(encoding, "bytes");
        };
    }

    @Override
    void begin(ColumnVector target, int rows) {
        ((BytesVector) target).usePlain();
        limit.start(rows);
        valuesSeen = false;
    }

    @Override
    void read(ColumnVector target, int offset, int count) {
        if (count == 0) {
            return;
        }
        BytesVector vector = (BytesVector) target;
        ValueDecoder<BytesVector> decoder = current;
        if (decoder == null) {
            readIds(vector, offset, count);
            valuesSeen = true;
            return;
        }
        makePlain(vector, offset);
        valuesSeen = true;
        int bytesBefore = vector.offsets()[offset];
        decoder.read(vector, offset, count);
        if (fixedLength != 0 && vector.offsets()[offset + count] - bytesBefore != (long) count * fixedLength) {
            throw new MalformedDataException("fixed-length values are not all " + fixedLength + " bytes long");
        }
    }

    private void readIds(BytesVector vector, int offset, int count) {
        BytesDictionary shared = dictionary;
        if (shared == null) {
            throw new MalformedDataException("a dictionary-coded page in a column chunk without dictionary");
        }
        if (!valuesSeen && vector.dictionary() == null) {
            vector.useDictionary(shared); // the rows before are null
            Arrays.fill(vector.ids(), 0, offset, 0);
        }
        if (vector.dictionary() == shared) {
            dictionaryIds.read(vector.ids(), offset, count);
            return;
        }
        if (scratch.length < count) {
            scratch = new int[count];
        }
        makePlain(vector, offset);
        dictionaryIds.read(scratch, 0, count);
        long bytes = vector.offsets()[offset];
        for (int i = 0; i < count; i++) {
            bytes = limit.end(bytes, shared.length(scratch[i]));
        }
        for (int i = 0; i < count; i++) {
            vector.set(offset + i, shared.data(), shared.start(scratch[i]), shared.length(scratch[i]));
        }
    }

    /** Makes the vector plain if it is not, and copies the values of the rows before. */
    private void makePlain(BytesVector vector, int rowsBefore) {
        BytesDictionary shared = vector.dictionary();
        if (shared == null) {
            return;
        }
        int[] ids = vector.ids();
        long bytes = 0;
        for (int row = 0; row < rowsBefore; row++) {
            bytes = limit.end(bytes, vector.isNullAt(row) ? 0 : shared.length(ids[row]));
        }
        vector.usePlain();
        for (int row = 0; row < rowsBefore; row++) {
            boolean isNull = vector.isNullAt(row);
            vector.set(row, shared.data(), isNull ? 0 : shared.start(ids[row]), isNull ? 0 : shared.length(ids[row]));
        }
    }

    @Override
    void skip(int count) {
        ValueDecoder<BytesVector> decoder = current;
        if (decoder != null) {
            decoder.skip(count);
        } else {
            dictionaryIds.skip(count);
        }
    }

    @Override
    void spread(ColumnVector target, int offset, int rows, int present) {
        BytesVector vector = (BytesVector) target;
        long[] validity = vector.mutableValidity();
        if (vector.dictionary() == null) {
            spreadOffsets(vector.offsets(), validity, offset, rows, present);
        } else {
            spreadIds(vector.ids(), validity, offset, rows, present);
        }
    }

    private static void spreadIds(int[] ids, long[] validity, int offset, int rows, int present) {
        if (present == 0) {
            Arrays.fill(ids, offset, offset + rows, 0);
            return;
        }
        int from = offset + present - 1;
        int row = offset + rows - 1;
        for (; row > from && from >= offset; row--) {
            ids[row] = ids[from];
            from -= (int) (validity[row >>> 6] >>> row & 1); // one bit
        }
        if (from < offset) {
            Arrays.fill(ids, offset, row + 1, 0);
        }
    }

    /** The end of a null row is the end of the last present row before it. */
    private static void spreadOffsets(int[] offsets, long[] validity, int offset, int rows, int present) {
        int from = offset + present;
        int row = offset + rows;
        for (; row > from && from > offset; row--) {
            offsets[row] = offsets[from];
            from -= (int) (validity[row - 1 >>> 6] >>> row - 1 & 1); // one bit
        }
        if (from == offset) {
            Arrays.fill(offsets, offset + 1, row + 1, offsets[offset]);
        }
    }
}
