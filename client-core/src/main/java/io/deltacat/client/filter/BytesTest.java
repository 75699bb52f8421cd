package io.deltacat.client.filter;

import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import org.jspecify.annotations.Nullable;

/** A test of byte strings; of dictionary-coded columns each distinct value is tested once per dictionary. */
abstract class BytesTest implements BatchTest {
    private final int column;
    private @Nullable BytesDictionary known;
    private byte[] truthsOfIds = new byte[0];

    BytesTest(int column) {
        this.column = column;
    }

    /** Says whether a value that is not null satisfies the test. */
    abstract boolean holds(byte[] data, int start, int length);

    @Override
    public final void test(ColumnBatch batch, byte[] truths, int size) {
        BytesVector vector = (BytesVector) batch.column(column);
        BytesDictionary dictionary = vector.dictionary();
        // a dictionary larger than the batch would cost more than it saves
        if (dictionary != null && (dictionary == known || dictionary.size() <= size)) {
            learn(dictionary);
            int[] ids = vector.ids();
            for (int row = 0; row < size; row++) {
                truths[row] = truthsOfIds[ids[row]];
            }
            BatchTest.unknownWhereNull(vector, truths, size);
            return;
        }
        byte[] data = vector.data();
        for (int row = 0; row < size; row++) {
            truths[row] = vector.isNullAt(row) ? UNKNOWN : truth(data, vector.start(row), vector.length(row));
        }
    }

    private void learn(BytesDictionary dictionary) {
        if (dictionary == known) {
            return;
        }
        if (truthsOfIds.length < dictionary.size()) {
            truthsOfIds = new byte[dictionary.size()];
        }
        for (int id = 0; id < dictionary.size(); id++) {
            truthsOfIds[id] = truth(dictionary.data(), dictionary.start(id), dictionary.length(id));
        }
        known = dictionary;
    }

    private byte truth(byte[] data, int start, int length) {
        return BatchTest.of(holds(data, start, length));
    }
}
