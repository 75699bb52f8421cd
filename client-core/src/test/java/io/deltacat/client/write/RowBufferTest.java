package io.deltacat.client.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.SortKeyBuilder;
import io.deltacat.client.model.SortScheme;
import io.deltacat.client.read.VectorValues;
import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RowBufferTest {
    private static final Field ITEM = TypeNames.field("item", "string", true);
    private static final Field INNER = new Field(
            "inner",
            FieldType.nullable(ArrowType.Struct.INSTANCE),
            List.of(
                    TypeNames.field("a", "int32", true),
                    new Field("list", FieldType.nullable(ArrowType.List.INSTANCE), List.of(ITEM))));
    private static final Field MAP = new Field(
            "map",
            FieldType.nullable(new ArrowType.Map(false)),
            List.of(new Field(
                    "entries",
                    FieldType.notNullable(ArrowType.Struct.INSTANCE),
                    List.of(TypeNames.field("key", "string", false), TypeNames.field("value", "float64", true)))));
    private static final Schema SCHEMA = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("name", "string", true),
            TypeNames.field("flag", "bool", true),
            INNER,
            MAP));

    private final RowBuffer<Map<String, ?>> buffer = new RowBuffer<>(SCHEMA, new MapRowAccessor(SCHEMA.getFields()));

    @Test
    void rowsOfEveryShapeAreKeptAndTheMemoryIsUsedAgain() {
        Random random = new Random(7);
        for (int round = 0; round < 3; round++) {
            List<Map<String, Object>> rows = rows(random, 200);
            rows.forEach(buffer::append);
            assertThat(contents()).isEqualTo(rows);
            buffer.clear();
            assertThat(buffer.batch().size()).isZero();
        }
    }

    @Test
    void aRequiredColumnWithoutValueIsNamed() {
        buffer.append(Map.of("id", 1L));
        assertThatThrownBy(() -> buffer.append(Map.of("name", "no id")))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("'id'")
                .hasMessageContaining("row 1");
        assertThat(buffer.batch().size()).isEqualTo(1);
    }

    @Test
    void nullsComeLastInEitherDirectionAndEqualRowsKeepTheirOrder() {
        List<Map<String, Object>> rows = rows(new Random(3), 100);
        rows.forEach(buffer::append);
        for (boolean descending : new boolean[] {false, true}) {
            SortScheme scheme = new SortScheme(
                    null,
                    List.of(SortKeyBuilder.builder()
                            .key(List.of("name"))
                            .sortOrder(descending ? "descending" : "ascending")
                            .build()));
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                expected.add(i);
            }
            Comparator<String> names = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            expected.sort(Comparator.comparing(
                    (Integer row) -> (String) rows.get(row).get("name"), Comparator.nullsLast(names)));
            int[] sorted = RowOrder.of(scheme, List.of(), SCHEMA).sorted(buffer.batch());
            assertThat(Arrays.stream(sorted).boxed().toList()).isEqualTo(expected);
        }
    }

    @Test
    void theLastRowOfEachKeyIsKept() {
        buffer.append(Map.of("id", 1L, "name", "z"));
        buffer.append(Map.of("id", 2L, "name", "b"));
        buffer.append(Map.of("id", 1L, "name", "a"));
        RowOrder byName = RowOrder.of(
                new SortScheme(
                        null,
                        List.of(SortKeyBuilder.builder().key(List.of("name")).build())),
                List.of(),
                SCHEMA);
        RowOrder byKey = RowOrder.ofKeys(List.of("id"), SCHEMA).orElseThrow();
        assertThat(byKey.lastOfEqual(buffer.batch(), byName)).containsExactly(2, 1);
        assertThat(RowOrder.ofKeys(List.of("id", "nope"), SCHEMA)).isEmpty();
    }

    private List<Map<String, Object>> contents() {
        ColumnBatch batch = buffer.batch();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int column = 0; column < batch.columnCount(); column++) {
                Field field = SCHEMA.getFields().get(column);
                values.put(field.getName(), VectorValues.get(field, batch.column(column), row));
            }
            rows.add(values);
        }
        return rows;
    }

    private static List<Map<String, Object>> rows(Random random, int count) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", (long) i);
            row.put("name", random.nextInt(4) == 0 ? null : "n" + random.nextInt(9));
            row.put("flag", random.nextInt(4) == 0 ? null : random.nextBoolean());
            row.put("inner", random.nextInt(4) == 0 ? null : inner(random));
            row.put("map", random.nextInt(4) == 0 ? null : map(random));
            rows.add(row);
        }
        return rows;
    }

    private static Map<String, Object> inner(Random random) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("a", random.nextInt(4) == 0 ? null : random.nextInt());
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(random.nextInt(4) == 0 ? null : "e" + i);
        }
        inner.put("list", random.nextInt(4) == 0 ? null : list);
        return inner;
    }

    private static Map<String, Object> map(Random random) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put("k" + i, random.nextInt(4) == 0 ? null : random.nextDouble());
        }
        return map;
    }
}
