package io.deltacat.flink.types;

import io.deltacat.format.schema.TypeNames;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;

/** Names the type of an Arrow field for people: canonical DeltaCAT names, also inside nested types. */
final class ArrowTypeText {

    private ArrowTypeText() {}

    /** Returns for instance {@code timestamp[us]} or {@code list<struct<a: int64 not null, b: string>>}. */
    static String of(Field field) {
        return switch (field.getType().getTypeID()) {
            case Struct ->
                field.getChildren().stream()
                        .map(child -> child.getName() + ": " + withNullability(child))
                        .collect(Collectors.joining(", ", "struct<", ">"));
            case List, LargeList, FixedSizeList ->
                "list<" + withNullability(field.getChildren().get(0)) + ">";
            case Map ->
                field.getChildren().get(0).getChildren().stream()
                        .map(ArrowTypeText::of)
                        .collect(Collectors.joining(", ", "map<", ">"));
            default -> {
                String name = TypeNames.nameOf(field);
                yield name.startsWith(TypeNames.SERIALIZED_PREFIX)
                        ? field.getType().toString()
                        : name;
            }
        };
    }

    /** Returns the type, with {@code not null} behind it where it applies. */
    static String withNullability(Field field) {
        return of(field) + (field.isNullable() ? "" : " not null");
    }
}
