package io.deltacat.format.parquet.write;

import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.format.Type;

/**
 * A stored column of the file to be written.
 *
 * @param field the Arrow field it comes from
 * @param type how values are stored
 * @param typeLength bytes of each value of a fixed-length type, else 0
 * @param path names from the root, repeated groups included
 * @param maxRepetition number of lists and maps around it
 * @param maxDefinition number of optional and repeated fields down to it
 */
record LeafSpec(Field field, Type type, int typeLength, List<String> path, int maxRepetition, int maxDefinition) {

    LeafSpec {
        path = List.copyOf(path);
    }

    /** Returns the path as it appears in messages. */
    String dottedPath() {
        return String.join(".", path);
    }

    /** Returns whether the column has one entry per row. */
    boolean isFlat() {
        return maxRepetition == 0 && path.size() == 1;
    }

    /** Returns the bits that a value takes in an Arrow array, or 0 for a type of variable width. */
    int arrowBits() {
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Null, Bool -> 1;
            case Int -> ((ArrowType.Int) type).getBitWidth();
            case FloatingPoint ->
                switch (((ArrowType.FloatingPoint) type).getPrecision()) {
                    case HALF -> 16;
                    case SINGLE -> 32;
                    case DOUBLE -> 64;
                };
            case Decimal -> ((ArrowType.Decimal) type).getBitWidth();
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? 32 : 64;
            case Time -> ((ArrowType.Time) type).getBitWidth();
            case Timestamp, Duration -> 64;
            case FixedSizeBinary -> 8 * typeLength;
            default -> 0;
        };
    }
}
