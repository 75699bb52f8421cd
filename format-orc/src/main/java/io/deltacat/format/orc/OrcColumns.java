package io.deltacat.format.orc;

import io.deltacat.format.FormatException;
import io.deltacat.format.convert.Narrowing;
import io.deltacat.format.convert.ValueConversions;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.schema.TimeUnits;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Finds how stored columns become wanted ones: only where every value keeps its meaning. Used once per open file. */
final class OrcColumns {
    private final String file;

    /**
     * @param file location of the file, for messages
     */
    OrcColumns(String file) {
        this.file = file;
    }

    /**
     * Returns how a column is read.
     *
     * @param stored the column as the file has it
     * @param wanted the field it is to be read as
     * @throws FormatException.IncompatibleType if values could be lost
     */
    OrcColumn of(Field stored, Field wanted) {
        return of(stored, wanted, wanted.getName());
    }

    private OrcColumn of(Field stored, Field wanted, String path) {
        ArrowType from = stored.getType();
        ArrowType to = wanted.getType();
        Optional<? extends OrcColumn> column = switch (from.getTypeID()) {
            case Bool -> to instanceof ArrowType.Bool ? Optional.of(new OrcColumn.OfBooleans()) : Optional.empty();
            case Int, Date ->
                ValueConversions.whole(from, wanted, Narrowing.REFUSED).map(OrcColumn.OfWholes::new);
            case FloatingPoint ->
                ValueConversions.real(((ArrowType.FloatingPoint) from).getPrecision(), wanted)
                        .map(OrcColumn.OfReals::new);
            case Decimal ->
                ValueConversions.decimal((ArrowType.Decimal) from, wanted)
                        .map(setter -> new OrcColumn.OfDecimals(setter, ((ArrowType.Decimal) from).getScale()));
            case Timestamp -> timestamp(wanted);
            case Utf8, Binary ->
                ValueConversions.isBytes(from, wanted) ? Optional.of(new OrcColumn.OfBytes(wanted)) : Optional.empty();
            case List -> list(stored, wanted, path);
            case Map -> map(stored, wanted, path);
            case Struct ->
                to instanceof ArrowType.Struct
                        ? Optional.of(new OrcColumn.OfStructs(children(stored, wanted, path)))
                        : Optional.empty();
            default -> Optional.empty();
        };
        return column.isPresent() ? column.get() : incompatible(stored, wanted, path);
    }

    private OrcColumn incompatible(Field stored, Field wanted, String path) {
        throw new FormatException.IncompatibleType(
                file, path, TypeNames.displayName(stored), TypeNames.displayName(wanted));
    }

    private static Optional<OrcColumn> timestamp(Field wanted) {
        ArrowType to = wanted.getType();
        TimeUnit unit;
        if (to instanceof ArrowType.Timestamp timestamp) {
            unit = timestamp.getUnit();
        } else if (to instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
            unit = TimeUnit.MILLISECOND;
        } else {
            return Optional.empty();
        }
        return ValueConversions.whole(to, wanted, Narrowing.REFUSED)
                .map(setter -> new OrcColumn.OfTimestamps(TimeUnits.perSecond(unit), setter));
    }

    private Optional<OrcColumn> list(Field stored, Field wanted, String path) {
        boolean isList = wanted.getType() instanceof ArrowType.List
                || wanted.getType() instanceof ArrowType.LargeList
                || wanted.getType() instanceof ArrowType.FixedSizeList;
        if (!isList) {
            return Optional.empty();
        }
        Field element = wanted.getChildren().get(0);
        return Optional.of(
                new OrcColumn.OfLists(of(stored.getChildren().get(0), element, path + "." + element.getName())));
    }

    private Optional<OrcColumn> map(Field stored, Field wanted, String path) {
        if (!(wanted.getType() instanceof ArrowType.Map)) {
            return Optional.empty();
        }
        List<Field> from = stored.getChildren().get(0).getChildren();
        List<Field> to = wanted.getChildren().get(0).getChildren();
        return Optional.of(new OrcColumn.OfMaps(
                of(from.get(0), to.get(0), path + ".key"), of(from.get(1), to.get(1), path + ".value")));
    }

    private List<OrcColumn.OfStructs.Child> children(Field stored, Field wanted, String path) {
        Projection projection = Projection.of(file, stored.getChildren(), new Schema(wanted.getChildren()));
        List<OrcColumn.OfStructs.Child> children = new ArrayList<>();
        for (int i = 0; i < wanted.getChildren().size(); i++) {
            Field field = wanted.getChildren().get(i);
            int index = projection.storedOf(i);
            children.add(new OrcColumn.OfStructs.Child(
                    index,
                    index < 0 ? null : of(stored.getChildren().get(index), field, path + "." + field.getName()),
                    DefaultValue.of(field)));
        }
        return children;
    }
}
