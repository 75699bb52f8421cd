package io.deltacat.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** Rows of an older type as rows of a wider one. */
class RowMappingTest {
    private static final RowType OLD = type(
            DataTypes.FIELD("a", DataTypes.INT()),
            DataTypes.FIELD("b", DataTypes.DECIMAL(5, 2)),
            DataTypes.FIELD("c", DataTypes.FLOAT()));
    private static final RowType NEW = type(
            DataTypes.FIELD("d", DataTypes.STRING()),
            DataTypes.FIELD("c", DataTypes.DOUBLE()),
            DataTypes.FIELD("b", DataTypes.DECIMAL(20, 2)),
            DataTypes.FIELD("a", DataTypes.BIGINT()));

    private static RowType type(DataTypes.Field... fields) {
        return (RowType) DataTypes.ROW(fields).getLogicalType();
    }

    @Test
    void columnsAreMatchedByNameWidenedAndFilledWithNull() {
        RowData mapped = RowMapping.of(OLD, NEW)
                .map(GenericRowData.ofKind(
                        RowKind.UPDATE_AFTER, 7, DecimalData.fromBigDecimal(new BigDecimal("1.25"), 5, 2), 0.5f));

        assertThat(mapped)
                .isEqualTo(GenericRowData.ofKind(
                        RowKind.UPDATE_AFTER,
                        null,
                        0.5d,
                        DecimalData.fromBigDecimal(new BigDecimal("1.25"), 20, 2),
                        7L));
        assertThat(RowMapping.of(OLD, NEW).map(GenericRowData.of(null, null, null)))
                .isEqualTo(GenericRowData.of(null, null, null, null));
    }

    @Test
    void rowsOfTheTypeAreNotCopied() {
        RowData row = GenericRowData.of(StringData.fromString("x"), 1d, null, 2L);
        assertThat(RowMapping.of(NEW, NEW).map(row)).isSameAs(row);
    }

    @Test
    void whatTheWiderTypeLacksOrCannotHoldIsRefused() {
        assertThatThrownBy(() -> RowMapping.of(NEW, OLD)).hasMessageContaining("'d'");
        assertThatThrownBy(() -> RowMapping.of(
                        type(DataTypes.FIELD("a", DataTypes.STRING())), type(DataTypes.FIELD("a", DataTypes.DATE()))))
                .hasMessageContaining("'a'")
                .hasMessageContaining("date32");
        assertThatThrownBy(() -> RowMapping.of(
                        type(DataTypes.FIELD("a", DataTypes.BIGINT())), type(DataTypes.FIELD("a", DataTypes.INT()))))
                .hasMessageContaining("'a'")
                .hasMessageContaining("BIGINT");
    }
}
