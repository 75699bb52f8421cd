package io.deltacat.format.schema;

import io.deltacat.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * What DeltaCAT keeps in the metadata of an Arrow field (protocol/control-plane.md §6.2): merge keys, defaults, event time.
 * Thread-safe.
 */
public final class FieldMetadata {

    /** Key of the merge key flag; value {@code True}. */
    public static final String MERGE_KEY = "DELTACAT:merge_key";

    /** Key of the merge order; value base64 MessagePack. */
    public static final String MERGE_ORDER = "DELTACAT:merge_order";

    /** Key of the event time flag; value {@code True}. */
    public static final String EVENT_TIME = "DELTACAT:event_time";

    /** Key of the default for rows of files written before the column existed; value base64 MessagePack. */
    public static final String PAST_DEFAULT = "DELTACAT:past_default";

    /** Key of the default for rows written without the column; value base64 MessagePack. */
    public static final String FUTURE_DEFAULT = "DELTACAT:future_default";

    /** Key of the consistency type; value {@code none}, {@code coerce} or {@code validate}. */
    public static final String CONSISTENCY_TYPE = "DELTACAT:consistency_type";

    /** Key of the field's description; value plain text. */
    public static final String DOC = "DELTACAT:doc";

    /** Key that marks a virtual field, never stored in files; value JSON. */
    public static final String COMPUTED_FIELD = "DELTACAT:computed_field";

    /** Key of the Parquet field id; value a decimal number. */
    public static final String FIELD_ID = "PARQUET:field_id";

    /** Key of the schema id, in the metadata of the schema rather than of a field; value a decimal number. */
    public static final String SCHEMA_ID = "DELTACAT:schema_id";

    private FieldMetadata() {}

    /** Returns whether the field is part of the table's merge key. */
    public static boolean isMergeKey(Field field) {
        return isTrue(field, MERGE_KEY);
    }

    /** Returns whether the field is the table's event time. */
    public static boolean isEventTime(Field field) {
        return isTrue(field, EVENT_TIME);
    }

    /** Returns whether the field is computed from others and so absent from data files. */
    public static boolean isComputed(Field field) {
        return field.getMetadata().containsKey(COMPUTED_FIELD);
    }

    /**
     * Returns the value that rows of files without the column have: {@code Boolean}, {@code Long}, {@code BigInteger} (from
     * 2^63), {@code Double}, {@code String}, {@code byte[]}, {@code List} or {@code Map} of these; empty if there is none.
     *
     * @throws FormatException.InvalidSchema if the metadata value is not MessagePack
     */
    public static Optional<Object> pastDefault(Field field) {
        return packed(field, PAST_DEFAULT);
    }

    /**
     * Returns the value of the column in rows that are written without it, as {@link #pastDefault}.
     *
     * @throws FormatException.InvalidSchema if the metadata value is not MessagePack
     */
    public static Optional<Object> futureDefault(Field field) {
        return packed(field, FUTURE_DEFAULT);
    }

    /**
     * Returns the merge order as the server packed it, usually a list of sort order and null order; empty if there is none.
     *
     * @throws FormatException.InvalidSchema if the metadata value is not MessagePack
     */
    public static Optional<Object> mergeOrder(Field field) {
        return packed(field, MERGE_ORDER);
    }

    /** Returns the consistency type, empty if the table's holds. */
    public static Optional<String> consistencyType(Field field) {
        return Optional.ofNullable(field.getMetadata().get(CONSISTENCY_TYPE));
    }

    /** Returns the description of the field. */
    public static Optional<String> doc(Field field) {
        return Optional.ofNullable(field.getMetadata().get(DOC));
    }

    /** Returns the field id, empty if there is none or it is not a number. */
    public static OptionalInt fieldId(Field field) {
        String text = field.getMetadata().get(FIELD_ID);
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty(); // another writer's private use of the key
        }
    }

    /** Returns the field as part of the merge key. */
    public static Field withMergeKey(Field field) {
        return with(field, MERGE_KEY, "True");
    }

    /** Returns the field as the table's event time. */
    public static Field withEventTime(Field field) {
        return with(field, EVENT_TIME, "True");
    }

    /**
     * Returns the field with a past default.
     *
     * @param field the field
     * @param value one of the classes that {@link #pastDefault} returns, or a smaller number class
     */
    public static Field withPastDefault(Field field, Object value) {
        return with(field, PAST_DEFAULT, pack(value));
    }

    /**
     * Returns the field with a future default.
     *
     * @param field the field
     * @param value one of the classes that {@link #pastDefault} returns, or a smaller number class
     */
    public static Field withFutureDefault(Field field, Object value) {
        return with(field, FUTURE_DEFAULT, pack(value));
    }

    /**
     * Returns the field with a merge order.
     *
     * @param field the field
     * @param sortOrder {@code ascending} or {@code descending}
     * @param nullOrder {@code at_start} or {@code at_end}
     */
    public static Field withMergeOrder(Field field, String sortOrder, String nullOrder) {
        return with(field, MERGE_ORDER, pack(List.of(sortOrder, nullOrder)));
    }

    /**
     * Returns the field with one more metadata entry.
     *
     * @param field the field
     * @param key metadata key
     * @param value metadata value, replacing an earlier one
     */
    public static Field with(Field field, String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(field.getMetadata());
        metadata.put(key, value);
        FieldType type = new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata);
        return new Field(field.getName(), type, field.getChildren());
    }

    private static boolean isTrue(Field field, String key) {
        return "true".equalsIgnoreCase(field.getMetadata().get(key));
    }

    private static String pack(Object value) {
        return Base64.getEncoder().encodeToString(MessagePack.pack(value));
    }

    private static Optional<Object> packed(Field field, String key) {
        String text = field.getMetadata().get(key);
        if (text == null) {
            return Optional.empty();
        }
        @Nullable Object value;
        try {
            value = MessagePack.unpack(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException notBase64) {
            value = unpackRaw(field, key, text);
        }
        return Optional.ofNullable(value);
    }

    /** Early servers stored the MessagePack bytes without base64. */
    private static @Nullable Object unpackRaw(Field field, String key, String text) {
        try {
            return MessagePack.unpack(text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new FormatException.InvalidSchema(
                    "Field '" + field.getName() + "' has metadata '" + key + "' of " + text.length()
                            + " characters that is not (base64) MessagePack. Set the value through the table's schema.",
                    e);
        }
    }
}
