package io.deltacat.server.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.client.model.SortKey;
import io.deltacat.client.model.SortKeyInput;
import io.deltacat.client.model.SortScheme;
import io.deltacat.client.model.SortSchemeInput;
import io.deltacat.client.partition.PartitionTransform;
import io.deltacat.client.partition.PartitionTransformException;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** What partition and sort schemes of a table must look like (protocol/control-plane.md §6.2, data-plane.md §1.7). Pure. */
public final class SchemeRules {
    /** Id that marks files of no order; no scheme of a table may have it. */
    public static final String UNSORTED_ID = "deadbeef-7277-49a4-a195-fdc8ed235d42";

    private static final List<String> SORT_ORDERS = List.of("ascending", "descending");
    private static final List<String> NULL_ORDERS = List.of("at_start", "at_end");

    private SchemeRules() {}

    /**
     * Checks a partition scheme.
     *
     * @param field name of the body field, for messages
     * @param input what the request carries; null or without keys for an unpartitioned table
     * @param schema the table's schema; null for a schemaless table
     * @param newId id for a scheme that comes without one
     * @return the scheme in the spelling of the wire; empty for an unpartitioned table
     * @throws RefusedException if a column is missing, a transform unknown, or a transform has no meaning for its column
     */
    public static Optional<PartitionScheme> partition(
            String field, @Nullable PartitionSchemeInput input, @Nullable SchemaSpec schema, String newId) {
        if (input == null || input.keys().isEmpty()) {
            return Optional.empty();
        }
        List<PartitionKey> keys = new ArrayList<>();
        for (int i = 0; i < input.keys().size(); i++) {
            String where = field + ".keys[" + i + "]";
            @Nullable PartitionKeyInput key = input.keys().get(i);
            if (key == null) {
                throw refused(where, "is null; leave it out or name a column");
            }
            if (key.key().size() != 1) {
                throw refused(
                        where + ".key",
                        "names " + key.key().size()
                                + " columns; a partition key has one column, write one key for each");
            }
            PartitionTransform transform = transform(where, key.transform());
            Field column = column(where + ".key", key.key().get(0), schema);
            requireFit(where, column, transform);
            PartitionKey checked = new PartitionKey(key.key(), transform.wireName());
            if (keys.contains(checked)) {
                throw refused(
                        where,
                        "repeats column '" + column.getName() + "' with transform '" + transform.wireName()
                                + "'; name it once");
            }
            keys.add(checked);
        }
        return Optional.of(new PartitionScheme(id(field, input.id(), newId), keys));
    }

    /**
     * Checks a sort scheme.
     *
     * @param field name of the body field, for messages
     * @param input what the request carries; null or without keys for a table without order
     * @param schema the table's schema; null for a schemaless table
     * @param newId id for a scheme that comes without one
     * @return the scheme with its defaults filled in; empty for a table without order
     * @throws RefusedException if a column is missing or has no order, or an order is unknown
     */
    public static Optional<SortScheme> sort(
            String field, @Nullable SortSchemeInput input, @Nullable SchemaSpec schema, String newId) {
        if (input == null || input.keys().isEmpty()) {
            return Optional.empty();
        }
        List<SortKey> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < input.keys().size(); i++) {
            String where = field + ".keys[" + i + "]";
            @Nullable SortKeyInput key = input.keys().get(i);
            if (key == null) {
                throw refused(where, "is null; leave it out or name a column");
            }
            if (key.key().isEmpty()) {
                throw refused(where + ".key", "names no column; name at least one");
            }
            PartitionTransform transform = transform(where, key.transform());
            for (String name : key.key()) {
                Field column = column(where + ".key", name, schema);
                if (ColumnKinds.isNested(column)) {
                    throw refused(
                            where + ".key",
                            "names column '" + name + "' of type '" + TypeNames.displayName(column)
                                    + "', which has no order; sort by a flat column");
                }
                if (!seen.add(name)) {
                    throw refused(where + ".key", "repeats column '" + name + "'; name it once");
                }
                requireFit(where, column, transform);
            }
            keys.add(new SortKey(
                    key.key(),
                    choice(where + ".null_order", key.nullOrder(), NULL_ORDERS, "at_end"),
                    choice(where + ".sort_order", key.sortOrder(), SORT_ORDERS, "ascending"),
                    key.transform() == null ? null : transform.wireName()));
        }
        JsonNode id = id(field, input.id(), newId);
        if (UNSORTED_ID.equals(id.asText())) {
            throw refused(field + ".id", "is '" + UNSORTED_ID + "', which means: no order; choose another id");
        }
        return Optional.of(new SortScheme(id, keys));
    }

    /**
     * Checks a scheme that stays while the schema changes.
     *
     * @param field name of the scheme, for messages
     * @param scheme the scheme as it is
     * @param schema the schema as it will be
     * @throws RefusedException if the scheme does not fit it
     */
    public static void requireSortable(String field, SortScheme scheme, SchemaSpec schema) {
        List<SortKeyInput> keys = scheme.keys().stream()
                .map(key -> new SortKeyInput(key.key(), key.nullOrder(), key.sortOrder(), key.transform()))
                .toList();
        sort(field, new SortSchemeInput(keys, scheme.id(), null), schema, "");
    }

    private static PartitionTransform transform(String where, @Nullable String text) {
        try {
            return PartitionTransform.parse(text);
        } catch (PartitionTransformException e) {
            throw refused(where + ".transform", "is '" + text + "': " + e.getMessage());
        }
    }

    private static void requireFit(String where, Field column, PartitionTransform transform) {
        String needs = need(column, transform);
        if (!needs.isEmpty()) {
            throw refused(
                    where,
                    "applies transform '" + transform.wireName() + "' to column '" + column.getName() + "' of type '"
                            + TypeNames.displayName(column) + "'; " + needs);
        }
    }

    /** What the transform asks of its column; empty if the column does. */
    private static String need(Field column, PartitionTransform transform) {
        if (ColumnKinds.isNested(column)) {
            return "partition and sort by flat columns";
        }
        if (transform instanceof PartitionTransform.Calendar calendar) {
            boolean hour = calendar.component() == PartitionTransform.Component.HOUR;
            boolean fits =
                    ColumnKinds.isTimestamp(column) || (hour ? ColumnKinds.isTime(column) : ColumnKinds.isDate(column));
            return fits ? "" : hour ? "use it on a timestamp or time" : "use it on a date or timestamp";
        }
        if (transform instanceof PartitionTransform.Truncate) {
            return ColumnKinds.isInteger(column) || ColumnKinds.isText(column)
                    ? ""
                    : "use it on an integer or a string";
        }
        if (transform instanceof PartitionTransform.Identity) {
            return ColumnKinds.isBinary(column) ? "bytes have no form as a partition value, use bucket(n) on them" : "";
        }
        return "";
    }

    private static Field column(String where, @Nullable String name, @Nullable SchemaSpec schema) {
        if (schema == null) {
            throw refused(where, "names column '" + name + "', but the table has no schema; give schema_def too");
        }
        Schema arrow = ArrowSchemas.fromBase64(schema.serialized());
        return arrow.getFields().stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(
                        where,
                        "names column '" + name + "', which the schema does not have; it has "
                                + arrow.getFields().stream().map(Field::getName).toList()));
    }

    private static String choice(String where, @Nullable String given, List<String> known, String fallback) {
        if (given == null) {
            return fallback;
        }
        String text = given.strip().toLowerCase(Locale.ROOT);
        if (!known.contains(text)) {
            throw refused(where, "is '" + given + "'; expected one of " + String.join(", ", known));
        }
        return text;
    }

    private static JsonNode id(String field, @Nullable JsonNode given, String newId) {
        if (given == null || given.isNull()) {
            return TextNode.valueOf(newId);
        }
        boolean usable = given.isIntegralNumber()
                || (given.isTextual() && !given.textValue().isBlank());
        if (!usable) {
            throw refused(field + ".id", "is " + given + "; expected a text or a whole number");
        }
        return given;
    }

    private static RefusedException refused(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
