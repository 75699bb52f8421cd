package io.deltacat.client.filter;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Chooses the test of a comparison by the type of its column. Stateless. */
final class ComparisonTests {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private ComparisonTests() {}

    static BatchTest of(Filter.Comparison comparison, int column, Field field) {
        ColumnType type = ColumnType.of(field.getType());
        Optional<Comparable<?>> literal = type.comparable(comparison.literal());
        if (literal.isEmpty()) {
            return new ConstantTest(BatchTest.UNKNOWN);
        }
        Filter.Operator operator = comparison.operator();
        if (literal.get() instanceof ColumnType.Floating floating) {
            return new FloatingTest(column, operator, floating.value());
        }
        if (literal.get() instanceof ColumnType.Utf8 text) {
            return text(column, operator, text.text().getBytes(StandardCharsets.UTF_8));
        }
        if (VectorKind.of(field) == VectorKind.BYTES) {
            return wideDecimal(column, operator, scaled(field, literal.get()));
        }
        return range(column, field, operator, scaled(field, literal.get()));
    }

    /** A literal of an integral type in the unit of the column's stored numbers; it may have a fraction. */
    static BigDecimal scaled(Field field, Comparable<?> literal) {
        ArrowType type = field.getType();
        if (literal instanceof Boolean flag) {
            return flag ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (literal instanceof ColumnType.Exact number) {
            return type instanceof ArrowType.Decimal decimal
                    ? number.value().scaleByPowerOfTen(decimal.getScale())
                    : number.value();
        }
        BigDecimal nanos = new BigDecimal((BigInteger) literal);
        long unit = type instanceof ArrowType.Date date
                ? date.getUnit() == DateUnit.DAY ? NANOS_PER_DAY : 1_000_000L
                : type instanceof ArrowType.Time time
                        ? TimeUnits.nanosPer(time.getUnit())
                        : TimeUnits.nanosPer(((ArrowType.Timestamp) type).getUnit());
        // one digit more than needed to tell a whole number of units from a broken one
        return nanos.divide(BigDecimal.valueOf(unit), 15, RoundingMode.HALF_EVEN);
    }

    private static BatchTest range(int column, Field field, Filter.Operator operator, BigDecimal literal) {
        BigInteger floor = literal.setScale(0, RoundingMode.FLOOR).toBigInteger();
        BigInteger ceiling = literal.setScale(0, RoundingMode.CEILING).toBigInteger();
        BigInteger low = switch (operator) {
            case EQ, NEQ, GTE -> ceiling;
            case GT -> floor.add(BigInteger.ONE);
            case LT, LTE -> LONG_MIN.shiftLeft(2);
        };
        BigInteger high = switch (operator) {
            case EQ, NEQ, LTE -> floor;
            case LT -> ceiling.subtract(BigInteger.ONE);
            case GT, GTE -> LONG_MAX.shiftLeft(2);
        };
        boolean unsigned = field.getType() instanceof ArrowType.Int integer
                && integer.getBitWidth() == 64
                && !integer.getIsSigned();
        byte inside = BatchTest.of(operator != Filter.Operator.NEQ);
        return clamped(column, low, high, unsigned, inside);
    }

    private static BatchTest clamped(int column, BigInteger low, BigInteger high, boolean unsigned, byte inside) {
        // unsigned values are shifted down to signed ones; adding the same constant with overflow does that to the
        // values
        BigInteger shift = unsigned ? LONG_MIN : BigInteger.ZERO;
        BigInteger from = low.add(shift).max(LONG_MIN);
        BigInteger to = high.add(shift).min(LONG_MAX);
        if (from.compareTo(to) > 0) {
            return new RangeTest(column, 1, 0, 0, inside);
        }
        return new RangeTest(column, from.longValueExact(), to.longValueExact(), unsigned ? Long.MIN_VALUE : 0, inside);
    }

    private static BatchTest text(int column, Filter.Operator operator, byte[] literal) {
        return new BytesTest(column) {
            @Override
            boolean holds(byte[] data, int start, int length) {
                if (operator == Filter.Operator.EQ && length != literal.length) {
                    return false;
                }
                return operator.holds(Arrays.compareUnsigned(data, start, start + length, literal, 0, literal.length));
            }
        };
    }

    private static BatchTest wideDecimal(int column, Filter.Operator operator, BigDecimal literal) {
        return new BytesTest(column) {
            @Override
            boolean holds(byte[] data, int start, int length) {
                return operator.holds(new BigDecimal(new BigInteger(data, start, length)).compareTo(literal));
            }
        };
    }
}
