package io.deltacat.format.convert;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigInteger;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Finds, once per column, how stored values become wanted ones: only where every value keeps its meaning. Integers widen,
 * also to floating point and decimal; floating point and decimals widen; dates become timestamps; times, timestamps and
 * durations change their unit where no digit is lost. Thread-safe.
 */
public final class ValueConversions {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long SECONDS_PER_DAY = 86_400L;

    private ValueConversions() {}

    /**
     * Returns how whole numbers are set.
     *
     * @param from stored type: an integer, date, time, timestamp or duration
     * @param to wanted field
     * @param narrowing what wider stored integers mean
     * @return empty if the types are incompatible
     */
    public static Optional<WholeSetter> whole(ArrowType from, Field to, Narrowing narrowing) {
        ArrowType wanted = to.getType();
        if (from instanceof ArrowType.Int stored) {
            return integer(stored, to, narrowing);
        }
        if (from.equals(wanted)) {
            return Optional.of(plain(to));
        }
        if (from instanceof ArrowType.Date stored) {
            boolean days = stored.getUnit() == DateUnit.DAY;
            if (wanted instanceof ArrowType.Date) {
                return Optional.of(days ? scaled(to, MILLIS_PER_DAY, 1) : scaled(to, 1, MILLIS_PER_DAY));
            }
            if (wanted instanceof ArrowType.Timestamp timestamp) {
                long perSecond = TimeUnits.perSecond(timestamp.getUnit());
                return Optional.of(days ? scaled(to, SECONDS_PER_DAY * perSecond, 1) : rescaled(to, 1000, perSecond));
            }
            return Optional.empty();
        }
        if (from instanceof ArrowType.Timestamp stored
                && stored.getUnit() == TimeUnit.MILLISECOND
                && wanted instanceof ArrowType.Date date
                && date.getUnit() == DateUnit.MILLISECOND) {
            return narrowing == Narrowing.CHECKED ? Optional.of(plain(to)) : Optional.empty();
        }
        Optional<TimeUnit> unit = unit(from);
        boolean sameKind = from.getTypeID() == wanted.getTypeID();
        return sameKind && unit.isPresent()
                ? unit(wanted).map(target -> rescaled(to, TimeUnits.perSecond(unit.get()), TimeUnits.perSecond(target)))
                : Optional.empty();
    }

    private static Optional<WholeSetter> integer(ArrowType.Int from, Field to, Narrowing narrowing) {
        ArrowType wanted = to.getType();
        if (wanted instanceof ArrowType.Int target) {
            boolean widens = from.equals(target)
                    || (target.getBitWidth() > from.getBitWidth() && (target.getIsSigned() || !from.getIsSigned()));
            if (widens) {
                return Optional.of(plain(to));
            }
            return narrowing == Narrowing.REFUSED ? Optional.empty() : Optional.of(checked(from, target, plain(to)));
        }
        boolean unsignedLong = from.getBitWidth() == 64 && !from.getIsSigned();
        if (wanted instanceof ArrowType.FloatingPoint target && !unsignedLong) {
            int exactBits = switch (target.getPrecision()) {
                case HALF -> 11;
                case SINGLE -> 24;
                case DOUBLE -> 53;
            };
            return from.getBitWidth() < exactBits ? Optional.of(ValueConversions::setReal) : Optional.empty();
        }
        if (wanted instanceof ArrowType.Decimal target && !unsignedLong) {
            DecimalSetter decimals = decimals(target.getScale(), to);
            return Optional.of((vector, row, value) -> decimals.set(vector, row, BigInteger.valueOf(value)));
        }
        boolean raw = narrowing == Narrowing.CHECKED && from.getIsSigned() && from.getBitWidth() == 64;
        return raw && (unit(wanted).isPresent()) ? Optional.of(plain(to)) : Optional.empty();
    }

    /**
     * Returns how floating point numbers are set.
     *
     * @param from stored precision
     * @param to wanted field
     * @return empty if the types are incompatible
     */
    public static Optional<RealSetter> real(FloatingPointPrecision from, Field to) {
        if (!(to.getType() instanceof ArrowType.FloatingPoint target)) {
            return Optional.empty();
        }
        if (target.getPrecision() == FloatingPointPrecision.DOUBLE) {
            return Optional.of((vector, row, value) -> ((DoubleVector) vector).values()[row] = value);
        }
        return from == FloatingPointPrecision.DOUBLE
                ? Optional.empty()
                : Optional.of((vector, row, value) -> ((FloatVector) vector).values()[row] = (float) value);
    }

    /**
     * Returns how decimals are set; whole decimals may become integers.
     *
     * @param from stored type
     * @param to wanted field
     * @return empty if the types are incompatible
     */
    public static Optional<DecimalSetter> decimal(ArrowType.Decimal from, Field to) {
        if (to.getType() instanceof ArrowType.Decimal target) {
            return target.getScale() < from.getScale()
                    ? Optional.empty()
                    : Optional.of(decimals(target.getScale() - from.getScale(), to));
        }
        if (to.getType() instanceof ArrowType.Int target && from.getScale() == 0 && target.getBitWidth() == 64) {
            return Optional.of((vector, row, value) -> {
                boolean fits =
                        target.getIsSigned() ? value.bitLength() < 64 : value.signum() >= 0 && value.bitLength() <= 64;
                if (!fits) {
                    throw new LossyValueException(value.toString());
                }
                ((LongVector) vector).values()[row] = value.longValue();
            });
        }
        return Optional.empty();
    }

    /**
     * Returns whether stored bytes can stand for wanted ones as they are.
     *
     * @param from stored type
     * @param to wanted field; of fixed size, the caller checks each length
     */
    public static boolean isBytes(ArrowType from, Field to) {
        return isVariableOrFixed(from) && isVariableOrFixed(to.getType());
    }

    /**
     * Checks the length of stored bytes.
     *
     * @param to wanted field
     * @param length number of bytes
     * @throws LossyValueException if the wanted type has another fixed size
     */
    public static void requireLength(Field to, int length) {
        if (to.getType() instanceof ArrowType.FixedSizeBinary fixed && fixed.getByteWidth() != length) {
            throw new LossyValueException(length + " bytes");
        }
    }

    private static boolean isVariableOrFixed(ArrowType type) {
        return switch (type.getTypeID()) {
            case Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView, FixedSizeBinary -> true;
            default -> false;
        };
    }

    private static WholeSetter plain(Field to) {
        return VectorKind.of(to) == VectorKind.INT
                ? (vector, row, value) -> ((IntVector) vector).values()[row] = (int) value // checked, or an int before
                : (vector, row, value) -> ((LongVector) vector).values()[row] = value;
    }

    private static WholeSetter checked(ArrowType.Int from, ArrowType.Int to, WholeSetter setter) {
        int bits = to.getBitWidth();
        boolean fromUnsignedLong = from.getBitWidth() == 64 && !from.getIsSigned();
        long min = to.getIsSigned() && !fromUnsignedLong ? -1L << (bits - 1) : 0;
        long max = bits == 64 ? Long.MAX_VALUE : (1L << (to.getIsSigned() ? bits - 1 : bits)) - 1;
        return (vector, row, value) -> {
            if (value < min || value > max) {
                throw new LossyValueException(fromUnsignedLong ? Long.toUnsignedString(value) : Long.toString(value));
            }
            setter.set(vector, row, value);
        };
    }

    private static void setReal(ColumnVector vector, int row, long value) {
        if (vector instanceof DoubleVector doubles) {
            doubles.values()[row] = value;
        } else {
            ((FloatVector) vector).values()[row] = value;
        }
    }

    private static DecimalSetter decimals(int shift, Field to) {
        ArrowType.Decimal type = (ArrowType.Decimal) to.getType();
        BigInteger factor = BigInteger.TEN.pow(shift);
        BigInteger limit = BigInteger.TEN.pow(type.getPrecision());
        boolean toLong = VectorKind.of(to) == VectorKind.LONG;
        return (vector, row, unscaled) -> {
            BigInteger value = shift == 0 ? unscaled : unscaled.multiply(factor);
            if (value.abs().compareTo(limit) >= 0) {
                throw new LossyValueException("unscaled " + unscaled);
            }
            if (toLong) {
                ((LongVector) vector).values()[row] = value.longValueExact();
            } else {
                byte[] bytes = value.toByteArray();
                ((BytesVector) vector).set(row, bytes, 0, bytes.length);
            }
        };
    }

    private static WholeSetter rescaled(Field to, long fromPerSecond, long toPerSecond) {
        return scaled(to, Math.max(1, toPerSecond / fromPerSecond), Math.max(1, fromPerSecond / toPerSecond));
    }

    private static WholeSetter scaled(Field to, long multiplier, long divisor) {
        WholeSetter setter = plain(to);
        return (vector, row, value) -> {
            long multiplied = value * multiplier;
            if (Math.multiplyHigh(value, multiplier) != multiplied >> 63 || multiplied % divisor != 0) {
                throw new LossyValueException(Long.toString(value));
            }
            long scaled = multiplied / divisor;
            if (vector instanceof IntVector && scaled != (int) scaled) {
                throw new LossyValueException(Long.toString(value));
            }
            setter.set(vector, row, scaled);
        };
    }

    private static Optional<TimeUnit> unit(ArrowType type) {
        if (type instanceof ArrowType.Time time) {
            return Optional.of(time.getUnit());
        }
        if (type instanceof ArrowType.Timestamp timestamp) {
            return Optional.of(timestamp.getUnit());
        }
        return type instanceof ArrowType.Duration duration ? Optional.of(duration.getUnit()) : Optional.empty();
    }
}
