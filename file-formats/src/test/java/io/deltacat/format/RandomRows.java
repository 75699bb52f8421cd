package io.deltacat.format;

import io.deltacat.format.schema.TypeNames;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes random rows for any schema, and their canonical form. Values lean towards limits, repetition and runs of nulls. */
public final class RandomRows {
    private static final String[] TYPES = {
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float16",
        "float32",
        "float64",
        "decimal128(1, 0)",
        "decimal128(9, 2)",
        "decimal128(10, 0)",
        "decimal128(18, 18)",
        "decimal128(19, 3)",
        "decimal128(38, 10)",
        "decimal256(76, 1)",
        "string",
        "large_string",
        "binary",
        "large_binary",
        "fixed_size_binary[7]",
        "date32",
        "date64",
        "time32[s]",
        "time32[ms]",
        "time64[us]",
        "time64[ns]",
        "timestamp[s]",
        "timestamp[ms]",
        "timestamp[us]",
        "timestamp[ns]",
        "timestamp[s, tz=UTC]",
        "timestamp[us, tz=Europe/Berlin]",
        "timestamp[ns, tz=UTC]",
        "duration[s]",
        "duration[ns]",
        "null"
    };
    private static final String[] NESTED = {
        "list<item: int32>",
        "list<item: string not null>",
        "large_list<item: double>",
        "fixed_size_list<item: int16>[3]",
        "struct<a: int64, b: string, c: struct<d: bool not null>>",
        "map<string, int64>",
        "list<item: list<item: int64>>",
        "map<int32, list<item: decimal128(20, 2)>>",
        "list<item: struct<x: int32 not null, y: list<item: string>>>",
        "struct<m: map<string, struct<v: timestamp[ms]>>, n: int8>",
        "list<item: map<string, binary>>"
    };
    private static final String[] WORDS = {"", "a", "flight", "größe", "日本語", "🙂", "\u0000", "zzzzzzzzzzzzzzzzzzzz"};

    private final RandomGenerator random;

    /**
     * @param random source of everything random
     */
    public RandomRows(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a schema with every scalar type, nullable and required in turn. */
    public static Schema allScalars(boolean nullable) {
        List<Field> fields = new ArrayList<>();
        for (String type : TYPES) {
            boolean mayBeNull = nullable || type.equals("null");
            fields.add(TypeNames.field("c" + fields.size() + " " + type, type, mayBeNull));
        }
        return new Schema(fields);
    }

    /** Returns a schema with nested types in each other. */
    public static Schema allNested(boolean nullable) {
        List<Field> fields = new ArrayList<>();
        fields.add(TypeNames.field("id", "int64", false));
        for (String type : NESTED) {
            fields.add(TypeNames.field("n" + fields.size(), type, nullable));
        }
        return new Schema(fields);
    }

    /** Returns rows. */
    public List<List<Object>> rows(Schema schema, int count) {
        List<List<Object>> rows = new ArrayList<>();
        int[] style = new int[schema.getFields().size()];
        for (int i = 0; i < count; i++) {
            if (i % 500 == 0) {
                for (int c = 0; c < style.length; c++) {
                    style[c] = random.nextInt(5);
                }
            }
            List<Object> row = new ArrayList<>();
            for (int c = 0; c < style.length; c++) {
                Field field = schema.getFields().get(c);
                row.add(value(field, field.isNullable(), style[c]));
            }
            rows.add(row);
        }
        return rows;
    }

    private Object value(Field field, boolean nullable, int style) {
        boolean isNull = style == 0 || (style != 1 && random.nextInt(6) == 0);
        if (field.getType() instanceof ArrowType.Null || (nullable && isNull)) {
            return null;
        }
        boolean few = style == 2;
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Bool -> random.nextBoolean();
            case Int -> integer((ArrowType.Int) type, few);
            case FloatingPoint -> floating(((ArrowType.FloatingPoint) type).getPrecision(), few);
            case Decimal -> decimal((ArrowType.Decimal) type, few);
            case Date -> {
                int day = few ? random.nextInt(3) : random.nextInt(-700_000, 2_900_000);
                yield ((ArrowType.Date) type).getUnit() == org.apache.arrow.vector.types.DateUnit.DAY
                        ? (Object) day
                        : (Object) (day * 86_400_000L);
            }
            case Time -> time((ArrowType.Time) type);
            case Timestamp ->
                ((ArrowType.Timestamp) type).getUnit() == org.apache.arrow.vector.types.TimeUnit.SECOND
                        ? random.nextLong(-62_135_596_800L, 253_402_300_800L)
                        : random.nextLong();
            case Duration -> random.nextLong();
            case Utf8, LargeUtf8 -> text(few).getBytes(StandardCharsets.UTF_8);
            case Binary, LargeBinary -> bytes(few ? 1 : random.nextInt(20));
            case FixedSizeBinary -> bytes(((ArrowType.FixedSizeBinary) type).getByteWidth());
            case List, LargeList -> list(field, random.nextInt(5), style);
            case FixedSizeList -> list(field, ((ArrowType.FixedSizeList) type).getListSize(), style);
            case Map -> {
                List<Field> entry = field.getChildren().get(0).getChildren();
                int size = random.nextInt(4);
                List<Object> keys = new ArrayList<>();
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    keys.add(value(entry.get(0), false, 1));
                    values.add(value(entry.get(1), entry.get(1).isNullable(), inner(style)));
                }
                yield List.of(keys, values);
            }
            case Struct -> {
                List<Object> values = new ArrayList<>();
                for (Field child : field.getChildren()) {
                    values.add(value(child, child.isNullable(), inner(style)));
                }
                yield values;
            }
            default -> throw new IllegalStateException(type.toString());
        };
    }

    private int inner(int style) {
        return style == 0 ? 3 : style;
    }

    private List<Object> list(Field field, int size, int style) {
        List<Object> values = new ArrayList<>();
        Field item = field.getChildren().get(0);
        for (int i = 0; i < size; i++) {
            values.add(value(item, item.isNullable(), inner(style)));
        }
        return values;
    }

    private Object integer(ArrowType.Int type, boolean few) {
        int bits = type.getBitWidth();
        long value = few ? random.nextInt(3) : random.nextLong() >> random.nextInt(64);
        if (random.nextInt(20) == 0) {
            value = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        if (bits < 64) {
            value = type.getIsSigned() ? value << 64 - bits >> 64 - bits : value & (1L << bits) - 1;
        }
        return bits < 32 || (bits == 32 && type.getIsSigned()) ? (Object) (int) value : (Object) value;
    }

    private Object floating(FloatingPointPrecision precision, boolean few) {
        double[] special = {0.0, -0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -2.25};
        double value = few ? special[random.nextInt(special.length)] : random.nextGaussian() * 1000;
        return switch (precision) {
            case HALF -> (float) (Double.isFinite(value) ? Math.rint(value) % 2048 : value);
            case SINGLE -> (float) value;
            case DOUBLE -> value;
        };
    }

    private Object decimal(ArrowType.Decimal type, boolean few) {
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        BigInteger value = few
                ? BigInteger.valueOf(random.nextInt(10))
                : new BigInteger(1, bytes(limit.bitLength() / 8 + 1)).mod(limit);
        if (random.nextInt(10) == 0) {
            value = limit.subtract(BigInteger.ONE);
        }
        value = random.nextBoolean() ? value : value.negate();
        return type.getPrecision() <= 18 ? (Object) value.longValueExact() : (Object) value.toByteArray();
    }

    private Object time(ArrowType.Time type) {
        return switch (type.getUnit()) {
            case SECOND -> random.nextInt(86_400);
            case MILLISECOND -> random.nextInt(86_400_000);
            case MICROSECOND -> random.nextLong(86_400_000_000L);
            case NANOSECOND -> random.nextLong(86_400_000_000_000L);
        };
    }

    private String text(boolean few) {
        String word = WORDS[random.nextInt(WORDS.length)];
        if (random.nextInt(200) == 0) {
            return word.repeat(300);
        }
        return few ? word : word + random.nextInt();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns a value in the form of {@link CanonicalValues}. */
    public static Object canonical(Field field, Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Int ->
                value instanceof Long number && !((ArrowType.Int) type).getIsSigned()
                        ? Long.toUnsignedString(number)
                        : value.toString();
            case FloatingPoint -> CanonicalValues.hex(((Number) value).doubleValue());
            case Decimal -> value instanceof byte[] bytes ? new BigInteger(bytes).toString() : value.toString();
            case Utf8, LargeUtf8 -> new String((byte[]) value, StandardCharsets.UTF_8);
            case Binary, LargeBinary, FixedSizeBinary -> HexFormat.of().formatHex((byte[]) value);
            case List, LargeList, FixedSizeList -> {
                List<Object> values = new ArrayList<>();
                ((List<?>) value)
                        .forEach(element ->
                                values.add(canonical(field.getChildren().get(0), element)));
                yield values;
            }
            case Struct -> {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < field.getChildren().size(); i++) {
                    values.add(canonical(field.getChildren().get(i), ((List<?>) value).get(i)));
                }
                yield values;
            }
            case Map -> {
                List<Field> entry = field.getChildren().get(0).getChildren();
                List<?> keys = (List<?>) ((List<?>) value).get(0);
                List<?> items = (List<?>) ((List<?>) value).get(1);
                List<Object> pairs = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    List<Object> pair = new ArrayList<>();
                    pair.add(canonical(entry.get(0), keys.get(i)));
                    pair.add(canonical(entry.get(1), items.get(i)));
                    pairs.add(pair);
                }
                yield pairs;
            }
            default -> value.toString();
        };
    }
}
