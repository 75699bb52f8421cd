package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.TableRef;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class RowSchemaTest {
    private static final TableRef TABLE = TableRef.of("sales", "orders");
    private static final String SCHEMA = ArrowSchemas.toBase64(new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("note", "string", true),
            TypeNames.field("price", "int32", true))));

    @Test
    void rowsMayLackNullableColumns() {
        RowType rows = RowType.of(
                new org.apache.flink.table.types.logical.LogicalType[] {new VarCharType(100), new BigIntType(false)},
                new String[] {"note", "id"});

        assertThat(RowSchema.of(TABLE, SCHEMA, null, rows).schema().getFields()).hasSize(3);
    }

    @Test
    void aMismatchNamesTableColumnBothTypesAndTheCure() {
        RowType rows = RowType.of(
                new org.apache.flink.table.types.logical.LogicalType[] {new BigIntType(false), new VarCharType(10)},
                new String[] {"id", "price"});

        assertThatThrownBy(() -> RowSchema.of(TABLE, SCHEMA, null, rows))
                .isInstanceOf(SchemaDoesNotFit.class)
                .hasMessageContaining("sales.orders")
                .hasMessageContaining("price")
                .hasMessageContaining("VARCHAR(10)")
                .hasMessageContaining("int32")
                .hasMessageContaining("Change");
    }

    @Test
    void aColumnThatTheTableLacksIsNamed() {
        RowType rows = RowType.of(
                new org.apache.flink.table.types.logical.LogicalType[] {new BigIntType(false), new IntType()},
                new String[] {"id", "prise"});

        assertThatThrownBy(() -> RowSchema.of(TABLE, SCHEMA, null, rows)).hasMessageContaining("'prise'");
    }

    @Test
    void aTableWithoutSchemaIsRefused() {
        RowType rows = RowType.of(new BigIntType());

        assertThatThrownBy(() -> RowSchema.of(TABLE, null, null, rows))
                .isInstanceOf(SchemaDoesNotFit.class)
                .hasMessageContaining("no schema");
    }
}
