package io.deltacat.server.machine.scan;

import io.deltacat.client.filter.ColumnType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Types of the columns of a table version over its whole life. Statistics and partition values were made with the type of their
 * time; where a column's type changed, they prove something about rows only if a reader sees the same value. Immutable.
 */
public final class ColumnTypes {
    private final Map<String, ArrowType> current;
    private final Map<String, Map<String, ArrowType>> bySchema;
    private final Set<String> changed;

    /**
     * The types.
     *
     * @param current schema that readers see
     * @param byId all schemas of the table version, by schema id
     */
    public ColumnTypes(Schema current, Map<String, Schema> byId) {
        this.current = typesOf(current);
        this.bySchema = new HashMap<>();
        this.changed = new HashSet<>();
        byId.forEach((id, schema) -> {
            Map<String, ArrowType> types = typesOf(schema);
            bySchema.put(id, types);
            types.forEach((column, type) -> {
                ArrowType now = this.current.get(column);
                if (now != null && !isSameValue(type, now)) {
                    changed.add(column);
                }
            });
        });
    }

    private static Map<String, ArrowType> typesOf(Schema schema) {
        Map<String, ArrowType> types = new HashMap<>();
        for (Field field : schema.getFields()) {
            types.putIfAbsent(field.getName(), field.getType());
        }
        return types;
    }

    /** Whether every value of one type compares and reads the same as the other type. */
    private static boolean isSameValue(ArrowType before, ArrowType now) {
        return before.equals(now) || (before instanceof ArrowType.Int && now instanceof ArrowType.Int);
    }

    /**
     * The type readers see.
     *
     * @param column a column name
     * @return its type; empty if readers see no such column
     */
    public Optional<ArrowType> current(String column) {
        return Optional.ofNullable(current.get(column));
    }

    /** How values of a column compare; {@link ColumnType#OPAQUE} for a column that is not there. */
    public ColumnType comparison(String column) {
        ArrowType type = current.get(column);
        return type == null ? ColumnType.OPAQUE : ColumnType.of(type);
    }

    /** Whether a column had one type all the time. */
    public boolean isStable(String column) {
        return current.containsKey(column) && !changed.contains(column);
    }

    /**
     * Whether statistics of a file speak of the values a reader will see.
     *
     * @param column a column name
     * @param schemaId schema the file was written with; null if unknown
     * @return true if the column's type was the same then
     */
    public boolean isCurrentIn(String column, @Nullable String schemaId) {
        if (isStable(column)) {
            return true;
        }
        ArrowType now = current.get(column);
        Map<String, ArrowType> then = schemaId == null ? null : bySchema.get(schemaId);
        ArrowType before = then == null ? null : then.get(column);
        return now != null && before != null && isSameValue(before, now);
    }
}
