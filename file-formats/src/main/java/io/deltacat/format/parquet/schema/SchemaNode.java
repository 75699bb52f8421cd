package io.deltacat.format.parquet.schema;

import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.parquet.format.Type;

/**
 * A field of a Parquet schema together with the levels at which it exists, in the sense of the Dremel encoding. Each entry
 * of a leaf's level streams that repeats at {@link #repetition()} or below, and is defined at {@link #slotDefinition()} or
 * above, is one slot of the node; the slot is not null if it is defined at {@link #presentDefinition()} or above. Immutable.
 */
public abstract sealed class SchemaNode {
    private final Field field;
    private final int slotDefinition;
    private final int presentDefinition;
    private final int repetition;

    SchemaNode(Field field, int slotDefinition, int presentDefinition, int repetition) {
        this.field = field;
        this.slotDefinition = slotDefinition;
        this.presentDefinition = presentDefinition;
        this.repetition = repetition;
    }

    /** Returns name, nullability and Arrow type of the field. */
    public final Field field() {
        return field;
    }

    /** Returns the definition level from which on the enclosing list element or row exists. */
    public final int slotDefinition() {
        return slotDefinition;
    }

    /** Returns the definition level from which on the field is not null. */
    public final int presentDefinition() {
        return presentDefinition;
    }

    /** Returns the number of lists and maps around the field, not counting itself. */
    public final int repetition() {
        return repetition;
    }

    /** Returns the first leaf at or below this node; its levels tell where all nodes above it exist. */
    public abstract Leaf firstLeaf();

    /** A stored column. */
    public static final class Leaf extends SchemaNode {
        private final ArrowType storedType;
        private final int index;
        private final Type physicalType;
        private final int typeLength;
        private final List<String> path;

        Leaf(
                Field field,
                ArrowType storedType,
                int slotDefinition,
                int presentDefinition,
                int repetition,
                int index,
                Type physicalType,
                int typeLength,
                List<String> path) {
            super(field, slotDefinition, presentDefinition, repetition);
            this.storedType = storedType;
            this.index = index;
            this.physicalType = physicalType;
            this.typeLength = typeLength;
            this.path = List.copyOf(path);
        }

        /**
         * Returns the Arrow type that the stored values have by themselves. It differs from the field's where Parquet lacks
         * a type and the writer said in the file's metadata what it meant.
         */
        public ArrowType storedType() {
            return storedType;
        }

        /** Returns the position among the stored columns of a row group. */
        public int index() {
            return index;
        }

        /** Returns how the values are stored. */
        public Type physicalType() {
            return physicalType;
        }

        /** Returns the bytes of each value of a fixed-length type, else 0. */
        public int typeLength() {
            return typeLength;
        }

        /** Returns the names from the root to the column, repeated groups included. */
        public List<String> path() {
            return path;
        }

        /** Returns the path as it appears in messages. */
        public String dottedPath() {
            return String.join(".", path);
        }

        /** Returns whether the column is neither in a list nor below an optional struct. */
        public boolean isFlat() {
            return repetition() == 0 && slotDefinition() == 0 && presentDefinition() <= 1 && path.size() == 1;
        }

        @Override
        public Leaf firstLeaf() {
            return this;
        }

        /** Returns the same column with another Arrow field. */
        Leaf withField(Field other) {
            return new Leaf(
                    other,
                    storedType,
                    slotDefinition(),
                    presentDefinition(),
                    repetition(),
                    index,
                    physicalType,
                    typeLength,
                    path);
        }
    }

    /** A struct. */
    public static final class Struct extends SchemaNode {
        private final List<SchemaNode> children;

        Struct(Field field, int slotDefinition, int presentDefinition, int repetition, List<SchemaNode> children) {
            super(field, slotDefinition, presentDefinition, repetition);
            this.children = List.copyOf(children);
        }

        /** Returns the struct's fields, one or more. */
        public List<SchemaNode> children() {
            return children;
        }

        @Override
        public Leaf firstLeaf() {
            return children.get(0).firstLeaf();
        }
    }

    /** A list; its elements exist from definition level {@code presentDefinition() + 1} on. */
    public static final class ListOf extends SchemaNode {
        private final SchemaNode element;

        ListOf(Field field, int slotDefinition, int presentDefinition, int repetition, SchemaNode element) {
            super(field, slotDefinition, presentDefinition, repetition);
            this.element = element;
        }

        /** Returns the elements' node. */
        public SchemaNode element() {
            return element;
        }

        @Override
        public Leaf firstLeaf() {
            return element.firstLeaf();
        }
    }

    /** A map; its entries exist from definition level {@code presentDefinition() + 1} on. */
    public static final class MapOf extends SchemaNode {
        private final SchemaNode key;
        private final SchemaNode value;

        MapOf(
                Field field,
                int slotDefinition,
                int presentDefinition,
                int repetition,
                SchemaNode key,
                SchemaNode value) {
            super(field, slotDefinition, presentDefinition, repetition);
            this.key = key;
            this.value = value;
        }

        /** Returns the keys' node. */
        public SchemaNode key() {
            return key;
        }

        /** Returns the values' node. */
        public SchemaNode value() {
            return value;
        }

        @Override
        public Leaf firstLeaf() {
            return key.firstLeaf();
        }
    }
}
