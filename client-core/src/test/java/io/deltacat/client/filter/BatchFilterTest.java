package io.deltacat.client.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.schema.TypeNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchFilterTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of("", "a", "aa", "b", "ü", "\uD83D\uDE00", "\uFFFF");
    private static final Schema SCHEMA = new Schema(List.of(
            TypeNames.field("bool", "bool", true),
            TypeNames.field("int", "int32", true),
            TypeNames.field("long", "int64", true),
            Field.nullable("unsigned", new ArrowType.Int(64, false)),
            Field.nullable("decimal", new ArrowType.Decimal(10, 2, 128)),
            Field.nullable("wide", new ArrowType.Decimal(30, 1, 128)),
            TypeNames.field("float", "float32", true),
            TypeNames.field("double", "float64", true),
            TypeNames.field("text", "string", true),
            TypeNames.field("coded", "string", true),
            TypeNames.field("date", "date32", true),
            TypeNames.field("at", "timestamp[ms]", true),
            TypeNames.field("bytes", "binary", true)));

    static IntStream seeds() {
        Integer only = Integer.getInteger("sim.seed");
        return only == null ? IntStream.rangeClosed(1, 300) : IntStream.of(only);
    }

    /** Whole batches are judged as single rows are. */
    @ParameterizedTest
    @MethodSource("seeds")
    void saysTheSameAsTheFilterRowByRow(int seed) {
        Random random = new Random(seed);
        Filter filter = filter(random, 3);
        BatchFilter compiled = BatchFilter.of(filter, SCHEMA);
        for (int batches = 0; batches < 2; batches++) {
            int size = random.nextInt(100);
            List<List<Comparable<?>>> values = new ArrayList<>();
            ColumnBatch batch = batch(random, size, values);
            List<Integer> expected = new ArrayList<>();
            for (int row = 0; row < size; row++) {
                int at = row;
                Truth truth = filter.test(
                        column -> values.get(index(column)).get(at),
                        column -> ColumnType.of(
                                SCHEMA.getFields().get(index(column)).getType()));
                if (truth == Truth.TRUE) {
                    expected.add(row);
                }
            }
            int[] rows = IntStream.range(0, size).toArray();
            int kept = compiled.select(batch, rows, size);
            assertThat(IntStream.of(rows).limit(kept).boxed().toList())
                    .as("-Dsim.seed=%s: %s", seed, filter.toJson())
                    .isEqualTo(expected);
        }
    }

    @Test
    void onlyCandidatesAreKept() {
        ColumnBatch batch = batch(new Random(1), 50, new ArrayList<>());
        int[] rows = {3, 7, 20};
        BatchFilter all = BatchFilter.of(Filters.not(new Filter.In("int", List.of())), SCHEMA);
        assertThat(all.select(batch, rows, 2)).isEqualTo(2);
        assertThat(rows).containsExactly(3, 7, 20);
    }

    @Test
    void unknownColumnsAreNamed() {
        assertThatThrownBy(() -> BatchFilter.of(Filters.eq("nope", 1), SCHEMA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nope'");
    }

    private static int index(String column) {
        return SCHEMA.getFields().indexOf(SCHEMA.findField(column));
    }

    private static Filter filter(Random random, int depth) {
        int form = random.nextInt(depth == 0 ? 4 : 7);
        String column = SCHEMA.getFields()
                .get(random.nextInt(SCHEMA.getFields().size()))
                .getName();
        return switch (form) {
            case 0 -> Filters.isNull(column);
            case 1 -> new Filter.Between(column, literal(random, column), literal(random, column));
            case 2 -> {
                List<JsonNode> members = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    members.add(literal(random, column));
                }
                yield new Filter.In(column, members);
            }
            case 3 ->
                new Filter.Comparison(Filter.Operator.values()[random.nextInt(6)], column, literal(random, column));
            case 4 -> Filters.and(filter(random, depth - 1), filter(random, depth - 1));
            case 5 -> Filters.or(filter(random, depth - 1), filter(random, depth - 1));
            default -> Filters.not(filter(random, depth - 1));
        };
    }

    private static JsonNode literal(Random random, String column) {
        if (random.nextInt(12) == 0) {
            return random.nextBoolean() ? JSON.nullNode() : JSON.textNode("no value of the type");
        }
        return switch (column) {
            case "bool" -> JSON.booleanNode(random.nextBoolean());
            case "text", "coded", "bytes" -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case "date" ->
                JSON.textNode("1970-01-0" + (1 + random.nextInt(9)) + (random.nextBoolean() ? "" : "T12:00:00"));
            case "at" ->
                JSON.textNode("1970-01-01T00:00:00.00" + random.nextInt(10) + (random.nextBoolean() ? "" : "5"));
            case "unsigned" ->
                random.nextBoolean()
                        ? JSON.numberNode(BigInteger.TWO.pow(64).subtract(BigInteger.valueOf(random.nextInt(10))))
                        : JSON.numberNode(random.nextInt(20) - 10);
            case "long" ->
                random.nextInt(4) == 0
                        ? JSON.numberNode(new BigDecimal("1e30").multiply(BigDecimal.valueOf(random.nextInt(3) - 1)))
                        : JSON.numberNode(random.nextInt(20) - 10);
            default ->
                random.nextBoolean()
                        ? JSON.numberNode(random.nextInt(20) - 10)
                        : JSON.numberNode(BigDecimal.valueOf(random.nextInt(2000) - 1000, 2));
        };
    }

    private static ColumnBatch batch(Random random, int size, List<List<Comparable<?>>> values) {
        List<ColumnVector> vectors = new ArrayList<>();
        for (Field field : SCHEMA.getFields()) {
            ColumnVector vector = ColumnVector.forField(field);
            List<Comparable<?>> column = new ArrayList<>();
            fill(random, field, vector, size, column);
            for (int row = 0; row < size; row++) {
                if (random.nextInt(5) == 0) {
                    vector.setNull(row);
                    column.set(row, null);
                }
            }
            vectors.add(vector);
            values.add(column);
        }
        return new ColumnBatch(SCHEMA, vectors, size);
    }

    private static void fill(Random random, Field field, ColumnVector vector, int size, List<Comparable<?>> column) {
        if (vector instanceof BytesVector bytes) {
            fillBytes(random, field, bytes, size, column);
            return;
        }
        vector.reset(size);
        for (int row = 0; row < size; row++) {
            int number = random.nextInt(20) - 10;
            if (vector instanceof BooleanVector booleans) {
                booleans.values()[row] = number > 0;
                column.add(number > 0);
            } else if (vector instanceof IntVector ints) {
                ints.values()[row] = number;
                column.add(comparable(field, number));
            } else if (vector instanceof LongVector longs) {
                longs.values()[row] = number;
                column.add(comparable(field, number));
            } else if (vector instanceof FloatVector floats) {
                float value = number == 9 ? Float.NaN : number / 2f;
                floats.values()[row] = value;
                column.add(new ColumnType.Floating(value));
            } else {
                double value = number == 9 ? Double.NaN : number == 8 ? -0.0 : number / 4.0;
                ((DoubleVector) vector).values()[row] = value;
                column.add(new ColumnType.Floating(value));
            }
        }
    }

    private static Comparable<?> comparable(Field field, long number) {
        return switch (field.getName()) {
            case "unsigned" -> new ColumnType.Exact(new BigDecimal(Long.toUnsignedString(number)));
            case "decimal" -> new ColumnType.Exact(BigDecimal.valueOf(number, 2));
            case "date" -> BigInteger.valueOf(number * 86_400_000_000_000L);
            case "at" -> BigInteger.valueOf(number * 1_000_000L);
            default -> new ColumnType.Exact(BigDecimal.valueOf(number));
        };
    }

    private static void fillBytes(
            Random random, Field field, BytesVector vector, int size, List<Comparable<?>> column) {
        boolean coded = field.getName().equals("coded");
        vector.reset(size);
        if (coded) {
            vector.useDictionary(dictionary());
        } else {
            vector.usePlain();
        }
        for (int row = 0; row < size; row++) {
            int id = random.nextInt(TEXTS.size());
            byte[] value = TEXTS.get(id).getBytes(StandardCharsets.UTF_8);
            if (field.getName().equals("wide")) {
                BigInteger unscaled = BigInteger.valueOf(random.nextInt(200) - 100);
                value = unscaled.toByteArray();
                column.add(new ColumnType.Exact(new BigDecimal(unscaled, 1)));
            } else {
                column.add(new ColumnType.Utf8(TEXTS.get(id)));
            }
            if (coded) {
                vector.ids()[row] = id;
            } else {
                vector.set(row, value, 0, value.length);
            }
        }
    }

    private static BytesDictionary dictionary() {
        byte[] data = String.join("", TEXTS).getBytes(StandardCharsets.UTF_8);
        int[] offsets = new int[TEXTS.size() + 1];
        for (int i = 0; i < TEXTS.size(); i++) {
            offsets[i + 1] = offsets[i] + TEXTS.get(i).getBytes(StandardCharsets.UTF_8).length;
        }
        return new BytesDictionary(data, offsets, TEXTS.size());
    }
}
