package io.deltacat.format;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.predicate.ComparisonOperator;
import io.deltacat.format.predicate.RowPredicate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Knows all rows of a file, makes random predicates about them and says which rows satisfy one. */
public final class PredicateOracle {
    private final List<Field> fields;
    private final List<List<Object>> canonical = new ArrayList<>();
    private final List<List<Object>> plain = new ArrayList<>();
    private final Map<RowPredicate, IntFunction<Boolean>> tests = new IdentityHashMap<>();

    /** Reads a file whole. */
    public PredicateOracle(InputFile file, FileFormat format) throws IOException {
        try (BatchReader reader = format.openReader(file, ReadOptions.all())) {
            fields = reader.schema().getFields();
            fields.forEach(field -> {
                canonical.add(new ArrayList<>());
                plain.add(new ArrayList<>());
            });
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                CanonicalValues.append(batch, canonical);
                for (int column = 0; column < fields.size(); column++) {
                    for (int row = 0; row < batch.size(); row++) {
                        plain.get(column).add(plain(fields.get(column), raw(batch.column(column), row)));
                    }
                }
            }
        }
    }

    /** Returns the number of rows. */
    public int rowCount() {
        return canonical.get(0).size();
    }

    /** Returns the values of all columns. */
    public List<List<Object>> canonicalColumns() {
        return canonical;
    }

    /** Orders two values of a column as its statistics do, nulls and NaN first. */
    public static int order(Field field, Object left, Object right) {
        Object a = plain(field, left);
        Object b = plain(field, right);
        if (a == null || b == null || isNan(a) || isNan(b)) {
            return Boolean.compare(b == null || isNan(b), a == null || isNan(a));
        }
        return compare(a, b);
    }

    private static boolean isNan(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    /** Returns whether a predicate made here is true for a row. */
    public boolean isTrue(RowPredicate predicate, int row) {
        return Boolean.TRUE.equals(tests.get(predicate).apply(row));
    }

    /** Makes a predicate, often over one column. */
    public RowPredicate randomPredicate(RandomGenerator random, String likely) {
        int kind = random.nextInt(8);
        if (kind == 0) {
            RowPredicate operand = randomPredicate(random, likely);
            IntFunction<Boolean> test = tests.get(operand);
            return known(RowPredicate.not(operand), row -> {
                Boolean truth = test.apply(row);
                return truth == null ? null : !truth;
            });
        }
        if (kind <= 3) {
            RowPredicate left = randomPredicate(random, likely);
            RowPredicate right = randomPredicate(random, likely);
            IntFunction<Boolean> a = tests.get(left);
            IntFunction<Boolean> b = tests.get(right);
            return kind == 3
                    ? known(RowPredicate.or(left, right), row -> join(a.apply(row), b.apply(row), true))
                    : known(RowPredicate.and(left, right), row -> join(a.apply(row), b.apply(row), false));
        }
        return leaf(random, likely);
    }

    private static Boolean join(Boolean a, Boolean b, boolean dominant) {
        if ((a != null && a == dominant) || (b != null && b == dominant)) {
            return dominant;
        }
        return a == null || b == null ? null : (Boolean) !dominant;
    }

    private RowPredicate leaf(RandomGenerator random, String likely) {
        int column = random.nextInt(fields.size());
        for (int i = 0; i < fields.size() && random.nextInt(3) > 0; i++) {
            column = fields.get(i).getName().equals(likely) ? i : column;
        }
        String name = fields.get(column).getName();
        List<Object> values = plain.get(column);
        Object value = values.get(random.nextInt(values.size()));
        if (value == null || random.nextInt(10) == 0) {
            return known(RowPredicate.isNull(name), row -> values.get(row) == null);
        }
        if (value == NESTED) {
            return known(RowPredicate.isNotNull(name), row -> values.get(row) != null);
        }
        if (random.nextInt(5) == 0) {
            Object other = values.get(random.nextInt(values.size()));
            Object second = other == null ? value : other;
            return known(RowPredicate.in(name, List.of(value, second)), row -> {
                Object actual = values.get(row);
                return actual == null
                        ? null
                        : (Boolean) (holds(ComparisonOperator.EQUAL, actual, value)
                                || holds(ComparisonOperator.EQUAL, actual, second));
            });
        }
        ComparisonOperator[] operators = ComparisonOperator.values();
        ComparisonOperator operator = operators[random.nextInt(operators.length)];
        return known(RowPredicate.compare(name, operator, value), row -> {
            Object actual = values.get(row);
            return actual == null ? null : (Boolean) holds(operator, actual, value);
        });
    }

    private RowPredicate known(RowPredicate predicate, IntFunction<Boolean> test) {
        tests.put(predicate, test);
        return predicate;
    }

    private static boolean holds(ComparisonOperator operator, Object actual, Object value) {
        if (isNan(actual) || isNan(value)) {
            return operator == ComparisonOperator.NOT_EQUAL;
        }
        int order = compare(actual, value);
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    @SuppressWarnings("unchecked") // values of one column have one class
    private static int compare(Object left, Object right) {
        if (left instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) right);
        }
        if (left instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof Double number) {
            double other = (Double) right;
            return number < other ? -1 : number > other ? 1 : 0;
        }
        return left == NESTED ? 0 : ((Comparable<Object>) left).compareTo(right);
    }

    private static final Object NESTED = "nested";

    private static Object raw(ColumnVector vector, int row) {
        if (vector.isNullAt(row)) {
            return null;
        }
        if (vector instanceof BooleanVector booleans) {
            return booleans.get(row);
        }
        if (vector instanceof IntVector ints) {
            return ints.get(row);
        }
        if (vector instanceof LongVector longs) {
            return longs.get(row);
        }
        if (vector instanceof FloatVector floats) {
            return floats.get(row);
        }
        if (vector instanceof DoubleVector doubles) {
            return doubles.get(row);
        }
        return vector instanceof BytesVector bytes ? bytes.copy(row) : List.of();
    }

    private static Object plain(Field field, Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Int -> {
                long number = ((Number) value).longValue();
                boolean unsigned = !((ArrowType.Int) type).getIsSigned();
                yield unsigned ? (Object) new BigInteger(Long.toUnsignedString(number)) : (Object) number;
            }
            case FloatingPoint -> ((Number) value).doubleValue();
            case Decimal ->
                value instanceof byte[] bytes
                        ? new BigDecimal(new BigInteger(bytes), ((ArrowType.Decimal) type).getScale())
                        : BigDecimal.valueOf(((Number) value).longValue(), ((ArrowType.Decimal) type).getScale());
            case Date ->
                value instanceof Integer day
                        ? LocalDate.ofEpochDay(day)
                        : LocalDate.ofEpochDay(Math.floorDiv((Long) value, 86_400_000L));
            case Time -> LocalTime.ofNanoOfDay(((Number) value).longValue() * nanos(((ArrowType.Time) type).getUnit()));
            case Timestamp -> timestamp((ArrowType.Timestamp) type, (Long) value);
            case Utf8, LargeUtf8 -> new String((byte[]) value, StandardCharsets.UTF_8);
            case Binary, LargeBinary, FixedSizeBinary -> value;
            case Duration -> NESTED;
            default -> NESTED;
        };
    }

    private static Object timestamp(ArrowType.Timestamp type, long value) {
        long perSecond = 1_000_000_000L / nanos(type.getUnit());
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanos(type.getUnit()));
        return type.getTimezone() == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : (Object) instant;
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1_000_000_000L;
            case MILLISECOND -> 1_000_000L;
            case MICROSECOND -> 1_000L;
            case NANOSECOND -> 1L;
        };
    }
}
