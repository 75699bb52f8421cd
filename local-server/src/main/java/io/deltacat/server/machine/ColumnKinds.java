package io.deltacat.server.machine;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Kinds of columns that rules tell apart. Pure. */
final class ColumnKinds {
    private ColumnKinds() {}

    static boolean isInteger(Field column) {
        return column.getType() instanceof ArrowType.Int && column.getDictionary() == null;
    }

    static boolean isFloatingPoint(Field column) {
        return column.getType() instanceof ArrowType.FloatingPoint;
    }

    static boolean isDate(Field column) {
        return column.getType() instanceof ArrowType.Date;
    }

    static boolean isTime(Field column) {
        return column.getType() instanceof ArrowType.Time;
    }

    static boolean isTimestamp(Field column) {
        return column.getType() instanceof ArrowType.Timestamp;
    }

    static boolean isText(Field column) {
        return switch (column.getType().getTypeID()) {
            case Utf8, LargeUtf8, Utf8View -> true;
            default -> false;
        };
    }

    static boolean isBinary(Field column) {
        return switch (column.getType().getTypeID()) {
            case Binary, LargeBinary, BinaryView, FixedSizeBinary -> true;
            default -> false;
        };
    }

    /** Whether values have parts or no order of their own: lists, maps, structs, unions, intervals. */
    static boolean isNested(Field column) {
        return switch (column.getType().getTypeID()) {
            case List, LargeList, FixedSizeList, ListView, LargeListView, Map, Struct, Union, Interval, RunEndEncoded ->
                true;
            default -> false;
        };
    }
}
