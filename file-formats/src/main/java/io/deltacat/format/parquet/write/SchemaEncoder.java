package io.deltacat.format.parquet.write;

import io.deltacat.format.FormatException;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.SchemaElement;

/**
 * Turns an Arrow schema into the flattened schema of a Parquet footer, the way Arrow's own writers do, and finds its stored
 * columns. Used once per file.
 */
final class SchemaEncoder {
    private final String file;
    private final List<SchemaElement> elements = new ArrayList<>();
    private final List<LeafSpec> leaves = new ArrayList<>();

    private SchemaEncoder(String file) {
        this.file = file;
    }

    /**
     * The result.
     *
     * @param elements the footer's list, root first
     * @param leaves the stored columns, depth first
     */
    record Encoded(List<SchemaElement> elements, List<LeafSpec> leaves) {
        Encoded {
            elements = List.copyOf(elements);
            leaves = List.copyOf(leaves);
        }
    }

    /**
     * Encodes a schema.
     *
     * @param file location of the file, for messages
     * @param schema the columns
     * @throws FormatException.UnsupportedType if Parquet cannot store a type
     * @throws FormatException.InvalidSchema if two columns have the same name
     */
    static Encoded encode(String file, Schema schema) {
        SchemaEncoder encoder = new SchemaEncoder(file);
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(schema.getFields().size());
        encoder.elements.add(root);
        Set<String> names = new HashSet<>();
        for (Field field : schema.getFields()) {
            if (!names.add(field.getName())) {
                throw new FormatException.InvalidSchema(
                        "File '" + file + "': two columns are named '" + field.getName() + "'. Rename one of them.",
                        null);
            }
            encoder.field(field, field.getName(), field.isNullable(), List.of(), 0, 0);
        }
        return new Encoded(encoder.elements, encoder.leaves);
    }

    private void field(
            Field field, String name, boolean nullable, List<String> parents, int repetition, int definition) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(nullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        FieldMetadata.fieldId(field).ifPresent(element::setField_id);
        elements.add(element);
        List<String> path = append(parents, name);
        int present = definition + (nullable ? 1 : 0);
        ArrowType type = field.getType();
        switch (type.getTypeID()) {
            case Struct -> struct(field, element, path, repetition, present);
            case List, LargeList, FixedSizeList -> list(field, element, path, repetition, present);
            case Map -> map(field, element, path, repetition, present);
            default -> {
                StoredType stored = StoredType.of(field)
                        .orElseThrow(() -> new FormatException.UnsupportedType(
                                file,
                                String.join(".", path),
                                TypeNames.displayName(field),
                                "Use a type that Parquet can store."));
                stored.annotate(element);
                leaves.add(new LeafSpec(field, stored.type(), stored.length(), path, repetition, present));
            }
        }
    }

    private void struct(Field field, SchemaElement element, List<String> path, int repetition, int present) {
        if (field.getChildren().isEmpty()) {
            throw new FormatException.UnsupportedType(
                    file, String.join(".", path), "struct without fields", "Give the struct a field.");
        }
        element.setNum_children(field.getChildren().size());
        for (Field child : field.getChildren()) {
            field(child, child.getName(), child.isNullable(), path, repetition, present);
        }
    }

    private void list(Field field, SchemaElement element, List<String> path, int repetition, int present) {
        element.setNum_children(1);
        element.setLogicalType(LogicalType.LIST(new ListType()));
        element.setConverted_type(ConvertedType.LIST);
        elements.add(repeated("list", 1));
        Field item = field.getChildren().get(0);
        field(item, "element", item.isNullable(), append(path, "list"), repetition + 1, present + 1);
    }

    private void map(Field field, SchemaElement element, List<String> path, int repetition, int present) {
        element.setNum_children(1);
        element.setLogicalType(LogicalType.MAP(new MapType()));
        element.setConverted_type(ConvertedType.MAP);
        elements.add(repeated("key_value", 2));
        List<Field> entry = field.getChildren().get(0).getChildren();
        List<String> entryPath = append(path, "key_value");
        field(entry.get(0), "key", false, entryPath, repetition + 1, present + 1);
        field(entry.get(1), "value", entry.get(1).isNullable(), entryPath, repetition + 1, present + 1);
    }

    private static SchemaElement repeated(String name, int children) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(FieldRepetitionType.REPEATED);
        element.setNum_children(children);
        return element;
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
