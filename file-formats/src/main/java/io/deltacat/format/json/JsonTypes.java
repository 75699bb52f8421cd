package io.deltacat.format.json;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.schema.TypeNames;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Says which columns fit into JSON lines. Thread-safe. */
final class JsonTypes {
    private JsonTypes() {}

    /**
     * Checks a column and what is nested in it.
     *
     * @throws FormatException.UnsupportedType for binary columns
     */
    static void requireSupported(String file, Field field) {
        requireSupported(file, field.getName(), field);
    }

    private static void requireSupported(String file, String path, Field field) {
        switch (VectorKind.of(field)) {
            case BYTES -> {
                if (isBinary(field.getType())) {
                    throw new FormatException.UnsupportedType(
                            file,
                            path,
                            TypeNames.nameOf(field),
                            "JSON lines hold text only. Use Parquet, Avro or Feather for binary columns.");
                }
            }
            case LIST, MAP, STRUCT -> {
                for (Field child : field.getChildren()) {
                    requireSupported(file, path + "." + child.getName(), child);
                }
            }
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE -> {}
        }
    }

    private static boolean isBinary(ArrowType type) {
        return type instanceof ArrowType.Binary
                || type instanceof ArrowType.LargeBinary
                || type instanceof ArrowType.BinaryView
                || type instanceof ArrowType.FixedSizeBinary;
    }
}
