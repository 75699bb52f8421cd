package io.deltacat.client.read.merge;

import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** The numbers 0, step, 2 * step, … as a file that takes no memory. */
record NumbersFile(int count, int step) implements MergeFile {
    static final Schema SCHEMA = new Schema(List.of(Field.nullable("id", new ArrowType.Int(64, true))));
    private static final int BATCH_ROWS = 100;

    @Override
    public String location() {
        return "numbers";
    }

    @Override
    public BatchReader open(ReadOptions options) {
        return new Reader(count, step);
    }

    private static final class Reader implements BatchReader {
        private final int count;
        private final int step;
        private int position;

        private Reader(int count, int step) {
            this.count = count;
            this.step = step;
        }

        @Override
        public Schema schema() {
            return SCHEMA;
        }

        @Override
        public long rowCount() {
            return count;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean nextBatch(ColumnBatch target) {
            int size = Math.min(BATCH_ROWS, count - position);
            LongVector numbers = (LongVector) target.column(0);
            numbers.reset(size);
            for (int row = 0; row < size; row++) {
                numbers.values()[row] = (long) (position + row) * step;
            }
            target.setSize(size);
            position += size;
            return size > 0;
        }

        @Override
        public void skip(long rows) {
            position = (int) Math.min(count, position + rows);
        }

        @Override
        public void close() {}
    }
}
