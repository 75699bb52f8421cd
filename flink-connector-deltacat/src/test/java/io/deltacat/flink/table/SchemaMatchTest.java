package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.schema.TypeNames;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class SchemaMatchTest {

    private static final Schema TABLE = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("name", "string", true),
            TypeNames.field("at", "timestamp[us]", true)));

    @Test
    void fewerColumnsInAnotherOrderFit() {
        RowType declared = declared(
                DataTypes.FIELD("name", DataTypes.STRING()),
                DataTypes.FIELD("id", DataTypes.BIGINT().notNull()));

        assertThatCode(() -> match(declared).checkReadable()).doesNotThrowAnyException();
        assertThatCode(() -> match(declared).checkWritable()).doesNotThrowAnyException();
    }

    @Test
    void aColumnThatTheTableLacksIsNamedWithTheNearestOne() {
        RowType declared = declared(DataTypes.FIELD("Name", DataTypes.STRING()));

        assertThatThrownBy(() -> match(declared).checkReadable())
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "Table c.d.t, DeltaCAT table 'sales.orders': column 'Name' is declared but not in the table; "
                                + "expected one of [id, name, at] (names are case-sensitive). Did you mean 'name'?");
        assertThatThrownBy(() -> match(declared(DataTypes.FIELD("quantity", DataTypes.INT())))
                        .checkWritable())
                .hasMessageEndingWith("Remove the column, or add it to the table.");
    }

    @Test
    void aColumnOfAnotherTypeIsNamedWithBothTypes() {
        RowType declared = declared(DataTypes.FIELD("id", DataTypes.STRING().notNull()));

        assertThatThrownBy(() -> match(declared).checkReadable())
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "Table c.d.t, DeltaCAT table 'sales.orders': column 'id' is 'int64 not null' in the table but "
                                + "declared 'STRING NOT NULL'; expected 'BIGINT' or wider. Change the declared column, or the "
                                + "table.");
        assertThatThrownBy(() -> match(declared(DataTypes.FIELD("at", DataTypes.TIMESTAMP(9))))
                        .checkWritable())
                .hasMessageContaining(
                        "column 'at' is 'timestamp[us]' in the table but declared 'TIMESTAMP(9)'; expected "
                                + "'TIMESTAMP(6)' or narrower");
    }

    @Test
    void aTableColumnThatMustNotBeNullHasToBeWritten() {
        RowType declared = declared(DataTypes.FIELD("name", DataTypes.STRING()));

        assertThatCode(() -> match(declared).checkReadable()).doesNotThrowAnyException();
        assertThatThrownBy(() -> match(declared).checkWritable())
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "Table c.d.t, DeltaCAT table 'sales.orders': column 'id' must not be null in the table but is "
                                + "not declared; expected every column without nulls to be written. Declare it, NOT NULL, in the "
                                + "CREATE TABLE statement.");
    }

    private static SchemaMatch match(RowType declared) {
        return new SchemaMatch("c.d.t", "sales.orders", TABLE, declared);
    }

    private static RowType declared(DataTypes.Field... fields) {
        return (RowType) DataTypes.ROW(fields).getLogicalType();
    }
}
