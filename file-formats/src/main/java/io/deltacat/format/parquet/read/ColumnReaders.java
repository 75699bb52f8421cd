package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.parquet.schema.FileSchema;
import io.deltacat.format.parquet.schema.SchemaNode;
import io.deltacat.format.schema.DefaultValues;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Matches the wanted columns with those of a file, by name, and makes their readers. Used once per open file. */
final class ColumnReaders {
    private final String file;
    private final Map<Integer, NestedLeaf> nestedLeaves = new LinkedHashMap<>();
    private final List<Integer> leaves = new ArrayList<>();

    private ColumnReaders(String file) {
        this.file = file;
    }

    /**
     * The readers of a file.
     *
     * @param columns one reader per wanted column, in order
     * @param leaves indexes of the stored columns they read
     */
    record Selection(List<ColumnReader> columns, List<Integer> leaves) {
        Selection {
            columns = List.copyOf(columns);
            leaves = List.copyOf(leaves);
        }
    }

    /**
     * Makes the readers.
     *
     * @param file location of the file
     * @param schema columns of the file
     * @param wanted wanted columns
     * @throws FormatException.MissingColumn if a column is missing and may not be
     * @throws FormatException.IncompatibleType if a column cannot be read as wanted
     * @throws FormatException.UnsupportedType if a wanted type has no vector
     */
    static Selection select(String file, FileSchema schema, Schema wanted) {
        ColumnReaders readers = new ColumnReaders(file);
        Map<String, SchemaNode> byName = new HashMap<>();
        schema.columns().forEach(node -> byName.put(node.field().getName(), node));
        List<ColumnReader> columns = new ArrayList<>();
        for (Field field : wanted.getFields()) {
            columns.add(readers.column(byName.get(field.getName()), field));
        }
        return new Selection(columns, readers.leaves);
    }

    private ColumnReader column(@Nullable SchemaNode node, Field wanted) {
        if (node == null) {
            return missing(wanted, wanted.getName());
        }
        if (node instanceof SchemaNode.Leaf leaf) {
            Conversion conversion = Conversions.find(file, leaf, wanted).orElse(null);
            leaves.add(leaf.index());
            return new FlatColumnReader(file, leaf, conversion);
        }
        nestedLeaves.clear();
        NodeAssembler root = assembler(node, wanted, wanted.getName());
        leaves.addAll(nestedLeaves.keySet());
        return new NestedColumnReader(List.copyOf(nestedLeaves.values()), root);
    }

    private ConstantColumnReader missing(Field wanted, String path) {
        Object value = DefaultValues.pastDefault(wanted).orElse(null);
        if (value == null && !wanted.isNullable()) {
            throw new FormatException.MissingColumn(file, path);
        }
        VectorKind.of(wanted); // refuses types that have no vector
        return new ConstantColumnReader(value);
    }

    private NodeAssembler assembler(SchemaNode node, Field wanted, String path) {
        if (node instanceof SchemaNode.Leaf leaf) {
            return new NodeAssembler.OfLeaf(
                    nestedLeaf(leaf), Conversions.find(file, leaf, wanted).orElse(null));
        }
        VectorKind kind = VectorKind.of(wanted);
        if (node instanceof SchemaNode.Struct struct && kind == VectorKind.STRUCT) {
            return struct(struct, wanted, path);
        }
        if (node instanceof SchemaNode.ListOf list && kind == VectorKind.LIST) {
            Field element = wanted.getChildren().get(0);
            NodeAssembler elements = assembler(list.element(), element, path + "." + element.getName());
            return new NodeAssembler.OfList(list, anyLeafOf(list), elements);
        }
        if (node instanceof SchemaNode.MapOf map && kind == VectorKind.MAP) {
            List<Field> entry = wanted.getChildren().get(0).getChildren();
            NodeAssembler keys =
                    assembler(map.key(), entry.get(0), path + "." + entry.get(0).getName());
            NodeAssembler values = assembler(
                    map.value(), entry.get(1), path + "." + entry.get(1).getName());
            return new NodeAssembler.OfMap(map, anyLeafOf(map), keys, values);
        }
        throw new FormatException.IncompatibleType(
                file, path, TypeNames.displayName(node.field()), TypeNames.displayName(wanted));
    }

    private NodeAssembler struct(SchemaNode.Struct struct, Field wanted, String path) {
        Map<String, SchemaNode> byName = new HashMap<>();
        struct.children().forEach(child -> byName.put(child.field().getName(), child));
        List<NodeAssembler> children = new ArrayList<>();
        for (Field field : wanted.getChildren()) {
            SchemaNode child = byName.get(field.getName());
            String childPath = path + "." + field.getName();
            children.add(
                    child == null
                            ? new NodeAssembler.OfMissing(missing(field, childPath))
                            : assembler(child, field, childPath));
        }
        return new NodeAssembler.OfStruct(struct, anyLeafOf(struct), children);
    }

    /** Returns a leaf below a node that is read anyway, or else its first one: every leaf knows the levels above it. */
    private NestedLeaf anyLeafOf(SchemaNode node) {
        int first = node.firstLeaf().index();
        for (Map.Entry<Integer, NestedLeaf> read : nestedLeaves.entrySet()) {
            if (read.getKey() >= first && isBelow(node, read.getValue().leaf())) {
                return read.getValue();
            }
        }
        return nestedLeaf(node.firstLeaf());
    }

    private static boolean isBelow(SchemaNode node, SchemaNode.Leaf leaf) {
        if (node instanceof SchemaNode.Struct struct) {
            return struct.children().stream().anyMatch(child -> isBelow(child, leaf));
        }
        if (node instanceof SchemaNode.ListOf list) {
            return isBelow(list.element(), leaf);
        }
        if (node instanceof SchemaNode.MapOf map) {
            return isBelow(map.key(), leaf) || isBelow(map.value(), leaf);
        }
        return ((SchemaNode.Leaf) node).index() == leaf.index();
    }

    private NestedLeaf nestedLeaf(SchemaNode.Leaf leaf) {
        return nestedLeaves.computeIfAbsent(leaf.index(), index -> new NestedLeaf(file, leaf));
    }
}
