package io.deltacat.client.write;

import io.deltacat.format.schema.DefaultValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that are maps from column name to Java value. A column that a row does not name gets its future default, else
 * it is null (protocol/data-plane.md §1.10). Confined to one thread.
 */
final class MapRowAccessor extends JavaRowAccessor<Map<String, ?>> {
    private final List<Field> fields;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Optional<StoredDefault>> defaults = new ArrayList<>();
    private final boolean[] converts;
    private final ColumnRules rules;

    /** Creates an accessor to structs, whose fields have no rules of their own. */
    MapRowAccessor(List<Field> fields) {
        this(fields, new ColumnRules(Set.of(), false, false, false));
    }

    MapRowAccessor(List<Field> fields, ColumnRules rules) {
        this.fields = List.copyOf(fields);
        this.rules = rules;
        this.converts = new boolean[fields.size()];
        for (int column = 0; column < fields.size(); column++) {
            Field field = fields.get(column);
            names.add(field.getName());
            defaults.add(
                    field.getChildren().isEmpty()
                            ? DefaultValues.futureDefault(field).map(StoredDefault::new)
                            : Optional.empty());
            converts[column] = rules.converts(field);
        }
    }

    @Override
    Field field(int column) {
        return fields.get(column);
    }

    @Override
    boolean converts(int column) {
        return converts[column];
    }

    @Override
    @Nullable
    Object find(Map<String, ?> row, int column) {
        String name = fields.get(column).getName();
        Object value = row.get(name);
        if (value != null || defaults.get(column).isEmpty() || row.containsKey(name)) {
            return value;
        }
        return defaults.get(column).get();
    }

    /** The columns of a row that are not among those of the files, by name; most often none. */
    List<String> unknownColumns(Map<String, ?> row) {
        int known = 0;
        for (String name : names) {
            if (row.containsKey(name)) {
                known++;
            }
        }
        return known == row.size()
                ? List.of()
                : row.keySet().stream()
                        .filter(name -> !names.contains(name))
                        .map(String::valueOf)
                        .toList();
    }

    /** Refuses a row that names a column the table does not have, or does not name one it needs. */
    void check(Map<String, ?> row) {
        for (String unknown : unknownColumns(row)) {
            throw new InvalidValue(unknown, "the table has no such column, expected one of " + names);
        }
        for (String name : rules.required()) {
            if (!row.containsKey(name)) {
                throw new InvalidValue(
                        name,
                        rules.deletes()
                                ? "the row does not name it, but it is needed to find the rows to delete"
                                : "the row does not name it, but it is part of the table's merge key");
            }
        }
    }
}
