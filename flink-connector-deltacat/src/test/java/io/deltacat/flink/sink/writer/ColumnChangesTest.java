package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class ColumnChangesTest {
    private static final Schema TABLE = new Schema(List.of(
            FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
            TypeNames.field("amount", "int32", true)));
    private static final RowType ROWS = RowType.of(
            new LogicalType[] {new BigIntType(false), new BigIntType(), new IntType(false)},
            new String[] {"id", "amount", "more"});

    @Test
    void nothingChangesUnlessAskedFor() {
        ColumnChanges changes = ColumnChanges.of(SchemaEvolution.NONE, TABLE, ROWS);

        assertThat(changes.isEmpty()).isTrue();
        assertThat(changes.appliedTo(TABLE)).isEqualTo(TABLE);
    }

    @Test
    void missingColumnsAreAddedAsNullableOnes() {
        ColumnChanges changes = ColumnChanges.of(SchemaEvolution.ADD_COLUMNS, TABLE, ROWS);

        assertThat(changes.added()).containsExactly(TypeNames.field("more", "int32", true));
        assertThat(changes.widened()).isEmpty();
    }

    @Test
    void columnsThatCannotHoldTheRowsAreWidenedAndKeepTheirRoles() {
        ColumnChanges changes = ColumnChanges.of(SchemaEvolution.FULL, TABLE, ROWS);

        assertThat(changes.widened()).containsExactly(TypeNames.field("amount", "int64", true));
        assertThat(changes.appliedTo(TABLE).getFields())
                .extracting(Field::getName)
                .containsExactly("id", "amount", "more");
        assertThat(FieldMetadata.isMergeKey(changes.appliedTo(TABLE).findField("id")))
                .isTrue();
        assertThat(ColumnChanges.of(SchemaEvolution.FULL, changes.appliedTo(TABLE), ROWS)
                        .isEmpty())
                .isTrue();
    }
}
