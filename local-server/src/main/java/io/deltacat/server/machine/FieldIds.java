package io.deltacat.server.machine;

import io.deltacat.format.schema.FieldMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Ids of columns: a column keeps its id through every change of the schema, and an id is never used twice. Pure. */
public final class FieldIds {
    private static final int LARGEST = 1 << 30;

    private FieldIds() {}

    /**
     * Gives an id to each column that has none, or one that an earlier column has.
     *
     * @param schema columns in order
     * @return the same schema, ids counted on from the highest
     */
    public static Schema assigned(Schema schema) {
        return assigned(schema, 0);
    }

    /**
     * Gives an id to each column that has none, or one that an earlier column has.
     *
     * @param schema columns in order
     * @param highestUsed highest id that the table ever used; 0 for none
     * @return the same schema, ids counted on from the highest
     */
    public static Schema assigned(Schema schema, int highestUsed) {
        int highest = Math.max(highestUsed, highest(schema.getFields()));
        List<Field> columns = new ArrayList<>();
        Set<Integer> used = new HashSet<>();
        for (Field column : schema.getFields()) {
            int id = usable(column);
            if (id > 0 && used.add(id)) {
                columns.add(column);
            } else {
                highest = Math.addExact(highest, 1);
                columns.add(FieldMetadata.with(column, FieldMetadata.FIELD_ID, Integer.toString(highest)));
            }
        }
        return new Schema(columns, schema.getCustomMetadata());
    }

    /**
     * The highest id among columns.
     *
     * @param columns any columns
     * @return 0 if none has a positive id
     */
    public static int highest(List<Field> columns) {
        return columns.stream().mapToInt(FieldIds::usable).max().orElse(0);
    }

    private static int usable(Field column) {
        int id = FieldMetadata.fieldId(column).orElse(0);
        return id > 0 && id <= LARGEST ? id : 0;
    }

    /**
     * Refuses ids that a caller chose badly.
     *
     * @param where name of the body field, for messages
     * @param columns columns as the request describes them
     * @throws RefusedException if an id is not positive or comes twice
     */
    public static void refuseRepeated(String where, List<Field> columns) {
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < columns.size(); i++) {
            String id = columns.get(i).getMetadata().get(FieldMetadata.FIELD_ID);
            int usable = usable(columns.get(i));
            if (id != null && (usable == 0 || !used.add(usable))) {
                String field = where + "[" + i + "].field_id";
                throw Refusal.of(
                                RefusalKind.INVALID_FIELD,
                                "field '" + field + "' is " + id + "; expected a number from 1 to " + LARGEST
                                        + " that no other column has, or none to be given one")
                        .with("field", field)
                        .asException();
            }
        }
    }
}
