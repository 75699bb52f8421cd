package io.deltacat.client.read.merge;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;

/** A data file in memory, of {@link Long} and {@link String} columns. */
final class RowsFile implements MergeFile {
    private static final int BATCH_ROWS = 17;

    private final Schema schema;
    private final List<Object[]> rows;

    RowsFile(Schema schema, List<Object[]> rows) {
        this.schema = schema;
        this.rows = List.copyOf(rows);
    }

    List<Object[]> rows() {
        return rows;
    }

    static Object value(ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return null;
        }
        return vector instanceof LongVector longs ? longs.get(row) : ((BytesVector) vector).string(row);
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public BatchReader open(ReadOptions options) {
        Schema columns = Objects.requireNonNull(options.columns());
        int[] sources = columns.getFields().stream()
                .mapToInt(field -> schema.getFields().indexOf(field))
                .toArray();
        return new BatchReader() {
            private int position;

            @Override
            public Schema schema() {
                return columns;
            }

            @Override
            public long rowCount() {
                return rows.size();
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public boolean nextBatch(ColumnBatch target) {
                int count = Math.min(BATCH_ROWS, rows.size() - position);
                target.setSize(count);
                for (int c = 0; c < sources.length; c++) {
                    fill(target.column(c), sources[c], count);
                }
                position += count;
                return count > 0;
            }

            private void fill(ColumnVector vector, int source, int count) {
                vector.reset(count);
                if (vector instanceof BytesVector bytes) {
                    bytes.usePlain();
                }
                for (int row = 0; row < count; row++) {
                    Object value = rows.get(position + row)[source];
                    byte[] text =
                            value instanceof String string ? string.getBytes(StandardCharsets.UTF_8) : new byte[0];
                    if (vector instanceof BytesVector bytes) {
                        bytes.set(row, text, 0, text.length);
                    } else if (value != null) {
                        ((LongVector) vector).values()[row] = (Long) value;
                    }
                    if (value == null) {
                        vector.setNull(row);
                    }
                }
            }

            @Override
            public void skip(long count) {
                position = (int) Math.min(rows.size(), position + count);
            }

            @Override
            public void close() {}
        };
    }
}
