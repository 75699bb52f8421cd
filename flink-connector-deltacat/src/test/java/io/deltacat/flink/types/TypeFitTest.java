package io.deltacat.flink.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypeFitTest {

    @ParameterizedTest
    @MethodSource("io.deltacat.flink.types.LogicalTypesTest#typesThatComeBackUnchanged")
    void everyTypeFitsItsOwnCounterpartBothWays(DataType type) {
        Field field = LogicalTypes.toField("c", type.getLogicalType());

        assertThat(TypeFit.read(field, type.getLogicalType())).isEmpty();
        assertThat(TypeFit.write(type.getLogicalType(), field)).isEmpty();
    }

    @Test
    void wideningIsReadAndNarrowingIsRefused() {
        assertReads(DataTypes.INT(), DataTypes.BIGINT());
        assertRefusesRead(DataTypes.BIGINT(), DataTypes.INT());
        assertReads(DataTypes.FLOAT(), DataTypes.DOUBLE());
        assertRefusesRead(DataTypes.DOUBLE(), DataTypes.FLOAT());
        assertReads(DataTypes.DECIMAL(10, 2), DataTypes.DECIMAL(30, 2));
        assertRefusesRead(DataTypes.DECIMAL(10, 2), DataTypes.DECIMAL(10, 3));
        assertReads(DataTypes.BINARY(4), DataTypes.BYTES());
        assertRefusesRead(DataTypes.BYTES(), DataTypes.BINARY(4));
        assertRefusesRead(DataTypes.INT(), DataTypes.STRING());
    }

    @Test
    void writingAcceptsNarrowerValuesOnly() {
        assertWrites(DataTypes.INT(), DataTypes.BIGINT());
        assertRefusesWrite(DataTypes.BIGINT(), DataTypes.INT());
        assertWrites(DataTypes.DECIMAL(10, 2), DataTypes.DECIMAL(30, 2));
        assertRefusesWrite(DataTypes.DECIMAL(30, 2), DataTypes.DECIMAL(10, 2));
        assertWrites(DataTypes.TIMESTAMP(3), DataTypes.TIMESTAMP(6));
        assertRefusesWrite(DataTypes.TIMESTAMP(9), DataTypes.TIMESTAMP(6));
        assertRefusesWrite(DataTypes.TIMESTAMP(6), DataTypes.TIMESTAMP_LTZ(6));
    }

    @Test
    void eventTimeMayBeReadWithFewerDigits() {
        assertReads(DataTypes.TIMESTAMP(9), DataTypes.TIMESTAMP(3));
        assertReads(DataTypes.TIMESTAMP_LTZ(6), DataTypes.TIMESTAMP_LTZ(3));
        assertRefusesRead(DataTypes.TIMESTAMP_LTZ(6), DataTypes.TIMESTAMP(6));
    }

    @Test
    void nullsNeverPassIntoWhatMustNotBeNull() {
        assertRefusesRead(DataTypes.INT(), DataTypes.INT().notNull());
        assertReads(DataTypes.INT().notNull(), DataTypes.INT());
        assertRefusesWrite(DataTypes.INT(), DataTypes.INT().notNull());
        assertWrites(DataTypes.INT().notNull(), DataTypes.INT());
        assertWrites(
                DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()), DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()));
    }

    @Test
    void structFieldsMatchByNameAndMayBeFewer() {
        DataType table = DataTypes.ROW(DataTypes.FIELD("a", DataTypes.INT()), DataTypes.FIELD("b", DataTypes.STRING()));
        DataType swapped =
                DataTypes.ROW(DataTypes.FIELD("b", DataTypes.STRING()), DataTypes.FIELD("a", DataTypes.INT()));
        DataType part = DataTypes.ROW(DataTypes.FIELD("b", DataTypes.STRING()));
        DataType other = DataTypes.ROW(DataTypes.FIELD("B", DataTypes.STRING()));

        assertReads(table, swapped);
        assertReads(table, part);
        assertWrites(part, table);
        assertRefusesRead(table, other);
        assertRefusesWrite(
                part,
                DataTypes.ROW(
                        DataTypes.FIELD("a", DataTypes.INT().notNull()), DataTypes.FIELD("b", DataTypes.STRING())));
    }

    @Test
    void aMismatchNamesColumnBothTypesAndWhatFits() {
        Field column =
                new Field("at", FieldType.notNullable(new ArrowType.Timestamp(TimeUnit.MILLISECOND, null)), null);

        assertThat(TypeFit.write(DataTypes.TIMESTAMP(6).notNull().getLogicalType(), column)
                        .map(TypeMismatch::describe))
                .hasValue("column 'at' is 'timestamp[ms] not null' in the table but declared 'TIMESTAMP(6) NOT NULL'; "
                        + "expected 'TIMESTAMP(3)' or narrower");
    }

    static Stream<DataType> nestedOnes() {
        return Stream.of(
                DataTypes.ARRAY(DataTypes.BIGINT()),
                DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()),
                DataTypes.ROW(DataTypes.FIELD("x", DataTypes.BIGINT())));
    }

    @ParameterizedTest
    @MethodSource("nestedOnes")
    void aMismatchInsideANestedTypeHasItsPath(DataType table) {
        DataType declared = DataTypes.of(
                table.getLogicalType().asSummaryString().contains("MAP")
                        ? DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()).getLogicalType()
                        : table.getLogicalType().asSummaryString().contains("ARRAY")
                                ? DataTypes.ARRAY(DataTypes.INT()).getLogicalType()
                                : DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INT()))
                                        .getLogicalType());

        assertThat(TypeFit.read(field(table), declared.getLogicalType()).map(TypeMismatch::path))
                .hasValueSatisfying(path -> assertThat(path).isIn("c[]", "c{value}", "c.x"));
    }

    private static void assertReads(DataType table, DataType declared) {
        assertThat(TypeFit.read(field(table), declared.getLogicalType())).isEmpty();
    }

    private static void assertRefusesRead(DataType table, DataType declared) {
        assertThat(TypeFit.read(field(table), declared.getLogicalType())).isPresent();
    }

    private static void assertWrites(DataType declared, DataType table) {
        assertThat(TypeFit.write(declared.getLogicalType(), field(table))).isEmpty();
    }

    private static void assertRefusesWrite(DataType declared, DataType table) {
        assertThat(TypeFit.write(declared.getLogicalType(), field(table))).isPresent();
    }

    private static Field field(DataType type) {
        return LogicalTypes.toField("c", type.getLogicalType());
    }
}
