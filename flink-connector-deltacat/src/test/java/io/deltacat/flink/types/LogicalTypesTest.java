package io.deltacat.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.DayTimeIntervalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MultisetType;
import org.apache.flink.table.types.logical.NullType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.VariantType;
import org.apache.flink.table.types.logical.ZonedTimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogicalTypesTest {

    static Stream<DataType> typesThatComeBackUnchanged() {
        return Stream.of(
                DataTypes.BOOLEAN(),
                DataTypes.TINYINT(),
                DataTypes.SMALLINT(),
                DataTypes.INT(),
                DataTypes.BIGINT(),
                DataTypes.FLOAT(),
                DataTypes.DOUBLE(),
                DataTypes.DECIMAL(18, 4),
                DataTypes.DECIMAL(38, 38),
                DataTypes.STRING(),
                DataTypes.BYTES(),
                DataTypes.BINARY(16),
                DataTypes.DATE(),
                DataTypes.TIME(3),
                DataTypes.TIME(6),
                DataTypes.TIME(9),
                DataTypes.TIMESTAMP(0),
                DataTypes.TIMESTAMP(3),
                DataTypes.TIMESTAMP(6),
                DataTypes.TIMESTAMP(9),
                DataTypes.TIMESTAMP_LTZ(3),
                DataTypes.TIMESTAMP_LTZ(6),
                DataTypes.ARRAY(DataTypes.INT().notNull()),
                DataTypes.ARRAY(DataTypes.ARRAY(DataTypes.STRING())),
                DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.DOUBLE()),
                DataTypes.ROW(
                        DataTypes.FIELD("a", DataTypes.INT().notNull()),
                        DataTypes.FIELD("b", DataTypes.ARRAY(DataTypes.TIMESTAMP(6)))));
    }

    @ParameterizedTest
    @MethodSource("typesThatComeBackUnchanged")
    void aTypeComesBackUnchangedNullableAndNot(DataType dataType) {
        for (LogicalType type :
                List.of(dataType.getLogicalType(), dataType.notNull().getLogicalType())) {
            Field field = LogicalTypes.toField("c", type);

            assertThat(field.getName()).isEqualTo("c");
            assertThat(field.isNullable()).isEqualTo(type.isNullable());
            assertThat(LogicalTypes.toLogicalType(field)).isEqualTo(type);
        }
    }

    static Stream<Arguments> arrowTypesOfOthers() {
        return Stream.of(
                Arguments.of(new ArrowType.Int(8, false), DataTypes.SMALLINT()),
                Arguments.of(new ArrowType.Int(16, false), DataTypes.INT()),
                Arguments.of(new ArrowType.Int(32, false), DataTypes.BIGINT()),
                Arguments.of(new ArrowType.Int(64, false), DataTypes.DECIMAL(20, 0)),
                Arguments.of(new ArrowType.FloatingPoint(FloatingPointPrecision.HALF), DataTypes.FLOAT()),
                Arguments.of(ArrowType.LargeUtf8.INSTANCE, DataTypes.STRING()),
                Arguments.of(ArrowType.LargeBinary.INSTANCE, DataTypes.BYTES()),
                Arguments.of(new ArrowType.Date(DateUnit.MILLISECOND), DataTypes.DATE()),
                Arguments.of(new ArrowType.Time(TimeUnit.SECOND, 32), DataTypes.TIME(0)),
                Arguments.of(new ArrowType.Timestamp(TimeUnit.NANOSECOND, ""), DataTypes.TIMESTAMP(9)),
                Arguments.of(
                        new ArrowType.Timestamp(TimeUnit.MICROSECOND, "Europe/Berlin"), DataTypes.TIMESTAMP_LTZ(6)),
                Arguments.of(new ArrowType.Decimal(38, 0, 256), DataTypes.DECIMAL(38, 0)));
    }

    @ParameterizedTest
    @MethodSource("arrowTypesOfOthers")
    void typesThatOtherWritersUseAreReadWithoutLoss(ArrowType arrow, DataType expected) {
        Field field = new Field("c", FieldType.nullable(arrow), null);

        assertThat(LogicalTypes.toLogicalType(field)).isEqualTo(expected.getLogicalType());
    }

    @Test
    void aLengthOfStringsAndBytesIsNotKept() {
        assertThat(roundTrip(DataTypes.VARCHAR(5))).isEqualTo(DataTypes.STRING().getLogicalType());
        assertThat(roundTrip(DataTypes.CHAR(5))).isEqualTo(DataTypes.STRING().getLogicalType());
        assertThat(roundTrip(DataTypes.VARBINARY(5)))
                .isEqualTo(DataTypes.BYTES().getLogicalType());
    }

    @Test
    void wholeMillisecondsOfTimeAreKeptWhateverThePrecisionSays() {
        assertThat(roundTrip(DataTypes.TIME(0))).isEqualTo(DataTypes.TIME(3).getLogicalType());
    }

    @Test
    void aSchemaKeepsNamesAndOrder() {
        RowType rowType = (RowType) DataTypes.ROW(
                        DataTypes.FIELD("b", DataTypes.INT()),
                        DataTypes.FIELD("B", DataTypes.STRING().notNull()),
                        DataTypes.FIELD("a", DataTypes.DATE()))
                .notNull()
                .getLogicalType();

        Schema schema = LogicalTypes.toSchema(rowType);

        assertThat(schema.getFields()).extracting(Field::getName).containsExactly("b", "B", "a");
        assertThat(LogicalTypes.toRowType(schema)).isEqualTo(rowType);
    }

    static Stream<LogicalType> typesThatCannotBeStored() {
        return Stream.of(
                new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY),
                new MultisetType(new VarCharType(10)),
                new NullType(),
                new VariantType(),
                new ZonedTimestampType(3));
    }

    @ParameterizedTest
    @MethodSource("typesThatCannotBeStored")
    void aTypeThatCannotBeStoredIsNamedWithItsColumnAndCure(LogicalType type) {
        LogicalType nested = DataTypes.ROW(DataTypes.FIELD("x", DataTypes.ARRAY(DataTypes.of(type))))
                .getLogicalType();

        assertThatThrownBy(() -> LogicalTypes.toField("c", nested))
                .isInstanceOf(UnsupportedColumnTypeException.class)
                .hasMessage("Column 'c.x[]': type '" + type.asSummaryString()
                        + "' cannot be stored in a DeltaCAT table. CAST the column to a type that can: BOOLEAN, a "
                        + "number, STRING, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, ROW, ARRAY or MAP.");
    }

    @Test
    void anArrowTypeWithoutFlinkCounterpartIsNamedWithItsColumnAndCure() {
        Field field = new Field("took", FieldType.nullable(new ArrowType.Duration(TimeUnit.SECOND)), null);

        assertThatThrownBy(() -> LogicalTypes.toLogicalType(field))
                .isInstanceOf(UnsupportedColumnTypeException.class)
                .hasMessageStartingWith("Column 'took': type '")
                .hasMessageEndingWith("has no counterpart in Flink SQL. Leave the column out of the declared columns, "
                        + "or change its type in the table.");
        assertThatThrownBy(() -> LogicalTypes.toLogicalType(
                        new Field("i", FieldType.nullable(new ArrowType.Interval(IntervalUnit.YEAR_MONTH)), null)))
                .isInstanceOf(UnsupportedColumnTypeException.class);
    }

    @Test
    void aDecimalBeyondFlinksPrecisionIsRefused() {
        Field wide = new Field("d", FieldType.nullable(new ArrowType.Decimal(40, 2, 256)), null);
        Field negative = new Field("d", FieldType.nullable(new ArrowType.Decimal(10, -2, 128)), null);

        assertThatThrownBy(() -> LogicalTypes.toLogicalType(wide)).hasMessageContaining("p ≤ 38");
        assertThatThrownBy(() -> LogicalTypes.toLogicalType(negative)).hasMessageContaining("0 ≤ s ≤ p");
    }

    private static LogicalType roundTrip(DataType type) {
        return LogicalTypes.toLogicalType(LogicalTypes.toField("c", type.getLogicalType()));
    }
}
