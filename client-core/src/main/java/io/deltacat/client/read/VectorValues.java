package io.deltacat.client.read;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of column vectors into plain Java values, the reverse of what writers accept: {@code Boolean}; {@code
 * Integer} for integers of up to 32 bits, {@code Long} for {@code uint32} and {@code int64}, {@code BigInteger} for {@code
 * uint64}; {@code Float}, {@code Double}, {@code BigDecimal}, {@code String}, {@code byte[]}; {@code LocalDate}, {@code
 * LocalTime}, {@code LocalDateTime} or {@code Instant}, {@code Duration}; {@code List}; {@code LinkedHashMap} for maps and
 * structs. Stateless.
 */
public final class VectorValues {
    private VectorValues() {}

    /**
     * Gets a value.
     *
     * @param field field of the vector
     * @param vector the vector
     * @param row row in the vector
     * @return a Java value that stays valid, or null
     */
    public static @Nullable Object get(Field field, ColumnVector vector, int row) {
        if (vector.isNullAt(row) || field.getType() instanceof ArrowType.Null) {
            return null;
        }
        if (vector instanceof BooleanVector booleans) {
            return booleans.get(row);
        }
        if (vector instanceof IntVector ints) {
            return ofInt(field.getType(), ints.get(row));
        }
        if (vector instanceof LongVector longs) {
            return ofLong(field.getType(), longs.get(row));
        }
        if (vector instanceof FloatVector floats) {
            return floats.get(row);
        }
        if (vector instanceof DoubleVector doubles) {
            return doubles.get(row);
        }
        if (vector instanceof BytesVector bytes) {
            return ofBytes(field.getType(), bytes, row);
        }
        return nested(field, vector, row);
    }

    private static Object ofInt(ArrowType type, int value) {
        if (type instanceof ArrowType.Date) {
            return LocalDate.ofEpochDay(value);
        }
        if (type instanceof ArrowType.Time time) {
            return LocalTime.ofNanoOfDay(Math.multiplyExact(value, TimeUnits.nanosPer(time.getUnit())));
        }
        return value;
    }

    private static Object ofLong(ArrowType type, long value) {
        if (type instanceof ArrowType.Timestamp timestamp) {
            Instant instant = instant(value, timestamp.getUnit());
            boolean zoned =
                    timestamp.getTimezone() != null && !timestamp.getTimezone().isEmpty();
            return zoned ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        if (type instanceof ArrowType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.getScale());
        }
        if (type instanceof ArrowType.Time time) {
            return LocalTime.ofNanoOfDay(Math.multiplyExact(value, TimeUnits.nanosPer(time.getUnit())));
        }
        if (type instanceof ArrowType.Date) {
            return LocalDate.ofEpochDay(Math.floorDiv(value, 86_400_000L));
        }
        if (type instanceof ArrowType.Duration duration) {
            long perSecond = TimeUnits.perSecond(duration.getUnit());
            return Duration.ofSeconds(
                    Math.floorDiv(value, perSecond),
                    Math.floorMod(value, perSecond) * TimeUnits.nanosPer(duration.getUnit()));
        }
        if (type instanceof ArrowType.Int integer && integer.getBitWidth() == 64 && !integer.getIsSigned()) {
            return new BigInteger(Long.toUnsignedString(value));
        }
        return value;
    }

    private static Object ofBytes(ArrowType type, BytesVector bytes, int row) {
        if (type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View) {
            return bytes.string(row);
        }
        if (type instanceof ArrowType.Decimal decimal) {
            return new BigDecimal(
                    new BigInteger(bytes.data(), bytes.start(row), bytes.length(row)), decimal.getScale());
        }
        return bytes.copy(row);
    }

    private static Object nested(Field field, ColumnVector vector, int row) {
        if (vector instanceof ListVector lists) {
            List<@Nullable Object> list = new ArrayList<>(lists.length(row));
            Field element = field.getChildren().get(0);
            for (int i = 0; i < lists.length(row); i++) {
                list.add(get(element, lists.elements(), lists.start(row) + i));
            }
            return Collections.unmodifiableList(list);
        }
        if (vector instanceof MapVector maps) {
            List<Field> entry = field.getChildren().get(0).getChildren();
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < maps.length(row); i++) {
                int position = maps.start(row) + i;
                Object key = get(entry.get(0), maps.keys(), position);
                if (key != null) {
                    map.put(key, get(entry.get(1), maps.values(), position));
                }
            }
            return map;
        }
        if (vector instanceof StructVector struct) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int child = 0; child < struct.childCount(); child++) {
                Field childField = field.getChildren().get(child);
                values.put(childField.getName(), get(childField, struct.child(child), row));
            }
            return values;
        }
        throw new IllegalStateException("vector of class " + vector.getClass().getName() + " for field " + field);
    }

    private static Instant instant(long value, TimeUnit unit) {
        long perSecond = TimeUnits.perSecond(unit);
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * TimeUnits.nanosPer(unit));
    }
}
