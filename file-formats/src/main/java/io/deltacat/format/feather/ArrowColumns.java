package io.deltacat.format.feather;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.convert.Narrowing;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Builds the columns of a file for the wanted types. Used once per file. */
final class ArrowColumns {

    /** Finds the values of a dictionary. */
    interface Dictionaries {

        /**
         * Returns the values.
         *
         * @param id id of the dictionary
         * @param values decodes them
         * @param target an empty vector of the wanted type, to be filled
         */
        void read(long id, ArrowColumn values, ColumnVector target) throws IOException;
    }

    private final String file;
    private final Dictionaries dictionaries;

    ArrowColumns(String file, Dictionaries dictionaries) {
        this.file = file;
        this.dictionaries = dictionaries;
    }

    /**
     * Returns the reader of a column.
     *
     * @param stored the column in the file
     * @param wanted the field to read it as
     * @param path dotted path, for messages
     * @throws FormatException.IncompatibleType if values could be lost
     * @throws FormatException.UnsupportedType if no vector carries the stored type
     */
    ArrowColumn of(Field stored, Field wanted, String path) throws IOException {
        requireVector(wanted, path);
        DictionaryEncoding coding = stored.getDictionary();
        if (coding == null) {
            return plain(stored, wanted, path);
        }
        switch (VectorKind.of(wanted)) {
            case LIST, MAP, STRUCT ->
                throw new FormatException.UnsupportedType(
                        file, path, "dictionary of nested values", "Write the column without a dictionary.");
            case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES -> {}
        }
        Field valueField =
                new Field(stored.getName(), new FieldType(true, stored.getType(), null), stored.getChildren());
        ColumnVector values = ColumnVector.forField(wanted);
        dictionaries.read(coding.getId(), plain(valueField, wanted, path), values);
        ArrowType.Int index = coding.getIndexType() == null ? new ArrowType.Int(32, true) : coding.getIndexType();
        ScalarColumn.Whole indexes =
                new ScalarColumn.Whole(index.getBitWidth() / 8, index.getIsSigned(), (vector, row, value) -> {});
        return new CodedColumn(indexes, values);
    }

    private ArrowColumn plain(Field stored, Field wanted, String path) throws IOException {
        ArrowType from = stored.getType();
        requireVector(stored, path);
        Optional<ArrowColumn> column = switch (from.getTypeID()) {
            case Null -> Optional.of(new ScalarColumn.Nothing());
            case Bool ->
                wanted.getType() instanceof ArrowType.Bool ? Optional.of(new ScalarColumn.Bits()) : Optional.empty();
            case Int, Date, Time, Timestamp, Duration ->
                ValueConversions.whole(from, wanted, Narrowing.REFUSED)
                        .map(setter -> new ScalarColumn.Whole(width(from), isSigned(from), setter));
            case FloatingPoint -> {
                ArrowType.FloatingPoint floating = (ArrowType.FloatingPoint) from;
                yield ValueConversions.real(floating.getPrecision(), wanted)
                        .map(setter -> new ScalarColumn.Real(floating.getPrecision(), setter));
            }
            case Decimal -> {
                ArrowType.Decimal decimal = (ArrowType.Decimal) from;
                yield ValueConversions.decimal(decimal, wanted)
                        .map(setter -> new ScalarColumn.Decimals(decimal.getBitWidth() / 8, setter));
            }
            case Utf8, Binary -> bytes(from, wanted, new BytesColumn.Offsets(Integer.BYTES, wanted));
            case LargeUtf8, LargeBinary -> bytes(from, wanted, new BytesColumn.Offsets(Long.BYTES, wanted));
            case Utf8View, BinaryView -> bytes(from, wanted, new BytesColumn.Views(wanted));
            case FixedSizeBinary -> {
                int size = ((ArrowType.FixedSizeBinary) from).getByteWidth();
                yield bytes(from, wanted, new ScalarColumn.FixedBytes(size, wanted));
            }
            case List, LargeList, FixedSizeList -> list(stored, wanted, path);
            case Map -> map(stored, wanted, path);
            case Struct -> struct(stored, wanted, path);
            default -> Optional.empty();
        };
        return column.orElseThrow(() -> new FormatException.IncompatibleType(
                file, path, TypeNames.displayName(stored), TypeNames.displayName(wanted)));
    }

    private void requireVector(Field field, String path) {
        try {
            VectorKind.of(field);
        } catch (FormatException.UnsupportedType e) {
            throw new FormatException.UnsupportedType(
                    file, path, field.getType().toString(), "Write the column as a scalar, list, map or struct.");
        }
    }

    private static Optional<ArrowColumn> bytes(ArrowType from, Field wanted, ArrowColumn column) {
        return ValueConversions.isBytes(from, wanted) ? Optional.of(column) : Optional.empty();
    }

    private Optional<ArrowColumn> list(Field stored, Field wanted, String path) throws IOException {
        int wantedSize;
        switch (wanted.getType().getTypeID()) {
            case List, LargeList -> wantedSize = -1;
            case FixedSizeList -> wantedSize = ((ArrowType.FixedSizeList) wanted.getType()).getListSize();
            default -> {
                return Optional.empty();
            }
        }
        Field storedElement = stored.getChildren().get(0);
        ArrowColumn element = of(storedElement, wanted.getChildren().get(0), path + "." + storedElement.getName());
        if (stored.getType() instanceof ArrowType.FixedSizeList fixed) {
            return Optional.of(new NestedColumn.FixedLists(fixed.getListSize(), element, wantedSize));
        }
        int offsetWidth = stored.getType() instanceof ArrowType.LargeList ? Long.BYTES : Integer.BYTES;
        return Optional.of(new NestedColumn.Lists(offsetWidth, element, wantedSize));
    }

    private Optional<ArrowColumn> map(Field stored, Field wanted, String path) throws IOException {
        if (!(wanted.getType() instanceof ArrowType.Map)) {
            return Optional.empty();
        }
        List<Field> from = stored.getChildren().get(0).getChildren();
        List<Field> to = wanted.getChildren().get(0).getChildren();
        ArrowColumn key = of(from.get(0), to.get(0), path + ".key");
        ArrowColumn value = of(from.get(1), to.get(1), path + ".value");
        return Optional.of(new NestedColumn.Maps(key, value));
    }

    private Optional<ArrowColumn> struct(Field stored, Field wanted, String path) throws IOException {
        if (!(wanted.getType() instanceof ArrowType.Struct)) {
            return Optional.empty();
        }
        List<Field> from = stored.getChildren();
        List<Field> to = wanted.getChildren();
        ArrowColumn[] children = new ArrowColumn[from.size()];
        int[] wantedOfStored = new int[from.size()];
        boolean[] taken = new boolean[to.size()];
        for (int i = 0; i < children.length; i++) {
            wantedOfStored[i] = -1;
            for (int j = 0; j < taken.length && wantedOfStored[i] < 0; j++) {
                if (!taken[j] && to.get(j).getName().equals(from.get(i).getName())) {
                    taken[j] = true;
                    wantedOfStored[i] = j;
                }
            }
            children[i] = wantedOfStored[i] < 0
                    ? new ScalarColumn.Nothing()
                    : of(
                            from.get(i),
                            to.get(wantedOfStored[i]),
                            path + "." + from.get(i).getName());
        }
        return Optional.of(new NestedColumn.Structs(from, children, wantedOfStored));
    }

    private static boolean isSigned(ArrowType type) {
        return !(type instanceof ArrowType.Int integer) || integer.getIsSigned();
    }

    private static int width(ArrowType type) {
        return switch (type.getTypeID()) {
            case Int -> ((ArrowType.Int) type).getBitWidth() / 8;
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? 4 : 8;
            case Time -> ((ArrowType.Time) type).getBitWidth() / 8;
            default -> 8;
        };
    }
}
