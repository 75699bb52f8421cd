package io.deltacat.format.rowwise;

import io.deltacat.format.FormatException;
import io.deltacat.format.schema.FieldMetadata;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Which column of a file fills which wanted column, matched by exact name. Immutable. */
public final class Projection {
    private final Schema wanted;
    private final int[] wantedOfStored;
    private final int[] storedOfWanted;

    private Projection(Schema wanted, int[] wantedOfStored, int[] storedOfWanted) {
        this.wanted = wanted;
        this.wantedOfStored = wantedOfStored;
        this.storedOfWanted = storedOfWanted;
    }

    /**
     * Matches columns.
     *
     * @param file location of the file, for messages
     * @param stored columns of the file in file order
     * @param wanted the wanted columns, null for all columns of the file
     * @throws FormatException.MissingColumn if a wanted column is not stored, not nullable and has no past default
     */
    public static Projection of(String file, List<Field> stored, @Nullable Schema wanted) {
        Schema columns = wanted == null ? new Schema(stored) : wanted;
        Map<String, Integer> storedByName = new HashMap<>();
        for (int i = 0; i < stored.size(); i++) {
            storedByName.putIfAbsent(stored.get(i).getName(), i);
        }
        int[] wantedOfStored = new int[stored.size()];
        Arrays.fill(wantedOfStored, -1);
        int[] storedOfWanted = new int[columns.getFields().size()];
        for (int i = 0; i < storedOfWanted.length; i++) {
            Field field = columns.getFields().get(i);
            Integer index = storedByName.get(field.getName());
            storedOfWanted[i] = index == null ? -1 : index;
            if (index != null) {
                wantedOfStored[index] = i;
            } else {
                requireAbsentAllowed(file, field);
            }
        }
        return new Projection(columns, wantedOfStored, storedOfWanted);
    }

    /**
     * Checks that a file may lack a column.
     *
     * @throws FormatException.MissingColumn if it may not
     */
    public static void requireAbsentAllowed(String file, Field field) {
        if (!field.isNullable() && FieldMetadata.pastDefault(field).isEmpty()) {
            throw new FormatException.MissingColumn(file, field.getName());
        }
    }

    /** Returns the wanted columns. */
    public Schema wanted() {
        return wanted;
    }

    /** Returns the index of the wanted column that a stored column fills, -1 if none. */
    public int wantedOf(int stored) {
        return wantedOfStored[stored];
    }

    /** Returns the index of the stored column that fills a wanted one, -1 if the file lacks it. */
    public int storedOf(int wanted) {
        return storedOfWanted[wanted];
    }
}
