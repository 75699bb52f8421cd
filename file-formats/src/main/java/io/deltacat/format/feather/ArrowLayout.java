package io.deltacat.format.feather;

import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Says which nodes and buffers a field takes in a record batch. Thread-safe. */
final class ArrowLayout {
    private ArrowLayout() {}

    /** Passes over a field, children included. */
    static void skip(BatchBody body, Field field) {
        body.skipNode();
        body.skipBuffers(buffers(field));
        if (isView(field)) {
            body.skipBuffers(body.nextVariadicCount());
        }
        if (field.getDictionary() == null) {
            for (Field child : field.getChildren()) {
                skip(body, child);
            }
        }
    }

    static boolean isView(Field field) {
        return field.getDictionary() == null
                && (field.getType() instanceof ArrowType.Utf8View || field.getType() instanceof ArrowType.BinaryView);
    }

    private static int buffers(Field field) {
        if (field.getDictionary() != null) {
            return 2;
        }
        return switch (field.getType().getTypeID()) {
            case Null, RunEndEncoded, NONE -> 0;
            case Struct, FixedSizeList -> 1;
            case Utf8, LargeUtf8, Binary, LargeBinary, ListView, LargeListView -> 3;
            case Union -> ((ArrowType.Union) field.getType()).getMode() == UnionMode.Dense ? 2 : 1;
            case Int,
                    FloatingPoint,
                    Bool,
                    Decimal,
                    Date,
                    Time,
                    Timestamp,
                    Interval,
                    Duration,
                    FixedSizeBinary,
                    List,
                    LargeList,
                    Map,
                    Utf8View,
                    BinaryView -> 2;
        };
    }
}
