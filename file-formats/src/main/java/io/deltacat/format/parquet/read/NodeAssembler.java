package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.ListVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.MapVector;
import io.deltacat.format.batch.StructVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.schema.SchemaNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the vector of one node of a nested column from level entries. A node has a slot for each entry that repeats at
 * its own level or above it, and is defined at its slot's level. Confined to one thread.
 */
abstract sealed class NodeAssembler {

    /**
     * Fills a vector.
     *
     * @param target the vector; what it held is gone
     * @param slots number of slots that the node above has for this one
     */
    abstract void assemble(ColumnVector target, int slots);

    private static void checkSlots(SchemaNode node, int found, int expected) {
        if (found != expected) {
            throw new MalformedDataException("field '" + node.field().getName() + "' has " + found
                    + " entries where the fields beside it have " + expected);
        }
    }

    /** Marks which slots are null. */
    private static void assembleNulls(SchemaNode node, NestedLeaf levels, ColumnVector target, int slots) {
        int[] repetitions = levels.repetitions();
        int[] definitions = levels.definitions();
        int slot = 0;
        for (int i = 0, n = levels.count(); i < n; i++) {
            if (repetitions[i] <= node.repetition() && definitions[i] >= node.slotDefinition()) {
                if (slot < slots && definitions[i] < node.presentDefinition()) {
                    target.setNull(slot);
                }
                slot++;
            }
        }
        checkSlots(node, slot, slots);
    }

    /** Fills the offsets of a list or map and returns the number of its elements. */
    private static int assembleOffsets(SchemaNode node, NestedLeaf levels, int[] offsets, int slots) {
        int[] repetitions = levels.repetitions();
        int[] definitions = levels.definitions();
        int elementDefinition = node.presentDefinition() + 1;
        int slot = 0;
        int elements = 0;
        for (int i = 0, n = levels.count(); i < n; i++) {
            if (repetitions[i] <= node.repetition() && definitions[i] >= node.slotDefinition()) {
                if (slot < slots) {
                    offsets[slot] = elements;
                }
                slot++;
            }
            if (repetitions[i] <= node.repetition() + 1 && definitions[i] >= elementDefinition) {
                elements++;
            }
        }
        checkSlots(node, slot, slots);
        offsets[slots] = elements;
        return elements;
    }

    /** A stored column. */
    static final class OfLeaf extends NodeAssembler {
        private final NestedLeaf leaf;
        private final @Nullable Conversion conversion;
        private final @Nullable ColumnVector stored;

        OfLeaf(NestedLeaf leaf, @Nullable Conversion conversion) {
            this.leaf = leaf;
            this.conversion = conversion;
            this.stored = conversion == null ? null : leaf.valueReader().newVector();
        }

        @Override
        void assemble(ColumnVector target, int slots) {
            ColumnVector spread = stored == null ? target : stored;
            spread.reset(slots);
            assembleNulls(leaf.leaf(), leaf, spread, slots);
            copyValues(spread, slots);
            if (conversion != null) {
                target.reset(slots);
                target.copyNulls(spread);
                conversion.convert(spread, target);
            }
        }

        private void copyValues(ColumnVector spread, int slots) {
            int present = leaf.valueCount();
            if (present > slots) {
                throw new MalformedDataException(present + " values in " + slots + " entries");
            }
            VectorCopy.copy(leaf.values(), spread, present);
            if (present < slots) {
                leaf.valueReader().spread(spread, 0, slots, present);
            }
        }
    }

    /** A field the file does not have: null, or a default, in every slot. */
    static final class OfMissing extends NodeAssembler {
        private final ConstantColumnReader constant;

        OfMissing(ConstantColumnReader constant) {
            this.constant = constant;
        }

        @Override
        void assemble(ColumnVector target, int slots) {
            constant.read(target, slots);
        }
    }

    /** A struct. */
    static final class OfStruct extends NodeAssembler {
        private final SchemaNode node;
        private final NestedLeaf levels;
        private final List<NodeAssembler> children;

        OfStruct(SchemaNode node, NestedLeaf levels, List<NodeAssembler> children) {
            this.node = node;
            this.levels = levels;
            this.children = List.copyOf(children);
        }

        @Override
        void assemble(ColumnVector target, int slots) {
            StructVector struct = (StructVector) target;
            struct.reset(slots);
            assembleNulls(node, levels, struct, slots);
            for (int i = 0; i < children.size(); i++) {
                children.get(i).assemble(struct.child(i), slots);
            }
        }
    }

    /** A list. */
    static final class OfList extends NodeAssembler {
        private final SchemaNode node;
        private final NestedLeaf levels;
        private final NodeAssembler element;

        OfList(SchemaNode node, NestedLeaf levels, NodeAssembler element) {
            this.node = node;
            this.levels = levels;
            this.element = element;
        }

        @Override
        void assemble(ColumnVector target, int slots) {
            ListVector list = (ListVector) target;
            list.reset(slots);
            assembleNulls(node, levels, list, slots);
            element.assemble(list.elements(), assembleOffsets(node, levels, list.offsets(), slots));
        }
    }

    /** A map. */
    static final class OfMap extends NodeAssembler {
        private final SchemaNode node;
        private final NestedLeaf levels;
        private final NodeAssembler key;
        private final NodeAssembler value;

        OfMap(SchemaNode node, NestedLeaf levels, NodeAssembler key, NodeAssembler value) {
            this.node = node;
            this.levels = levels;
            this.key = key;
            this.value = value;
        }

        @Override
        void assemble(ColumnVector target, int slots) {
            MapVector map = (MapVector) target;
            map.reset(slots);
            assembleNulls(node, levels, map, slots);
            int entries = assembleOffsets(node, levels, map.offsets(), slots);
            key.assemble(map.keys(), entries);
            value.assemble(map.values(), entries);
        }
    }

    /** Copies the first rows of a vector into another of the same class. */
    private static final class VectorCopy {
        private VectorCopy() {}

        static void copy(ColumnVector from, ColumnVector to, int rows) {
            if (from instanceof BytesVector source && to instanceof BytesVector target) {
                copyBytes(source, target, rows);
            } else {
                System.arraycopy(array(from), 0, array(to), 0, rows);
            }
        }

        private static void copyBytes(BytesVector source, BytesVector target, int rows) {
            target.usePlain();
            if (source.dictionary() != null && rows > 0) {
                target.useDictionary(source.dictionary());
                System.arraycopy(source.ids(), 0, target.ids(), 0, rows);
            } else if (rows > 0) {
                int bytes = source.offsets()[rows];
                System.arraycopy(source.offsets(), 0, target.offsets(), 0, rows + 1);
                System.arraycopy(source.data(), 0, target.buffer(bytes), 0, bytes);
            }
        }

        private static Object array(ColumnVector vector) {
            if (vector instanceof IntVector ints) {
                return ints.values();
            }
            if (vector instanceof LongVector longs) {
                return longs.values();
            }
            if (vector instanceof DoubleVector doubles) {
                return doubles.values();
            }
            if (vector instanceof FloatVector floats) {
                return floats.values();
            }
            return ((BooleanVector) vector).values();
        }
    }
}
