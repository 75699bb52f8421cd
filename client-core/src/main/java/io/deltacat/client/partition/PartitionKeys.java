package io.deltacat.client.partition;

import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.schema.TimeUnits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Computes the partition values of rows, in the form that goes over the wire as {@code partition_values}
 * (protocol/data-plane.md §1.6, §1.7): JSON scalars in scheme-key order. Dates, times and timestamps that pass through the
 * identity transform become ISO text, decimals their plain text; the Python client has no form for them. Thread-safe if
 * the accessor is.
 *
 * @param <R> class of the rows
 */
public final class PartitionKeys<R> {
    private final RowAccessor<R> rows;
    private final List<Key> keys;

    private PartitionKeys(RowAccessor<R> rows, List<Key> keys) {
        this.rows = rows;
        this.keys = keys;
    }

    /**
     * Resolves the keys of a scheme.
     *
     * @param scheme the table's partition scheme; only the first column of each key counts
     * @param schema columns of the rows
     * @param rows access to the rows
     * @param <R> class of the rows
     * @return the keys
     * @throws PartitionTransformException if a key names a column that is not there, of a type that cannot partition, or an
     *     unknown transform
     */
    public static <R> PartitionKeys<R> of(PartitionScheme scheme, Schema schema, RowAccessor<R> rows) {
        List<Key> keys = new ArrayList<>();
        for (PartitionKey key : scheme.keys()) {
            if (key.key().isEmpty()) {
                throw new PartitionTransformException("a key of the partition scheme names no column");
            }
            keys.add(key(schema, key.key().get(0), PartitionTransform.parse(key.transform())));
        }
        return new PartitionKeys<>(rows, List.copyOf(keys));
    }

    private static Key key(Schema schema, String column, PartitionTransform transform) {
        List<Field> fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).getName().equals(column)) {
                continue;
            }
            Field field = fields.get(i);
            VectorKind kind = VectorKind.of(field);
            boolean binary = kind == VectorKind.BYTES && !isText(field.getType()) && !isDecimal(field.getType());
            boolean nested = kind == VectorKind.LIST || kind == VectorKind.MAP || kind == VectorKind.STRUCT;
            boolean keepsBytes = transform instanceof PartitionTransform.Identity
                    || transform instanceof PartitionTransform.Truncate;
            if (nested || (binary && keepsBytes)) {
                throw new PartitionTransformException("column '" + column + "' of type " + field.getType()
                        + " has no partition value under transform '" + transform.wireName()
                        + "'; partition by a flat column, or by bucket(n) of a binary one");
            }
            return new Key(i, field, kind, transform);
        }
        throw new PartitionTransformException("partition column '" + column + "' is not in the schema, which has "
                + fields.stream().map(Field::getName).toList());
    }

    /**
     * Computes the values of one row.
     *
     * @param row the row
     * @return one JSON scalar per key, null included; unmodifiable, comparable by {@code equals}
     */
    public List<@Nullable Object> of(R row) {
        List<@Nullable Object> values = new ArrayList<>(keys.size());
        for (Key key : keys) {
            values.add(
                    rows.isNullAt(row, key.column)
                            ? wire(key.transform.apply(null))
                            : wire(key.transform.apply(value(row, key))));
        }
        return Collections.unmodifiableList(values);
    }

    private Object value(R row, Key key) {
        ArrowType type = key.field.getType();
        return switch (key.kind) {
            case BOOLEAN -> rows.getBoolean(row, key.column);
            case INT -> ofInt(type, rows.getInt(row, key.column));
            case LONG -> ofLong(type, rows.getLong(row, key.column));
            case FLOAT -> rows.getFloat(row, key.column);
            case DOUBLE -> rows.getDouble(row, key.column);
            case BYTES -> ofBytes(type, rows.getBytes(row, key.column));
            case LIST, MAP, STRUCT -> throw new IllegalStateException("nested partition column " + key.field);
        };
    }

    private static Object ofInt(ArrowType type, int value) {
        if (type instanceof ArrowType.Date) {
            return LocalDate.ofEpochDay(value);
        }
        return type instanceof ArrowType.Time time
                ? LocalTime.ofNanoOfDay(value * TimeUnits.nanosPer(time.getUnit()))
                : value;
    }

    private static Object ofLong(ArrowType type, long value) {
        if (type instanceof ArrowType.Timestamp timestamp) {
            long perSecond = TimeUnits.perSecond(timestamp.getUnit());
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(value, perSecond),
                    Math.floorMod(value, perSecond) * TimeUnits.nanosPer(timestamp.getUnit()));
            String zone = timestamp.getTimezone();
            return zone == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : instant.atZone(ZoneId.of(zone));
        }
        if (type instanceof ArrowType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.getScale());
        }
        if (type instanceof ArrowType.Time time) {
            return LocalTime.ofNanoOfDay(value * TimeUnits.nanosPer(time.getUnit()));
        }
        return type instanceof ArrowType.Date ? LocalDate.ofEpochDay(Math.floorDiv(value, 86_400_000L)) : value;
    }

    private static Object ofBytes(ArrowType type, byte[] bytes) {
        if (type instanceof ArrowType.Decimal decimal) {
            return new BigDecimal(new BigInteger(bytes), decimal.getScale());
        }
        return isText(type) ? new String(bytes, StandardCharsets.UTF_8) : bytes;
    }

    private static boolean isText(ArrowType type) {
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    private static boolean isDecimal(ArrowType type) {
        return type instanceof ArrowType.Decimal;
    }

    private static @Nullable Object wire(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof ZonedDateTime timestamp) {
            return timestamp.toOffsetDateTime().toString();
        }
        if (value instanceof LocalDate || value instanceof LocalTime || value instanceof LocalDateTime) {
            return value.toString();
        }
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    private record Key(int column, Field field, VectorKind kind, PartitionTransform transform) {}
}
