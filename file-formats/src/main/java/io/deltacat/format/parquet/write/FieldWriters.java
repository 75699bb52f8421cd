package io.deltacat.format.parquet.write;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.Type;

/** Makes the writers of all fields of a schema, and their stored columns. Used once per file. */
final class FieldWriters {
    private static final long DAY_MILLIS = 86_400_000;

    private final Iterator<LeafSpec> specs;
    private final Supplier<PageWriter> pages;
    private final int pageBytes;
    private final List<LeafWriter> leaves = new ArrayList<>();

    private FieldWriters(List<LeafSpec> specs, Supplier<PageWriter> pages, int pageBytes) {
        this.specs = specs.iterator();
        this.pages = pages;
        this.pageBytes = pageBytes;
    }

    /**
     * The result.
     *
     * @param fields writers of the top-level fields, in order
     * @param leaves their stored columns, depth first
     * @param <R> class of the rows
     */
    record Made<R>(List<FieldWriter<R>> fields, List<LeafWriter> leaves) {
        Made {
            fields = List.copyOf(fields);
            leaves = List.copyOf(leaves);
        }
    }

    /**
     * Makes the writers.
     *
     * @param schema the columns
     * @param specs the stored columns that {@link SchemaEncoder} found for it
     * @param rows how to get values out of a row
     * @param pages makes the page writer of a stored column
     * @param pageBytes bytes of values of a page
     */
    static <R> Made<R> make(
            Schema schema, List<LeafSpec> specs, RowAccessor<R> rows, Supplier<PageWriter> pages, int pageBytes) {
        FieldWriters writers = new FieldWriters(specs, pages, pageBytes);
        List<FieldWriter<R>> fields = new ArrayList<>();
        for (int i = 0; i < schema.getFields().size(); i++) {
            Field field = schema.getFields().get(i);
            fields.add(writers.field(field, rows, i, field.getName(), field.isNullable(), 0, 0));
        }
        return new Made<>(fields, writers.leaves);
    }

    private <R> FieldWriter<R> field(
            Field field,
            RowAccessor<R> rows,
            int column,
            String path,
            boolean nullable,
            int repetition,
            int definition) {
        int present = definition + (nullable ? 1 : 0);
        return switch (VectorKind.of(field)) {
            case STRUCT -> {
                RowAccessor<Object> inner = rows.structAccessor(column);
                List<FieldWriter<Object>> children = new ArrayList<>();
                for (int i = 0; i < field.getChildren().size(); i++) {
                    Field child = field.getChildren().get(i);
                    String childPath = path + "." + child.getName();
                    children.add(field(child, inner, i, childPath, child.isNullable(), repetition, present));
                }
                yield new NestedFieldWriter.OfStruct<>(rows, path, nullable, present, children);
            }
            case LIST -> {
                ListAccessor lists = rows.listAccessor(column);
                Field item = field.getChildren().get(0);
                FieldWriter<Object> element =
                        field(item, lists, 0, path + ".list.element", item.isNullable(), repetition + 1, present + 1);
                int fixedSize = field.getType() instanceof ArrowType.FixedSizeList fixed ? fixed.getListSize() : -1;
                yield new NestedFieldWriter.OfList<>(
                        rows, lists, path, nullable, present, repetition + 1, fixedSize, element);
            }
            case MAP -> {
                MapAccessor maps = rows.mapAccessor(column);
                List<Field> entry = field.getChildren().get(0).getChildren();
                String entryPath = path + ".key_value.";
                FieldWriter<Object> key = field(
                        entry.get(0), maps.keyAccessor(), 0, entryPath + "key", false, repetition + 1, present + 1);
                FieldWriter<Object> value = field(
                        entry.get(1),
                        maps.valueAccessor(),
                        0,
                        entryPath + "value",
                        entry.get(1).isNullable(),
                        repetition + 1,
                        present + 1);
                yield new NestedFieldWriter.OfMap<>(rows, maps, path, nullable, present, repetition + 1, key, value);
            }
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES -> leaf(field.getType(), rows, specs.next());
        };
    }

    private <R> FieldWriter<R> leaf(ArrowType type, RowAccessor<R> rows, LeafSpec spec) {
        boolean unsigned = type instanceof ArrowType.Int integer && !integer.getIsSigned();
        return switch (spec.type()) {
            case BOOLEAN ->
                new LeafFieldWriter.OfBoolean<>(
                        rows, add(new PrimitiveLeafWriter.Booleans(spec, pages.get(), pageBytes)), spec);
            case INT32 ->
                intLeaf(type, rows, add(new PrimitiveLeafWriter.Ints(spec, pages.get(), pageBytes, unsigned)), spec);
            case INT64 ->
                longLeaf(type, rows, add(new PrimitiveLeafWriter.Longs(spec, pages.get(), pageBytes, unsigned)), spec);
            case FLOAT ->
                new LeafFieldWriter.OfFloat<>(
                        rows, add(new PrimitiveLeafWriter.Floats(spec, pages.get(), pageBytes)), spec);
            case DOUBLE ->
                new LeafFieldWriter.OfDouble<>(
                        rows, add(new PrimitiveLeafWriter.Doubles(spec, pages.get(), pageBytes)), spec);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> bytesLeaf(type, rows, spec);
            case INT96 -> throw new IllegalStateException("INT96 is never written");
        };
    }

    private static <R> FieldWriter<R> intLeaf(
            ArrowType type, RowAccessor<R> rows, PrimitiveLeafWriter.Ints leaf, LeafSpec spec) {
        if (type instanceof ArrowType.Decimal decimal) {
            return new LeafFieldWriter.OfNarrowLong<>(rows, leaf, spec, 1, powerOfTen(decimal.getPrecision()) - 1);
        }
        if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
            return new LeafFieldWriter.OfNarrowLong<>(rows, leaf, spec, DAY_MILLIS, Integer.MAX_VALUE);
        }
        if (type instanceof ArrowType.Time time && time.getUnit() == TimeUnit.SECOND) {
            return new LeafFieldWriter.OfScaledInt<>(rows, leaf, spec, 1000);
        }
        if (type instanceof ArrowType.Int integer) {
            int bits = integer.getBitWidth();
            if (bits < 32) {
                int max = (1 << (integer.getIsSigned() ? bits - 1 : bits)) - 1;
                return new LeafFieldWriter.OfInt<>(rows, leaf, spec, integer.getIsSigned() ? -max - 1 : 0, max);
            }
            if (!integer.getIsSigned()) {
                return new UnsignedIntWriter<>(rows, leaf, spec);
            }
        }
        return new LeafFieldWriter.OfInt<>(rows, leaf, spec, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static <R> FieldWriter<R> longLeaf(
            ArrowType type, RowAccessor<R> rows, PrimitiveLeafWriter.Longs leaf, LeafSpec spec) {
        if (type instanceof ArrowType.Decimal decimal) {
            return new LeafFieldWriter.OfLimitedLong<>(rows, leaf, spec, 1, powerOfTen(decimal.getPrecision()) - 1);
        }
        if (type instanceof ArrowType.Timestamp timestamp && timestamp.getUnit() == TimeUnit.SECOND) {
            return new LeafFieldWriter.OfLimitedLong<>(rows, leaf, spec, 1000, Long.MAX_VALUE / 1000);
        }
        return new LeafFieldWriter.OfLong<>(rows, leaf, spec);
    }

    private <R> FieldWriter<R> bytesLeaf(ArrowType type, RowAccessor<R> rows, LeafSpec spec) {
        LeafWriter.BoundsFactory bounds = () -> new Bounds.OfBytes(type instanceof ArrowType.Decimal);
        if (type instanceof ArrowType.FloatingPoint) {
            bounds = Bounds.None::new;
        }
        BytesLeafWriter leaf = add(new BytesLeafWriter(spec, pages.get(), pageBytes, bounds));
        if (type instanceof ArrowType.Decimal decimal) {
            return new WideDecimalWriter<>(rows, leaf, spec, decimal.getPrecision());
        }
        if (type instanceof ArrowType.FloatingPoint) {
            return new HalfFloatWriter<>(rows, leaf, spec);
        }
        return spec.type() == Type.FIXED_LEN_BYTE_ARRAY
                ? new LeafFieldWriter.OfFixedBytes<>(rows, leaf, spec)
                : new LeafFieldWriter.OfBytes<>(rows, leaf, spec);
    }

    private <W extends LeafWriter> W add(W leaf) {
        leaves.add(leaf);
        return leaf;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
