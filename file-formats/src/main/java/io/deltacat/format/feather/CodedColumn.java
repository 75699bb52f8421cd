package io.deltacat.format.feather;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.rowwise.NullValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary-coded column: indexes into values that were read once. A whole batch of strings or bytes keeps the coding,
 * elsewhere the values are copied. Confined to one thread.
 */
final class CodedColumn extends ArrowColumn {
    private final ScalarColumn.Whole indexes;
    private final ColumnVector dictionary;
    private final @Nullable BytesDictionary shared;

    /**
     * @param indexes reads the indexes
     * @param dictionary the values, of the wanted type
     */
    CodedColumn(ScalarColumn.Whole indexes, ColumnVector dictionary) {
        this.indexes = indexes;
        this.dictionary = dictionary;
        this.shared = dictionary instanceof BytesVector bytes && !bytes.hasNulls() && bytes.size() > 0
                ? new BytesDictionary(bytes.data(), bytes.offsets(), bytes.size())
                : null;
    }

    @Override
    void loadValues(BatchBody body, int rowCount) throws IOException {
        indexes.loadValues(body, rowCount);
    }

    /** Copies rows into an empty vector so that it keeps the coding if it can. */
    void copyCoded(int from, int count, ColumnVector target) {
        if (shared == null || count > rows() - from) {
            copy(from, count, target, 0);
            return;
        }
        BytesVector bytes = (BytesVector) target;
        bytes.resize(count);
        bytes.useDictionary(shared);
        int[] ids = bytes.ids();
        for (int i = 0; i < count; i++) {
            if (isNull(from + i)) {
                ids[i] = 0;
                bytes.setNull(i);
            } else {
                ids[i] = index(from + i);
            }
        }
    }

    @Override
    void set(int row, ColumnVector target, int at) {
        int index = index(row);
        if (dictionary.isNullAt(index)) {
            NullValue.append(target, at);
        } else if (target instanceof BytesVector bytes) {
            BytesVector values = (BytesVector) dictionary;
            bytes.set(at, values.data(), values.start(index), values.length(index));
        } else if (target instanceof LongVector longs) {
            longs.values()[at] = ((LongVector) dictionary).get(index);
        } else if (target instanceof IntVector ints) {
            ints.values()[at] = ((IntVector) dictionary).get(index);
        } else if (target instanceof DoubleVector doubles) {
            doubles.values()[at] = ((DoubleVector) dictionary).get(index);
        } else if (target instanceof FloatVector floats) {
            floats.values()[at] = ((FloatVector) dictionary).get(index);
        } else {
            ((BooleanVector) target).values()[at] = ((BooleanVector) dictionary).get(index);
        }
    }

    private int index(int row) {
        long index = indexes.get(row);
        if (index < 0 || index >= dictionary.size()) {
            throw new MalformedArrowException("index " + index + " into a dictionary of " + dictionary.size());
        }
        return (int) index; // below the dictionary's size
    }
}
