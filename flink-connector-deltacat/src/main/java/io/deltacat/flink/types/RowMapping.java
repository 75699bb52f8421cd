package io.deltacat.flink.types;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Shows rows of one type as rows of a wider one: columns are matched by name, columns that the rows lack are null, numbers
 * become wider ones. Rows that have the wider type already pass unchanged. Confined to one thread.
 */
@Internal
public final class RowMapping {
    private final boolean same;
    private final Column[] columns;

    /** Takes one value, which is there, out of a row. */
    private interface Column {
        @Nullable
        Object of(RowData row);
    }

    private RowMapping(boolean same, Column[] columns) {
        this.same = same;
        this.columns = columns;
    }

    /**
     * Makes the mapping.
     *
     * @param from type of the rows
     * @param to type they are to have
     * @return the mapping
     * @throws IllegalArgumentException if the rows have a column that the wider type lacks or cannot hold
     */
    public static RowMapping of(RowType from, RowType to) {
        for (RowType.RowField field : from.getFields()) {
            if (to.getFieldIndex(field.getName()) < 0) {
                throw new IllegalArgumentException("column '" + field.getName() + "' is in the rows but not among "
                        + to.getFieldNames() + "; expected a column of that name");
            }
        }
        boolean same = from.getFieldNames().equals(to.getFieldNames());
        List<RowType.RowField> fields = to.getFields();
        Column[] columns = new Column[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            RowType.RowField field = fields.get(i);
            int position = from.getFieldIndex(field.getName());
            if (position < 0) {
                columns[i] = row -> null;
                continue;
            }
            LogicalType type = from.getTypeAt(position);
            same &= type.copy(true).equals(field.getType().copy(true));
            columns[i] = column(field.getName(), position, type, field.getType());
        }
        return new RowMapping(same, columns);
    }

    /**
     * Maps a row.
     *
     * @param row the row
     * @return the same row if it has the type already, else one of its own
     */
    public RowData map(RowData row) {
        if (same) {
            return row;
        }
        GenericRowData mapped = new GenericRowData(row.getRowKind(), columns.length);
        for (int i = 0; i < columns.length; i++) {
            mapped.setField(i, columns[i].of(row));
        }
        return mapped;
    }

    private static Column column(String name, int position, LogicalType from, LogicalType to) {
        RowData.FieldGetter getter = RowData.createFieldGetter(from.copy(true), position);
        if (from.copy(true).equals(to.copy(true))) {
            return getter::getFieldOrNull;
        }
        TypeFit.write(from.copy(true), LogicalTypes.toField(name, to.copy(true)))
                .ifPresent(mismatch -> {
                    throw new IllegalArgumentException(mismatch.describe());
                });
        Widening widening = widening(name, from, to);
        return row -> {
            Object value = getter.getFieldOrNull(row);
            return value == null ? null : widening.widen(value);
        };
    }

    /** Makes a value of a wider type. */
    private interface Widening {
        Object widen(Object value);
    }

    private static Widening widening(String name, LogicalType from, LogicalType to) {
        return switch (to.getTypeRoot()) {
            case SMALLINT -> value -> ((Number) value).shortValue();
            case INTEGER -> value -> ((Number) value).intValue();
            case BIGINT -> value -> ((Number) value).longValue();
            case DOUBLE -> value -> ((Number) value).doubleValue();
            case DECIMAL -> decimal((DecimalType) to);
            case VARCHAR,
                    VARBINARY,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    TIME_WITHOUT_TIME_ZONE -> value -> value;
            case ROW -> {
                RowMapping inner = of((RowType) from, (RowType) to);
                yield value -> inner.map((RowData) value);
            }
            default ->
                throw new IllegalArgumentException("column '" + name + "' of type '" + from.asSummaryString()
                        + "' cannot become '" + to.asSummaryString() + "'; expected a wider type of the same kind");
        };
    }

    private static Widening decimal(DecimalType to) {
        return value -> {
            BigDecimal number = value instanceof DecimalData decimal
                    ? decimal.toBigDecimal()
                    : BigDecimal.valueOf(((Number) value).longValue());
            return requireNonNull(
                    DecimalData.fromBigDecimal(number, to.getPrecision(), to.getScale()),
                    () -> Objects.toString(number) + " does not fit " + to.asSummaryString());
        };
    }
}
