package io.deltacat.format.schema;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.FormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * DeltaCAT's names of field types in JSON (protocol/data-plane.md §1.3): canonical names such as {@code int64} or
 * {@code timestamp[us, tz=UTC]} for scalars, {@code arrow_schema_base64:} and a one-field Arrow schema for the rest.
 * Older servers' display names ({@code double}, {@code date32[day]}, {@code list<item: int64>}) are understood but never
 * written. Thread-safe.
 */
public final class TypeNames {

    /** What the name of a type without a readable name starts with. */
    public static final String SERIALIZED_PREFIX = "arrow_schema_base64:";

    private static final Pattern UNIT_TYPE = Pattern.compile("(time32|time64|duration)\\[(s|ms|us|ns)]");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+./:-]+");
    private static final Pattern TIMESTAMP = Pattern.compile("timestamp\\[(s|ms|us|ns)(?:, tz=(" + ZONE + "))?]");
    private static final Map<String, ArrowType> BY_NAME = canonicalTypes();

    private TypeNames() {}

    /**
     * Returns the canonical name of a field's type.
     *
     * @param field field of any type; its name, nullability and metadata do not matter
     */
    public static String nameOf(Field field) {
        ArrowType type = field.getType();
        if (field.getDictionary() != null) {
            return serialized(field);
        }
        for (Map.Entry<String, ArrowType> entry : BY_NAME.entrySet()) {
            if (entry.getValue().equals(type)) {
                return entry.getKey();
            }
        }
        if (type instanceof ArrowType.Time time) {
            return "time" + time.getBitWidth() + "[" + unitName(time.getUnit()) + "]";
        }
        if (type instanceof ArrowType.Duration duration) {
            return "duration[" + unitName(duration.getUnit()) + "]";
        }
        if (type instanceof ArrowType.Timestamp timestamp) {
            String zone = timestamp.getTimezone();
            String unit = unitName(timestamp.getUnit());
            if (zone == null) {
                return "timestamp[" + unit + "]";
            }
            return ZONE.matcher(zone).matches() ? "timestamp[" + unit + ", tz=" + zone + "]" : serialized(field);
        }
        return serialized(field);
    }

    /**
     * Returns a readable text for messages: the canonical name, or Arrow's own text where that is not readable. Not for the
     * wire.
     *
     * @param field field of any type
     */
    public static String displayName(Field field) {
        String name = nameOf(field);
        return name.startsWith(SERIALIZED_PREFIX) ? field.getType().toString() : name;
    }

    /**
     * Builds a field from a type name.
     *
     * @param name name of the field
     * @param typeName canonical or older display name of its type
     * @param nullable whether the field may be null
     * @throws FormatException.InvalidSchema if the type name is not understood
     */
    public static Field field(String name, String typeName, boolean nullable) {
        requireNonNull(name, "name");
        if (typeName.startsWith(SERIALIZED_PREFIX)) {
            Field only = onlyField(name, typeName);
            FieldType type = new FieldType(nullable, only.getType(), only.getDictionary());
            return new Field(name, type, only.getChildren());
        }
        return scalar(typeName)
                .map(type -> new Field(name, new FieldType(nullable, type, null), List.of()))
                .orElseGet(() -> new DisplayTypeParser(typeName).parse(name, nullable));
    }

    /** Returns the scalar type of a canonical name, empty if it is not one. */
    static Optional<ArrowType> scalar(String typeName) {
        ArrowType simple = BY_NAME.get(typeName);
        if (simple != null) {
            return Optional.of(simple);
        }
        Matcher unitType = UNIT_TYPE.matcher(typeName);
        if (unitType.matches()) {
            return unitType(unitType.group(1), unit(unitType.group(2)));
        }
        Matcher timestamp = TIMESTAMP.matcher(typeName);
        if (timestamp.matches()) {
            return Optional.of(new ArrowType.Timestamp(unit(timestamp.group(1)), timestamp.group(2)));
        }
        return Optional.empty();
    }

    private static Optional<ArrowType> unitType(String kind, TimeUnit unit) {
        boolean fine = unit == TimeUnit.MICROSECOND || unit == TimeUnit.NANOSECOND;
        return switch (kind) {
            case "time32" -> fine ? Optional.empty() : Optional.of(new ArrowType.Time(unit, 32));
            case "time64" -> fine ? Optional.of(new ArrowType.Time(unit, 64)) : Optional.empty();
            default -> Optional.of(new ArrowType.Duration(unit));
        };
    }

    private static String serialized(Field field) {
        FieldType type = new FieldType(true, field.getType(), field.getDictionary());
        Schema schema = new Schema(List.of(new Field("field", type, field.getChildren())));
        return SERIALIZED_PREFIX + ArrowSchemas.toBase64(schema);
    }

    private static Field onlyField(String name, String typeName) {
        Schema schema = ArrowSchemas.fromBase64(typeName.substring(SERIALIZED_PREFIX.length()));
        if (schema.getFields().size() != 1) {
            throw new FormatException.InvalidSchema(
                    "Type of field '" + name + "' is a serialized schema of "
                            + schema.getFields().size()
                            + " fields, expected exactly one. Serialize the type as the only field of a schema.",
                    null);
        }
        return schema.getFields().get(0);
    }

    private static String unitName(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> "s";
            case MILLISECOND -> "ms";
            case MICROSECOND -> "us";
            case NANOSECOND -> "ns";
        };
    }

    private static TimeUnit unit(@Nullable String name) {
        return switch (requireNonNull(name, "name")) {
            case "s" -> TimeUnit.SECOND;
            case "ms" -> TimeUnit.MILLISECOND;
            case "us" -> TimeUnit.MICROSECOND;
            default -> TimeUnit.NANOSECOND;
        };
    }

    private static Map<String, ArrowType> canonicalTypes() {
        Map<String, ArrowType> types = new LinkedHashMap<>();
        types.put("null", ArrowType.Null.INSTANCE);
        types.put("bool", ArrowType.Bool.INSTANCE);
        for (int width = 8; width <= 64; width *= 2) {
            types.put("int" + width, new ArrowType.Int(width, true));
            types.put("uint" + width, new ArrowType.Int(width, false));
        }
        types.put("float16", new ArrowType.FloatingPoint(FloatingPointPrecision.HALF));
        types.put("float32", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
        types.put("float64", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
        types.put("binary", ArrowType.Binary.INSTANCE);
        types.put("string", ArrowType.Utf8.INSTANCE);
        types.put("large_binary", ArrowType.LargeBinary.INSTANCE);
        types.put("large_string", ArrowType.LargeUtf8.INSTANCE);
        types.put("binary_view", ArrowType.BinaryView.INSTANCE);
        types.put("string_view", ArrowType.Utf8View.INSTANCE);
        types.put("date32", new ArrowType.Date(DateUnit.DAY));
        types.put("date64", new ArrowType.Date(DateUnit.MILLISECOND));
        types.put("month_day_nano_interval", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO));
        return types;
    }
}
