package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.parquet.schema.SchemaNode;
import io.deltacat.format.schema.TimeUnits;
import io.deltacat.format.schema.TypeNames;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.format.Type;

/**
 * Decides whether, and how, a stored column can be read as a wanted type: only where every value keeps its meaning. Used
 * once per column.
 */
final class Conversions {
    private static final long DAY_SECONDS = 86_400;

    private final String file;
    private final SchemaNode.Leaf leaf;
    private final Field wanted;
    private final ArrowType from;
    private final ArrowType to;

    private Conversions(String file, SchemaNode.Leaf leaf, Field wanted) {
        this.file = file;
        this.leaf = leaf;
        this.wanted = wanted;
        this.from = leaf.storedType();
        this.to = wanted.getType();
    }

    /**
     * Finds the conversion for a column.
     *
     * @param file location of the file
     * @param leaf the stored column
     * @param wanted the field it is to be read as
     * @return empty if the stored values need no conversion
     * @throws FormatException.IncompatibleType if values could be lost
     */
    static Optional<Conversion> find(String file, SchemaNode.Leaf leaf, Field wanted) {
        return new Conversions(file, leaf, wanted).find();
    }

    private Optional<Conversion> find() {
        if (from instanceof ArrowType.Null) {
            return Optional.of((source, target) -> target.setAllNull());
        }
        VectorKind target = VectorKind.of(wanted);
        return switch (to.getTypeID()) {
            case Bool -> identityIf(from instanceof ArrowType.Bool);
            case Int -> integer((ArrowType.Int) to);
            case FloatingPoint -> floatingPoint(((ArrowType.FloatingPoint) to).getPrecision());
            case Decimal -> decimal((ArrowType.Decimal) to, target);
            case Date -> date(((ArrowType.Date) to).getUnit());
            case Time -> {
                require(from instanceof ArrowType.Time);
                yield scaled(((ArrowType.Time) from).getUnit(), ((ArrowType.Time) to).getUnit(), target);
            }
            case Timestamp -> timestamp(((ArrowType.Timestamp) to).getUnit());
            case Duration -> {
                require(leaf.field().getType() instanceof ArrowType.Duration);
                TimeUnit stored = ((ArrowType.Duration) leaf.field().getType()).getUnit();
                yield scaled(stored, ((ArrowType.Duration) to).getUnit(), target);
            }
            case Utf8, LargeUtf8, Utf8View -> identityIf(isVariableBytes());
            case Binary, LargeBinary, BinaryView ->
                identityIf(isVariableBytes() || from instanceof ArrowType.FixedSizeBinary);
            case FixedSizeBinary -> identityIf(from.equals(to));
            default -> throw incompatible();
        };
    }

    private Optional<Conversion> integer(ArrowType.Int wantedInt) {
        require(from instanceof ArrowType.Int && leaf.field().getType() instanceof ArrowType.Int);
        ArrowType.Int stored = (ArrowType.Int) from;
        boolean meantAsWanted = leaf.field().getType().equals(to);
        boolean wider =
                wantedInt.getBitWidth() > stored.getBitWidth() && (wantedInt.getIsSigned() || !stored.getIsSigned());
        require(meantAsWanted || stored.equals(to) || wider);
        boolean fromInt = leaf.physicalType() == Type.INT32;
        if (fromInt == (VectorKind.of(wanted) == VectorKind.INT)) {
            return Optional.empty();
        }
        require(fromInt);
        return Optional.of(stored.getIsSigned() ? NumberConversions::intToLong : NumberConversions::unsignedToLong);
    }

    private Optional<Conversion> floatingPoint(FloatingPointPrecision wantedPrecision) {
        boolean toDouble = wantedPrecision == FloatingPointPrecision.DOUBLE;
        if (from instanceof ArrowType.Int stored) {
            int exactBits = toDouble ? 32 : 16;
            require(wantedPrecision != FloatingPointPrecision.HALF
                    && stored.getBitWidth() <= exactBits
                    && leaf.physicalType() == Type.INT32
                    && (stored.getIsSigned() || stored.getBitWidth() < 32));
            return Optional.of(toDouble ? NumberConversions::intToDouble : NumberConversions::intToFloat);
        }
        require(from instanceof ArrowType.FloatingPoint);
        FloatingPointPrecision stored = ((ArrowType.FloatingPoint) from).getPrecision();
        require(stored.ordinal() <= wantedPrecision.ordinal());
        return switch (stored) {
            case HALF -> Optional.of(toDouble ? NumberConversions::halfToDouble : NumberConversions::halfToFloat);
            case SINGLE -> toDouble ? Optional.of(NumberConversions::floatToDouble) : Optional.empty();
            case DOUBLE -> Optional.empty();
        };
    }

    private Optional<Conversion> decimal(ArrowType.Decimal wantedDecimal, VectorKind target) {
        int storedScale;
        int storedDigits;
        if (from instanceof ArrowType.Decimal stored) {
            storedScale = stored.getScale();
            storedDigits = stored.getPrecision() - storedScale;
        } else {
            require(from instanceof ArrowType.Int integer && integer.getIsSigned());
            storedScale = 0;
            storedDigits = leaf.physicalType() == Type.INT32 ? 10 : 19;
        }
        int shift = wantedDecimal.getScale() - storedScale;
        require(shift >= 0 && wantedDecimal.getPrecision() - wantedDecimal.getScale() >= storedDigits);
        boolean toLong = target == VectorKind.LONG;
        Optional<Conversion> found = switch (leaf.physicalType()) {
            case INT32 ->
                Optional.of(toLong ? DecimalConversions.intToLong(shift) : DecimalConversions.intToBytes(shift));
            case INT64 -> {
                if (toLong && shift == 0) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        toLong ? DecimalConversions.longToLong(shift) : DecimalConversions.longToBytes(shift));
            }
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> {
                if (!toLong && shift == 0) {
                    yield Optional.empty();
                }
                yield Optional.of(
                        toLong ? DecimalConversions.bytesToLong(shift) : DecimalConversions.bytesToBytes(shift));
            }
            case BOOLEAN, INT96, FLOAT, DOUBLE -> throw incompatible();
        };
        return found;
    }

    private Optional<Conversion> date(DateUnit unit) {
        require(from instanceof ArrowType.Date);
        return switch (unit) {
            case DAY -> Optional.empty();
            case MILLISECOND -> Optional.of(new UnitConversion(this::lossy, DAY_SECONDS * 1000, 1));
        };
    }

    private Optional<Conversion> timestamp(TimeUnit unit) {
        if (from instanceof ArrowType.Date) {
            return Optional.of(new UnitConversion(this::lossy, DAY_SECONDS * TimeUnits.perSecond(unit), 1));
        }
        require(from instanceof ArrowType.Timestamp);
        if (leaf.physicalType() == Type.INT96) {
            return Optional.of(new Int96Conversion(this::lossy, TimeUnits.perSecond(unit)));
        }
        return scaled(((ArrowType.Timestamp) from).getUnit(), unit, VectorKind.LONG);
    }

    private Optional<Conversion> scaled(TimeUnit stored, TimeUnit unit, VectorKind target) {
        boolean sameKind = (leaf.physicalType() == Type.INT32) == (target == VectorKind.INT);
        if (stored == unit && sameKind) {
            return Optional.empty();
        }
        long multiplier = Math.max(1, TimeUnits.perSecond(unit) / TimeUnits.perSecond(stored));
        long divisor = Math.max(1, TimeUnits.perSecond(stored) / TimeUnits.perSecond(unit));
        return Optional.of(new UnitConversion(this::lossy, multiplier, divisor));
    }

    private boolean isVariableBytes() {
        return from instanceof ArrowType.Utf8 || from instanceof ArrowType.Binary;
    }

    private Optional<Conversion> identityIf(boolean compatible) {
        require(compatible);
        return Optional.empty();
    }

    private void require(boolean compatible) {
        if (!compatible) {
            throw incompatible();
        }
    }

    private FormatException.IncompatibleType incompatible() {
        return new FormatException.IncompatibleType(
                file, leaf.dottedPath(), TypeNames.displayName(leaf.field()), TypeNames.displayName(wanted));
    }

    /** Returns the error for a single value that the wanted type cannot express. */
    private FormatException.IncompatibleType lossy(long value) {
        return new FormatException.IncompatibleType(
                file,
                leaf.dottedPath(),
                TypeNames.displayName(leaf.field()) + "' with value '" + value,
                TypeNames.displayName(wanted));
    }
}
