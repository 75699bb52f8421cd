package io.deltacat.format.parquet.schema;

import io.deltacat.format.parquet.codec.MalformedDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/**
 * Turns the flattened schema of a Parquet footer into nodes, with the format's rules for lists and maps of older writers.
 * Used once per file.
 */
public final class SchemaDecoder {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_FIXED_LENGTH = 1 << 24;

    private final List<SchemaElement> elements;
    private final List<SchemaNode.Leaf> leaves = new ArrayList<>();
    private int next;

    private SchemaDecoder(List<SchemaElement> elements) {
        this.elements = elements;
    }

    /**
     * Decodes a schema.
     *
     * @param elements the footer's list, root first
     * @throws MalformedDataException if the list is not a tree of known types
     */
    public static FileSchema decode(List<SchemaElement> elements) {
        return new SchemaDecoder(elements).decode();
    }

    private FileSchema decode() {
        SchemaElement root = take();
        List<SchemaNode> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        Map<String, SchemaNode> byName = new HashMap<>();
        for (int i = 0; i < root.getNum_children(); i++) {
            SchemaNode column = node(0, 0, 0, List.of());
            columns.add(column);
            fields.add(column.field());
            if (byName.put(column.field().getName(), column) != null) {
                throw new MalformedDataException(
                        "two columns are named '" + column.field().getName() + "'");
            }
        }
        if (next != elements.size()) {
            throw new MalformedDataException("the schema lists " + elements.size() + " elements, its tree has " + next);
        }
        return new FileSchema(new Schema(fields), columns, leaves);
    }

    private SchemaElement take() {
        if (next >= elements.size()) {
            throw new MalformedDataException("the schema ends after " + elements.size() + " elements");
        }
        return elements.get(next++);
    }

    /**
     * Decodes the next element and all below it.
     *
     * @param slot definition level from which on the enclosing list element or row exists
     * @param definition definition level from which on the enclosing struct is not null
     */
    private SchemaNode node(int slot, int definition, int repetition, List<String> parents) {
        if (parents.size() > MAX_DEPTH) {
            throw new MalformedDataException("the schema is nested deeper than " + MAX_DEPTH);
        }
        SchemaElement element = take();
        if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
            // A repeated field outside of a list or map: a list that is never null, of elements that are never null.
            next--;
            SchemaNode item = repeated(definition, repetition, parents);
            Field field = field(element, false, ArrowType.List.INSTANCE, List.of(item.field()));
            return new SchemaNode.ListOf(field, slot, definition, repetition, item);
        }
        boolean optional = element.getRepetition_type() == FieldRepetitionType.OPTIONAL;
        int present = definition + (optional ? 1 : 0);
        return body(element, optional, slot, present, repetition, append(parents, element));
    }

    /** Decodes a repeated element as the never-null item of the list around it. */
    private SchemaNode repeated(int present, int repetition, List<String> parents) {
        SchemaElement element = take();
        return body(element, false, present + 1, present + 1, repetition + 1, append(parents, element));
    }

    private SchemaNode body(
            SchemaElement element, boolean optional, int slot, int present, int repetition, List<String> path) {
        if (isLeaf(element)) {
            return leaf(element, optional, slot, present, repetition, path);
        }
        if (isList(element)) {
            return list(element, optional, slot, present, repetition, path);
        }
        if (isMap(element)) {
            return map(element, optional, slot, present, repetition, path);
        }
        List<SchemaNode> children = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < element.getNum_children(); i++) {
            SchemaNode child = node(slot, present, repetition, path);
            children.add(child);
            fields.add(child.field());
        }
        Field field = field(element, optional, ArrowType.Struct.INSTANCE, fields);
        return new SchemaNode.Struct(field, slot, present, repetition, children);
    }

    private SchemaNode.Leaf leaf(
            SchemaElement element, boolean optional, int slot, int present, int repetition, List<String> path) {
        int length = 0;
        if (element.getType() == Type.FIXED_LEN_BYTE_ARRAY) {
            length = element.getType_length();
            if (length < 1 || length > MAX_FIXED_LENGTH) {
                throw new MalformedDataException(
                        "column '" + String.join(".", path) + "' has a fixed length of " + length + " bytes");
            }
        } else if (element.getType() == Type.INT96) {
            length = 12;
        }
        ArrowType type = StoredTypes.arrowType(element);
        Field field = field(element, optional, type, List.of());
        SchemaNode.Leaf leaf = new SchemaNode.Leaf(
                field, type, slot, present, repetition, leaves.size(), element.getType(), length, path);
        leaves.add(leaf);
        return leaf;
    }

    private SchemaNode list(
            SchemaElement element, boolean optional, int slot, int present, int repetition, List<String> path) {
        SchemaElement repeated = onlyRepeatedChild(element);
        SchemaNode item;
        if (isItemItself(element, repeated)) {
            item = repeated(present, repetition, path);
        } else {
            take();
            item = node(present + 1, present + 1, repetition + 1, append(path, repeated));
        }
        Field field = field(element, optional, ArrowType.List.INSTANCE, List.of(item.field()));
        return new SchemaNode.ListOf(field, slot, present, repetition, item);
    }

    /** The backward compatibility rules of the format's LogicalTypes page, section "Lists". */
    private boolean isItemItself(SchemaElement list, SchemaElement repeated) {
        return isLeaf(repeated)
                || repeated.getNum_children() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list.getName() + "_tuple")
                || elements.get(next + 1).getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    private SchemaNode map(
            SchemaElement element, boolean optional, int slot, int present, int repetition, List<String> path) {
        SchemaElement entry = onlyRepeatedChild(element);
        if (entry.getNum_children() != 2) {
            throw new MalformedDataException("map '" + String.join(".", path) + "' has entries of "
                    + entry.getNum_children() + " fields, expected a key and a value");
        }
        take();
        List<String> entryPath = append(path, entry);
        SchemaNode key = node(present + 1, present + 1, repetition + 1, entryPath);
        SchemaNode value = node(present + 1, present + 1, repetition + 1, entryPath);
        Field entries = new Field(
                entry.getName(), FieldType.notNullable(ArrowType.Struct.INSTANCE), List.of(key.field(), value.field()));
        Field field = field(element, optional, new ArrowType.Map(false), List.of(entries));
        return new SchemaNode.MapOf(field, slot, present, repetition, key, value);
    }

    private SchemaElement onlyRepeatedChild(SchemaElement group) {
        if (group.getNum_children() != 1
                || next + 1 >= elements.size()
                || elements.get(next).getRepetition_type() != FieldRepetitionType.REPEATED) {
            throw new MalformedDataException(
                    "list or map '" + group.getName() + "' does not have exactly one repeated child");
        }
        return elements.get(next);
    }

    private static boolean isLeaf(SchemaElement element) {
        if (element.isSetType() == element.getNum_children() > 0) {
            throw new MalformedDataException(
                    "field '" + element.getName() + "' is neither a column nor a group of one field or more");
        }
        return element.isSetType();
    }

    private static boolean isList(SchemaElement element) {
        return element.isSetLogicalType()
                ? element.getLogicalType().isSetLIST()
                : element.getConverted_type() == ConvertedType.LIST;
    }

    private static boolean isMap(SchemaElement element) {
        return element.isSetLogicalType()
                ? element.getLogicalType().isSetMAP()
                : element.getConverted_type() == ConvertedType.MAP
                        || element.getConverted_type() == ConvertedType.MAP_KEY_VALUE;
    }

    private static List<String> append(List<String> parents, SchemaElement element) {
        List<String> path = new ArrayList<>(parents);
        path.add(element.getName());
        return path;
    }

    private static Field field(SchemaElement element, boolean nullable, ArrowType type, List<Field> children) {
        return new Field(element.getName(), new FieldType(nullable, type, null), children);
    }
}
