package io.deltacat.format.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class BatchRowAccessorTest {
    private static final Field ID = Field.nullable("id", new ArrowType.Int(64, true));
    private static final Field NAME = Field.nullable("name", new ArrowType.Utf8());
    private static final Field LIST = new Field("list", FieldType.nullable(new ArrowType.List()), List.of(ID));
    private static final Field STRUCT =
            new Field("struct", FieldType.nullable(new ArrowType.Struct()), List.of(ID, NAME));

    private final BatchRowAccessor accessor = new BatchRowAccessor();

    private static BytesVector texts(String... values) {
        BytesVector vector = new BytesVector();
        vector.reset(values.length);
        for (int i = 0; i < values.length; i++) {
            byte[] bytes = values[i] == null ? new byte[0] : values[i].getBytes(StandardCharsets.UTF_8);
            vector.set(i, bytes, 0, bytes.length);
            if (values[i] == null) {
                vector.setNull(i);
            }
        }
        return vector;
    }

    /** Elements of row 0 are 1 and 2, row 1 is empty. */
    private static ListVector lists() {
        ListVector lists = new ListVector(new LongVector(new long[] {1, 2}));
        lists.reset(2);
        lists.offsets()[1] = 2;
        lists.offsets()[2] = 2;
        return lists;
    }

    private static ColumnBatch batch() {
        StructVector structs = new StructVector(List.of(new LongVector(new long[] {7, 8}), texts("x", null)));
        structs.reset(2);
        structs.setNull(0);
        return new ColumnBatch(new Schema(List.of(NAME, LIST, STRUCT)), List.of(texts("a", null), lists(), structs), 2);
    }

    @Test
    void readsFlatValuesAndNullsOfTheRowItWasMovedTo() {
        BatchRow row = new BatchRow().moveTo(batch(), 0);
        assertThat(accessor.getBytes(row, 0)).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
        assertThat(accessor.isNullAt(row, 2)).isTrue();
        row.moveTo(batch(), 1);
        assertThat(accessor.isNullAt(row, 0)).isTrue();
        assertThat(accessor.isNullAt(row, 2)).isFalse();
    }

    @Test
    void readsNestedValues() {
        BatchRow row = new BatchRow().moveTo(batch(), 0);
        ListAccessor elements = accessor.listAccessor(1);
        Object list = accessor.getList(row, 1);
        assertThat(elements.size(list)).isEqualTo(2);
        assertThat(elements.getLong(list, 1)).isEqualTo(2);
        row.moveTo(batch(), 1);
        assertThat(elements.size(accessor.getList(row, 1))).isZero();
        Object struct = accessor.getStruct(row, 2);
        assertThat(accessor.structAccessor(2).getLong(struct, 0)).isEqualTo(8);
        assertThat(accessor.structAccessor(2).isNullAt(struct, 1)).isTrue();
    }

    @Test
    void readsMapsAsTwoLists() {
        MapVector maps = new MapVector(texts("k", "l"), new LongVector(new long[] {10, 11}));
        maps.reset(1);
        maps.offsets()[1] = 2;
        Field entries = new Field(
                "entries",
                FieldType.notNullable(new ArrowType.Struct()),
                List.of(Field.notNullable("key", new ArrowType.Utf8()), ID));
        Field map = new Field("map", FieldType.nullable(new ArrowType.Map(false)), List.of(entries));
        BatchRow row = new BatchRow().moveTo(new ColumnBatch(new Schema(List.of(map)), List.of(maps), 1), 0);
        MapAccessor reader = accessor.mapAccessor(0);
        Object value = accessor.getMap(row, 0);
        assertThat(reader.keyAccessor().size(reader.keys(value))).isEqualTo(2);
        assertThat(reader.keyAccessor().getBytes(reader.keys(value), 1)).containsExactly('l');
        assertThat(reader.valueAccessor().getLong(reader.values(value), 0)).isEqualTo(10);
    }

    @Test
    void aViewOfNothingSaysSo() {
        assertThatThrownBy(() -> accessor.getLong(new BatchRow(), 0)).isInstanceOf(IllegalStateException.class);
    }
}
