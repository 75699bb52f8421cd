package io.deltacat.format.parquet.schema;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.schema.ArrowSchemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Applies the Arrow schema that Arrow writers put into a file's metadata, so that a column written as {@code uint32} or
 * {@code duration[s]} is read as one though Parquet has no such type. An embedded type that does not fit what is stored is
 * ignored, as Arrow's own readers do. Elements of lists and maps get their embedded names. Thread-safe.
 */
public final class EmbeddedSchema {

    /** Key of the file metadata that holds the base64 Arrow schema. */
    public static final String METADATA_KEY = "ARROW:schema";

    private EmbeddedSchema() {}

    /**
     * Returns a file's schema with the embedded types where they fit.
     *
     * @param stored the schema as stored
     * @param embedded base64 Arrow schema
     */
    public static FileSchema apply(FileSchema stored, String embedded) {
        Schema arrow;
        try {
            arrow = ArrowSchemas.fromBase64(embedded);
        } catch (FormatException.InvalidSchema e) {
            return stored; // a hint we cannot read; the stored schema is complete without it
        }
        Map<String, Field> hints = new HashMap<>();
        arrow.getFields().forEach(field -> hints.put(field.getName(), field));
        List<SchemaNode> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (SchemaNode column : stored.columns()) {
            Field hint = hints.get(column.field().getName());
            SchemaNode refined = hint == null ? column : refine(column, hint);
            columns.add(refined);
            fields.add(refined.field());
        }
        return new FileSchema(new Schema(fields, arrow.getCustomMetadata()), columns, stored.leaves());
    }

    private static SchemaNode refine(SchemaNode node, Field hint) {
        List<Field> hints = hint.getChildren();
        ArrowType type = hint.getType();
        if (node instanceof SchemaNode.Leaf leaf) {
            boolean fits = type.equals(leaf.field().getType()) || (!type.isComplex() && fits(leaf, hint));
            return fits ? leaf.withField(with(hint, leaf.field(), type, List.of())) : node;
        }
        if (node instanceof SchemaNode.Struct struct
                && type instanceof ArrowType.Struct
                && names(hints).equals(names(node.field().getChildren()))) {
            List<SchemaNode> children = new ArrayList<>();
            for (int i = 0; i < hints.size(); i++) {
                children.add(refine(struct.children().get(i), hints.get(i)));
            }
            List<Field> fields = children.stream().map(SchemaNode::field).toList();
            return new SchemaNode.Struct(
                    with(hint, node.field(), type, fields),
                    node.slotDefinition(),
                    node.presentDefinition(),
                    node.repetition(),
                    children);
        }
        if (node instanceof SchemaNode.ListOf list && isList(type) && hints.size() == 1) {
            SchemaNode element = refine(list.element(), hints.get(0));
            return new SchemaNode.ListOf(
                    with(hint, node.field(), type, List.of(element.field())),
                    node.slotDefinition(),
                    node.presentDefinition(),
                    node.repetition(),
                    element);
        }
        if (node instanceof SchemaNode.MapOf map
                && type instanceof ArrowType.Map
                && hints.size() == 1
                && hints.get(0).getChildren().size() == 2) {
            SchemaNode key = refine(map.key(), hints.get(0).getChildren().get(0));
            SchemaNode value = refine(map.value(), hints.get(0).getChildren().get(1));
            Field entries = with(
                    hints.get(0),
                    node.field().getChildren().get(0),
                    ArrowType.Struct.INSTANCE,
                    List.of(key.field(), value.field()));
            return new SchemaNode.MapOf(
                    with(hint, node.field(), type, List.of(entries)),
                    node.slotDefinition(),
                    node.presentDefinition(),
                    node.repetition(),
                    key,
                    value);
        }
        return node;
    }

    private static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::getName).toList();
    }

    private static boolean isList(ArrowType type) {
        return type instanceof ArrowType.List
                || type instanceof ArrowType.LargeList
                || type instanceof ArrowType.FixedSizeList;
    }

    /** Returns whether stored values can be taken for the hinted type without being changed in their meaning. */
    private static boolean fits(SchemaNode.Leaf leaf, Field hint) {
        ArrowType type = hint.getType();
        ArrowType stored = leaf.field().getType();
        return switch (leaf.physicalType()) {
            case BOOLEAN, FLOAT, DOUBLE -> false;
            case INT96 -> type instanceof ArrowType.Timestamp;
            case INT32 ->
                stored instanceof ArrowType.Int
                                && type instanceof ArrowType.Int
                                && VectorKind.of(hint) == VectorKind.INT
                        || type instanceof ArrowType.Null
                        || (stored instanceof ArrowType.Date && type instanceof ArrowType.Date)
                        || (stored instanceof ArrowType.Time && type instanceof ArrowType.Time);
            case INT64 ->
                stored instanceof ArrowType.Int integer
                                && integer.getIsSigned()
                                && (type instanceof ArrowType.Duration
                                        || (type instanceof ArrowType.Int unsigned
                                                && !unsigned.getIsSigned()
                                                && unsigned.getBitWidth() == 32))
                        || (stored instanceof ArrowType.Time && type instanceof ArrowType.Time)
                        || (stored instanceof ArrowType.Timestamp && type instanceof ArrowType.Timestamp);
            case BYTE_ARRAY -> !(stored instanceof ArrowType.Decimal) && isBytes(type);
            case FIXED_LEN_BYTE_ARRAY ->
                stored instanceof ArrowType.Decimal stored1
                        && type instanceof ArrowType.Decimal decimal
                        && stored1.getPrecision() == decimal.getPrecision()
                        && stored1.getScale() == decimal.getScale();
        };
    }

    private static boolean isBytes(ArrowType type) {
        return switch (type.getTypeID()) {
            case Utf8, LargeUtf8, Utf8View, Binary, LargeBinary, BinaryView -> true;
            default -> false;
        };
    }

    private static Field with(Field hint, Field stored, ArrowType type, List<Field> children) {
        FieldType fieldType = new FieldType(stored.isNullable(), type, hint.getDictionary(), hint.getMetadata());
        return new Field(hint.getName(), fieldType, children);
    }
}
