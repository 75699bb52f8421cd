package io.deltacat.client.write;

import io.deltacat.format.schema.FieldMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that are maps from column name to Java value. A column that a row does not name gets its future default, else
 * it is null (protocol/data-plane.md §1.10). Confined to one thread.
 */
final class MapRowAccessor extends JavaRowAccessor<Map<String, ?>> {
    private final List<Field> fields;
    private final List<Optional<Object>> defaults;

    MapRowAccessor(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.defaults = new ArrayList<>();
        fields.forEach(field -> defaults.add(FieldMetadata.futureDefault(field)));
    }

    @Override
    Field field(int column) {
        return fields.get(column);
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

    /** Refuses a row that names a column the table does not have. */
    void check(Map<String, ?> row) {
        int known = 0;
        for (Field field : fields) {
            if (row.containsKey(field.getName())) {
                known++;
            }
        }
        if (known == row.size()) {
            return;
        }
        List<String> names = fields.stream().map(Field::getName).toList();
        for (String name : row.keySet()) {
            if (!names.contains(name)) {
                throw new InvalidValue(name, "the table has no such column, expected one of " + names);
            }
        }
    }
}
