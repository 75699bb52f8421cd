package io.deltacat.server.machine;

import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Which changes of a column's type keep every value that is already stored: what readers can turn into the new type without
 * loss. Pure.
 */
public final class TypeChanges {
    private static final List<TimeUnit> FINER =
            List.of(TimeUnit.SECOND, TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND);

    private TypeChanges() {}

    /**
     * Whether each value of one type has exactly one value of the other.
     *
     * @param from column as it is
     * @param to column as it shall be; only types and children count
     * @return true if the type stays or widens
     */
    public static boolean keepsValues(Field from, Field to) {
        if (from.getDictionary() != null || to.getDictionary() != null) {
            return false;
        }
        ArrowType stored = from.getType();
        ArrowType wanted = to.getType();
        if (stored.equals(wanted)) {
            return from.getChildren().equals(to.getChildren());
        }
        if (stored instanceof ArrowType.Null) {
            return true;
        }
        if (stored instanceof ArrowType.Int integer) {
            return integer(integer, wanted);
        }
        if (stored instanceof ArrowType.FloatingPoint real && wanted instanceof ArrowType.FloatingPoint target) {
            return bits(target.getPrecision()) > bits(real.getPrecision());
        }
        if (stored instanceof ArrowType.Decimal decimal && wanted instanceof ArrowType.Decimal target) {
            return target.getScale() >= decimal.getScale()
                    && target.getPrecision() - target.getScale() >= decimal.getPrecision() - decimal.getScale();
        }
        if (ColumnKinds.isText(from)) {
            return ColumnKinds.isText(to);
        }
        if (ColumnKinds.isBinary(from)) {
            return ColumnKinds.isBinary(to) && !(wanted instanceof ArrowType.FixedSizeBinary);
        }
        return temporal(stored, wanted);
    }

    private static boolean integer(ArrowType.Int from, ArrowType wanted) {
        int bits = from.getBitWidth();
        if (wanted instanceof ArrowType.Int target) {
            return target.getBitWidth() > bits && (target.getIsSigned() || !from.getIsSigned());
        }
        if (wanted instanceof ArrowType.FloatingPoint target) {
            return bits < bits(target.getPrecision());
        }
        if (wanted instanceof ArrowType.Decimal target) {
            int digits = bits <= 8 ? 3 : bits <= 16 ? 5 : bits <= 32 ? 10 : 20;
            return target.getPrecision() - target.getScale() >= digits;
        }
        return false;
    }

    /** Bits of whole numbers that a floating point type holds exactly. */
    private static int bits(FloatingPointPrecision precision) {
        return switch (precision) {
            case HALF -> 11;
            case SINGLE -> 24;
            case DOUBLE -> 53;
        };
    }

    private static boolean temporal(ArrowType from, ArrowType to) {
        if (from instanceof ArrowType.Date date) {
            boolean days = date.getUnit() == DateUnit.DAY;
            return (days && to instanceof ArrowType.Date)
                    || (to instanceof ArrowType.Timestamp target
                            && target.getTimezone() == null
                            && target.getUnit() != TimeUnit.NANOSECOND
                            && (days || target.getUnit() != TimeUnit.SECOND));
        }
        if (from instanceof ArrowType.Time time && to instanceof ArrowType.Time target) {
            return isFiner(time.getUnit(), target.getUnit());
        }
        if (from instanceof ArrowType.Duration duration && to instanceof ArrowType.Duration target) {
            return isFiner(duration.getUnit(), target.getUnit()) && target.getUnit() != TimeUnit.NANOSECOND;
        }
        // A timestamp in nanoseconds reaches 292 years only, so a coarser one may not fit.
        return from instanceof ArrowType.Timestamp timestamp
                && to instanceof ArrowType.Timestamp target
                && java.util.Objects.equals(timestamp.getTimezone(), target.getTimezone())
                && isFiner(timestamp.getUnit(), target.getUnit())
                && target.getUnit() != TimeUnit.NANOSECOND;
    }

    private static boolean isFiner(TimeUnit from, TimeUnit to) {
        return FINER.indexOf(to) > FINER.indexOf(from);
    }
}
