package io.deltacat.server.machine;

import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.partition.PartitionTransform;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which partition values fit a table's partition scheme (protocol/data-plane.md §1.6, §1.7). Pure. */
public final class PartitionRules {
    private static final Pattern INTEGER_TYPE = Pattern.compile("u?int(8|16|32|64)");
    private static final Pattern FLOAT_TYPE = Pattern.compile("float(16|32|64)|halffloat|float|double");
    private static final Pattern BOOLEAN_TYPE = Pattern.compile("bool(ean)?");

    private PartitionRules() {}

    /**
     * Checks the values that came with an entry and brings them into the one form they are compared in.
     *
     * @param scheme the table's scheme; null or without keys for an unpartitioned table
     * @param fields columns of the table; empty without schema, then types are not checked
     * @param values what the entry says, in the order of the scheme's keys; null if it says nothing
     * @param schemeId the scheme the entry names; null if it names none
     * @param field name of the entry for messages, such as {@code entries[0]}
     * @return one JSON scalar per key: {@link Long} or {@link BigInteger}, {@link Double}, {@link Boolean}, {@link String} or
     *     null; null for an unpartitioned table
     * @throws RefusedException naming field and value
     */
    public static @Nullable List<@Nullable Object> canonical(
            @Nullable PartitionScheme scheme,
            List<SchemaField> fields,
            @Nullable List<@Nullable Object> values,
            @Nullable String schemeId,
            String field) {
        if (scheme == null || scheme.keys().isEmpty()) {
            if (values != null && !values.isEmpty()) {
                throw refused(
                        field + ".partition_values",
                        "is " + values + ", but the table is not partitioned; leave it out");
            }
            return null;
        }
        List<PartitionKey> keys = scheme.keys();
        if (values == null) {
            throw refused(
                    field + ".partition_values",
                    "is missing, but the table is partitioned by " + describe(keys)
                            + "; send one value per key, in that order");
        }
        if (values.size() != keys.size()) {
            throw refused(
                    field + ".partition_values",
                    "is " + values + ", but the table is partitioned by " + describe(keys) + "; expected " + keys.size()
                            + " value" + (keys.size() == 1 ? "" : "s"));
        }
        if (schemeId != null
                && scheme.id() != null
                && !schemeId.equals(scheme.id().asText())) {
            throw refused(
                    field + ".partition_scheme_id",
                    "is '" + schemeId + "', but the table's partition scheme is '"
                            + scheme.id().asText() + "'; open a new session and use its scheme");
        }
        List<@Nullable Object> canonical = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            canonical.add(value(keys.get(i), fields, values.get(i), field + ".partition_values[" + i + "]"));
        }
        return Collections.unmodifiableList(canonical);
    }

    private static @Nullable Object value(
            PartitionKey key, List<SchemaField> fields, @Nullable Object value, String field) {
        if (value == null) {
            return null;
        }
        PartitionTransform transform = PartitionTransform.parse(key.transform());
        if (transform instanceof PartitionTransform.Void) {
            throw refused(field, "is " + shown(value) + "; transform 'void' has no value but null");
        }
        if (transform instanceof PartitionTransform.Bucket bucket) {
            return whole(value, 0, bucket.buckets() - 1L, field);
        }
        if (transform instanceof PartitionTransform.Calendar calendar) {
            return switch (calendar.component()) {
                case YEAR -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, field);
                case MONTH -> whole(value, 1, 12, field);
                case DAY -> whole(value, 1, 31, field);
                case HOUR -> whole(value, 0, 23, field);
            };
        }
        return ofColumn(key, fields, value, field);
    }

    /** A value of the column's own type, as transforms identity and truncate have it. */
    private static Object ofColumn(PartitionKey key, List<SchemaField> fields, Object value, String field) {
        String column = key.key().isEmpty() ? "" : key.key().get(0);
        String type = fields.stream()
                .filter(candidate -> column.equals(candidate.name()))
                .map(SchemaField::type)
                .findFirst()
                .orElse("");
        if (!isScalar(value)) {
            throw refused(field, "is " + shown(value) + "; expected a JSON scalar");
        }
        if (type == null || type.isEmpty()) {
            return value instanceof Integer number ? Long.valueOf(number) : value;
        }
        if (INTEGER_TYPE.matcher(type).matches()) {
            return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, field);
        }
        if (FLOAT_TYPE.matcher(type).matches()) {
            if (value instanceof Number number) {
                return number.doubleValue();
            }
            throw refused(field, "is " + shown(value) + "; column '" + column + "' is " + type + ", send a number");
        }
        if (BOOLEAN_TYPE.matcher(type).matches()) {
            if (value instanceof Boolean) {
                return value;
            }
            throw refused(
                    field, "is " + shown(value) + "; column '" + column + "' is " + type + ", send true or false");
        }
        if (value instanceof String) {
            return value;
        }
        throw refused(field, "is " + shown(value) + "; column '" + column + "' is " + type + ", send a string");
    }

    private static Object whole(Object value, long least, long most, String field) {
        if (value instanceof BigInteger large && most == Long.MAX_VALUE) {
            return large;
        }
        if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw refused(
                field,
                "is " + shown(value)
                        + (most == Long.MAX_VALUE
                                ? "; expected a whole number"
                                : "; expected a whole number from " + least + " to " + most));
    }

    private static boolean isScalar(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String shown(Object value) {
        return value instanceof String ? "'" + value + "'" : value.toString();
    }

    private static String describe(List<PartitionKey> keys) {
        return keys.stream()
                .map(key -> (key.transform() == null ? "identity" : key.transform()) + key.key())
                .toList()
                .toString();
    }

    private static RefusedException refused(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_REQUEST, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
