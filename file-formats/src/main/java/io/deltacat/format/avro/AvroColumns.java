package io.deltacat.format.avro;

import io.deltacat.format.FormatException;
import io.deltacat.format.convert.Narrowing;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.avro.Schema;

/** Builds the decoders of a file's columns for the wanted types. Used once per file. */
final class AvroColumns {
    private final String file;

    AvroColumns(String file) {
        this.file = file;
    }

    /**
     * Returns the decoder of a column.
     *
     * @param schema the column's type in the file
     * @param stored the same as an Arrow field
     * @param wanted the field to read it as; may be {@code stored}
     * @param path dotted path, for messages
     * @throws FormatException.IncompatibleType if values could be lost
     */
    AvroColumn of(Schema schema, Field stored, Field wanted, String path) {
        if (schema.getType() == Schema.Type.UNION) {
            Schema type = AvroSchemas.nonNull(schema).orElseThrow(() -> incompatible(stored, wanted, path));
            AvroColumn value = of(type, stored, wanted, path);
            int branches = schema.getTypes().size();
            return new AvroColumn.Optional(value, branches, nullBranch(schema));
        }
        ArrowType from = stored.getType();
        Optional<AvroColumn> column = switch (schema.getType()) {
            case NULL -> Optional.of(new AvroColumn.Nothing());
            case BOOLEAN -> from.equals(wanted.getType()) ? Optional.of(new AvroColumn.Flag()) : Optional.empty();
            case INT, LONG ->
                ValueConversions.whole(from, wanted, Narrowing.CHECKED)
                        .map(setter -> new AvroColumn.Whole(setter, schema.getType() == Schema.Type.INT));
            case FLOAT, DOUBLE ->
                ValueConversions.real(((ArrowType.FloatingPoint) from).getPrecision(), wanted)
                        .map(setter -> new AvroColumn.Real(setter, schema.getType() == Schema.Type.DOUBLE));
            case BYTES, FIXED, STRING -> bytes(schema, from, wanted);
            case ENUM ->
                ValueConversions.isBytes(from, wanted)
                        ? Optional.of(AvroColumn.Symbols.of(schema.getEnumSymbols()))
                        : Optional.empty();
            case ARRAY -> array(schema, stored, wanted, path);
            case MAP -> map(schema, stored, wanted, path);
            case RECORD -> record(schema, stored, wanted, path);
            case UNION -> Optional.empty();
        };
        return column.orElseThrow(() -> incompatible(stored, wanted, path));
    }

    private static Optional<AvroColumn> bytes(Schema schema, ArrowType from, Field wanted) {
        int fixedSize = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        if (from instanceof ArrowType.Decimal decimal) {
            return ValueConversions.decimal(decimal, wanted).map(setter -> new AvroColumn.Decimals(setter, fixedSize));
        }
        return ValueConversions.isBytes(from, wanted)
                ? Optional.of(new AvroColumn.Bytes(wanted, fixedSize))
                : Optional.empty();
    }

    private Optional<AvroColumn> array(Schema schema, Field stored, Field wanted, String path) {
        Field element = stored.getChildren().get(0);
        Schema elementType = schema.getElementType();
        return switch (wanted.getType().getTypeID()) {
            case List, LargeList, FixedSizeList -> {
                int size = wanted.getType() instanceof ArrowType.FixedSizeList fixed ? fixed.getListSize() : -1;
                AvroColumn elements =
                        of(elementType, element, wanted.getChildren().get(0), path + "." + element.getName());
                yield Optional.of(new AvroColumn.Elements(elements, size));
            }
            case Map -> entries(elementType, element, wanted, path);
            default -> Optional.empty();
        };
    }

    private Optional<AvroColumn> entries(Schema elementType, Field element, Field wanted, String path) {
        Schema entry = AvroSchemas.nonNull(elementType).orElse(elementType);
        if (entry.getType() != Schema.Type.RECORD || entry.getFields().size() != 2) {
            return Optional.empty();
        }
        List<Field> storedEntry = element.getChildren();
        List<Field> wantedEntry = wanted.getChildren().get(0).getChildren();
        AvroColumn key = of(entry.getFields().get(0).schema(), storedEntry.get(0), wantedEntry.get(0), path + ".key");
        AvroColumn value =
                of(entry.getFields().get(1).schema(), storedEntry.get(1), wantedEntry.get(1), path + ".value");
        boolean optional = elementType.getType() == Schema.Type.UNION;
        AvroColumn entryKey = optional
                ? new AvroColumn.OptionalKey(key, elementType.getTypes().size(), nullBranch(elementType))
                : key;
        return Optional.of(new AvroColumn.Entries(entryKey, value));
    }

    private Optional<AvroColumn> map(Schema schema, Field stored, Field wanted, String path) {
        if (!(wanted.getType() instanceof ArrowType.Map)) {
            return Optional.empty();
        }
        List<Field> storedEntry = stored.getChildren().get(0).getChildren();
        List<Field> wantedEntry = wanted.getChildren().get(0).getChildren();
        if (!ValueConversions.isBytes(storedEntry.get(0).getType(), wantedEntry.get(0))) {
            return Optional.empty();
        }
        AvroColumn value = of(schema.getValueType(), storedEntry.get(1), wantedEntry.get(1), path + ".value");
        return Optional.of(new AvroColumn.Entries(new AvroColumn.Bytes(wantedEntry.get(0), -1), value));
    }

    private Optional<AvroColumn> record(Schema schema, Field stored, Field wanted, String path) {
        if (!(wanted.getType() instanceof ArrowType.Struct)) {
            return Optional.empty();
        }
        List<AvroColumn> members = new ArrayList<>();
        List<Integer> wantedOfStored = new ArrayList<>();
        for (int i = 0; i < schema.getFields().size(); i++) {
            Field storedMember = stored.getChildren().get(i);
            int index = indexOf(wanted.getChildren(), storedMember.getName());
            Field target = index < 0 ? storedMember : wanted.getChildren().get(index);
            members.add(
                    of(schema.getFields().get(i).schema(), storedMember, target, path + "." + storedMember.getName()));
            wantedOfStored.add(wantedOfStored.contains(index) ? -1 : index);
        }
        return Optional.of(new AvroColumn.Members(members, wantedOfStored));
    }

    private static int indexOf(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static int nullBranch(Schema union) {
        List<Schema> types = union.getTypes();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).getType() == Schema.Type.NULL) {
                return i;
            }
        }
        return -1;
    }

    private FormatException.IncompatibleType incompatible(Field stored, Field wanted, String path) {
        return new FormatException.IncompatibleType(
                file, path, TypeNames.displayName(stored), TypeNames.displayName(wanted));
    }
}
