package io.deltacat.server.machine;

import io.deltacat.format.FormatException;
import io.deltacat.format.schema.DefaultValues;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** What the columns of a table may be: keys, orders, event time, defaults, consistency (protocol/control-plane.md §6.2). Pure. */
public final class FieldRules {
    private static final List<String> SORT_ORDERS = List.of("ascending", "descending");
    private static final List<String> NULL_ORDERS = List.of("at_start", "at_end");
    private static final List<String> CONSISTENCY_TYPES = List.of("none", "coerce", "validate");

    private FieldRules() {}

    /**
     * Checks one column as its Arrow metadata describes it.
     *
     * @param where name of the body field, for messages
     * @param column the column
     * @throws RefusedException if a flag does not fit the column's type, or a word or a default is not one of its values
     */
    public static void check(String where, Field column) {
        if (FieldMetadata.isMergeKey(column)) {
            require(
                    !ColumnKinds.isNested(column) && !ColumnKinds.isFloatingPoint(column),
                    where + ".is_merge_key",
                    column,
                    "a merge key has values that can be told apart: no floating point, list, map or struct");
        }
        if (FieldMetadata.isEventTime(column)) {
            require(
                    ColumnKinds.isInteger(column) || ColumnKinds.isDate(column) || ColumnKinds.isTimestamp(column),
                    where + ".is_event_time",
                    column,
                    "an event time is a timestamp, a date or an integer");
        }
        checkMergeOrder(where + ".merge_order", column);
        FieldMetadata.consistencyType(column)
                .ifPresent(type -> requireWord(where + ".consistency_type", type, CONSISTENCY_TYPES));
        checkDefaults(where, column);
    }

    /**
     * Checks the columns of a schema together.
     *
     * @param where name of the body field, for messages
     * @param columns all of them
     * @throws RefusedException if two columns claim to be the event time
     */
    public static void checkTogether(String where, List<Field> columns) {
        List<String> times = columns.stream()
                .filter(FieldMetadata::isEventTime)
                .map(Field::getName)
                .toList();
        if (times.size() > 1) {
            throw refused(
                    where, "names " + times + " as event time; a table has one, unset is_event_time on the others");
        }
    }

    private static void checkMergeOrder(String where, Field column) {
        Optional<Object> order;
        try {
            order = FieldMetadata.mergeOrder(column);
        } catch (FormatException e) {
            throw refused(where, String.valueOf(e.getMessage()));
        }
        if (order.isEmpty()) {
            return;
        }
        require(!ColumnKinds.isNested(column), where, column, "a merge order needs values that have an order");
        if (!(order.get() instanceof List<?> parts) || parts.size() != 2) {
            throw refused(where, "is '" + order.get() + "'; expected a sort order and a null order");
        }
        requireWord(where + ".sort_order", String.valueOf(parts.get(0)), SORT_ORDERS);
        requireWord(where + ".null_order", String.valueOf(parts.get(1)), NULL_ORDERS);
    }

    private static void checkDefaults(String where, Field column) {
        try {
            DefaultValues.pastDefault(column);
        } catch (FormatException e) {
            throw refused(where + ".past_default", String.valueOf(e.getMessage()));
        }
        try {
            DefaultValues.futureDefault(column);
        } catch (FormatException e) {
            throw refused(where + ".future_default", String.valueOf(e.getMessage()));
        }
    }

    private static void require(boolean fits, String where, Field column, String rule) {
        if (!fits) {
            throw refused(
                    where,
                    "is set on column '" + column.getName() + "' of type '" + TypeNames.displayName(column) + "'; "
                            + rule);
        }
    }

    private static void requireWord(String where, String given, List<String> known) {
        if (!known.contains(given)) {
            throw refused(where, "is '" + given + "'; expected one of " + String.join(", ", known));
        }
    }

    private static RefusedException refused(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
