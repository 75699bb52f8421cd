package io.deltacat.flink.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.batch.BytesDictionary;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows through accessor, vectors and row view, compared as Flink's own binary rows. */
class RowRoundTripTest {

    @ParameterizedTest
    @MethodSource("io.deltacat.flink.types.LogicalTypesTest#typesThatComeBackUnchanged")
    void everyTypeComesBackEqualWithNullsAndEdges(DataType dataType) {
        RowType type = RowType.of(
                new LogicalType[] {dataType.getLogicalType(), dataType.notNull().getLogicalType()},
                new String[] {"nullable", "present"});
        for (long seed = 0; seed < 20; seed++) {
            List<RowData> rows = new RandomRows(new SplittableRandom(seed)).rows(type, 70);

            assertThat(throughBatch(type, LogicalTypes.toSchema(type), rows))
                    .as("seed %d", seed)
                    .isEqualTo(binary(type, rows));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRowOfAllTypesComesBackEqual(long seed) {
        RowType type = allTypes();
        List<RowData> rows = new RandomRows(new SplittableRandom(seed)).rows(type, 200);

        assertThat(throughBatch(type, LogicalTypes.toSchema(type), rows)).isEqualTo(binary(type, rows));
    }

    @Test
    void columnsAreMatchedByNameAndMissingOnesAreWrittenAsNull() {
        RowType rowType = rowType(DataTypes.FIELD("b", DataTypes.STRING()), DataTypes.FIELD("a", DataTypes.INT()));
        Schema table = LogicalTypes.toSchema(rowType(
                DataTypes.FIELD("a", DataTypes.INT()),
                DataTypes.FIELD("x", DataTypes.DOUBLE()),
                DataTypes.FIELD("b", DataTypes.STRING())));

        ColumnBatch batch = BatchFixture.batchOf(
                table, new RowDataAccessor(rowType, table), List.of(GenericRowData.of(StringData.fromString("s"), 7)));
        ColumnarRow row = new ColumnarRow(
                table, rowType(DataTypes.FIELD("x", DataTypes.DOUBLE()), DataTypes.FIELD("b", DataTypes.STRING())));
        row.bind(batch);

        assertThat(row.at(0).isNullAt(0)).isTrue();
        assertThat(row.getString(1)).hasToString("s");
        assertThat(((IntVector) batch.column(0)).get(0)).isEqualTo(7);
    }

    @Test
    void aColumnThatTheTableLacksAndOneItNeedsAreNamed() {
        Schema table = LogicalTypes.toSchema(
                rowType(DataTypes.FIELD("a", DataTypes.INT().notNull())));

        assertThatThrownBy(() -> new RowDataAccessor(
                        rowType(DataTypes.FIELD("a", DataTypes.INT().notNull()), DataTypes.FIELD("A", DataTypes.INT())),
                        table))
                .hasMessage("column 'A' of the rows is not in the table, which has [a]");
        assertThatThrownBy(() -> new RowDataAccessor(rowType(), table))
                .hasMessage("column 'a' must not be null in the table, but the rows do not have it");
        assertThatThrownBy(() -> new ColumnarRow(table, rowType(DataTypes.FIELD("z", DataTypes.INT()))))
                .hasMessage("column 'z' is not in the batch, which has [a]");
    }

    @Test
    void widerDeclaredTypesReadNarrowerColumns() {
        Schema schema = new Schema(List.of(
                field("i", new ArrowType.Int(16, true)),
                field("u", new ArrowType.Int(64, false)),
                field("f", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)),
                field("d", new ArrowType.Decimal(4, 2, 128)),
                field("day", new ArrowType.Date(DateUnit.MILLISECOND)),
                field("t", new ArrowType.Time(TimeUnit.SECOND, 32)),
                field("ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null))));
        RowType declared = rowType(
                DataTypes.FIELD("i", DataTypes.BIGINT()),
                DataTypes.FIELD("u", DataTypes.DECIMAL(20, 0)),
                DataTypes.FIELD("f", DataTypes.DOUBLE()),
                DataTypes.FIELD("d", DataTypes.DECIMAL(30, 2)),
                DataTypes.FIELD("day", DataTypes.DATE()),
                DataTypes.FIELD("t", DataTypes.TIME(0)),
                DataTypes.FIELD("ns", DataTypes.TIMESTAMP(3)));
        ColumnBatch batch = new ColumnBatch(
                schema,
                List.of(
                        new IntVector(new int[] {-5}),
                        new LongVector(new long[] {-1}),
                        new FloatVector(new float[] {1.5f}),
                        new LongVector(new long[] {-1234}),
                        new LongVector(new long[] {-1}),
                        new IntVector(new int[] {61}),
                        new LongVector(new long[] {-1})),
                1);
        ColumnarRow row = new ColumnarRow(schema, declared);
        row.bind(batch);

        assertThat(row.getLong(0)).isEqualTo(-5);
        assertThat(row.getDecimal(1, 20, 0).toBigDecimal()).isEqualByComparingTo("18446744073709551615");
        assertThat(row.getDouble(2)).isEqualTo(1.5);
        assertThat(row.getDecimal(3, 30, 2).toBigDecimal()).isEqualByComparingTo("-12.34");
        assertThat(row.getInt(4)).isEqualTo(-1);
        assertThat(row.getInt(5)).isEqualTo(61_000);
        assertThat(row.getTimestamp(6, 3)).isEqualTo(TimestampData.fromEpochMillis(-1));
        assertThat(row.getTimestamp(6, 9)).isEqualTo(TimestampData.fromEpochMillis(-1, 999_999));
        assertThat(row.getTimestamp(6, 6)).isEqualTo(TimestampData.fromEpochMillis(-1, 999_000));
    }

    @Test
    void unsignedColumnsTakeWhatFitsAndRefuseTheRestByValue() {
        Schema schema = new Schema(
                List.of(field("u8", new ArrowType.Int(8, false)), field("u64", new ArrowType.Int(64, false))));
        RowType declared =
                rowType(DataTypes.FIELD("u8", DataTypes.SMALLINT()), DataTypes.FIELD("u64", DataTypes.DECIMAL(20, 0)));
        RowDataAccessor accessor = new RowDataAccessor(declared, schema);
        DecimalData largest = DecimalData.fromBigDecimal(new BigDecimal("18446744073709551615"), 20, 0);
        DecimalData tooLarge = DecimalData.fromBigDecimal(new BigDecimal("18446744073709551616"), 20, 0);

        assertThat(accessor.getInt(GenericRowData.of((short) 255, largest), 0)).isEqualTo(255);
        assertThat(accessor.getLong(GenericRowData.of((short) 255, largest), 1)).isEqualTo(-1L);
        assertThatThrownBy(() -> accessor.getInt(GenericRowData.of((short) 256, largest), 0))
                .isInstanceOf(UnwritableValueException.class)
                .hasMessage(
                        "Column 'u8': value '256' cannot be stored; expected a value of 'uint8', 0 to 255. Filter or "
                                + "change such rows in the query, or widen the table's column.");
        assertThatThrownBy(() -> accessor.getLong(GenericRowData.of((short) 1, tooLarge), 1))
                .isInstanceOf(UnwritableValueException.class)
                .hasMessageContaining("'u64'");
    }

    @Test
    void anInstantBeyondTheColumnsRangeIsRefusedByValue() {
        RowType type = rowType(DataTypes.FIELD("at", DataTypes.TIMESTAMP(9)));
        RowDataAccessor accessor = new RowDataAccessor(type, LogicalTypes.toSchema(type));
        RowData row = GenericRowData.of(TimestampData.fromEpochMillis(Long.MAX_VALUE / 1000));

        assertThatThrownBy(() -> accessor.getLong(row, 0))
                .isInstanceOf(UnwritableValueException.class)
                .hasMessageContaining("Column 'at'")
                .hasMessageContaining("timestamp[ns]");
    }

    @Test
    void aNullMapKeyIsRefused() {
        RowType type = rowType(DataTypes.FIELD("m", DataTypes.MAP(DataTypes.STRING(), DataTypes.INT())));
        RowDataAccessor accessor = new RowDataAccessor(type, LogicalTypes.toSchema(type));
        java.util.Map<Object, Object> entries = new java.util.HashMap<>();
        entries.put(null, 1);

        assertThatThrownBy(() -> accessor.mapAccessor(0).keys(new GenericMapData(entries)))
                .isInstanceOf(UnwritableValueException.class)
                .hasMessageContaining("Column 'm{key}'");
    }

    @Test
    void stringsOfADictionaryAreMadeOncePerEntryAndFollowTheDictionaryOfTheBatch() {
        Schema schema = new Schema(List.of(field("s", ArrowType.Utf8.INSTANCE)));
        BytesVector vector = new BytesVector();
        ColumnBatch batch = new ColumnBatch(schema, List.of(vector), 3);
        ColumnarRow row = new ColumnarRow(schema, rowType(DataTypes.FIELD("s", DataTypes.STRING())));

        fillDictionary(vector, dictionary("one", "two"), 0, 1, 0);
        row.bind(batch);
        StringData first = row.at(0).getString(0);
        assertThat(first).hasToString("one");
        assertThat(row.at(1).getString(0)).hasToString("two");
        assertThat(row.at(2).getString(0)).isSameAs(first);

        fillDictionary(vector, dictionary("drei", "vier"), 1, 1, 0);
        row.bind(batch);
        assertThat(row.at(0).getString(0)).hasToString("vier");
        assertThat(row.at(2).getString(0)).hasToString("drei");

        vector.reset(3);
        vector.usePlain();
        for (int i = 0; i < 3; i++) {
            vector.set(i, new byte[] {(byte) ('a' + i)}, 0, 1);
        }
        row.bind(batch);
        assertThat(row.at(2).getString(0)).hasToString("c");
    }

    @Test
    void aRefilledBatchShowsItsNewValuesAndNulls() {
        Schema schema = new Schema(List.of(
                field("x", new ArrowType.Int(64, true)),
                field("d", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE))));
        LongVector longs = new LongVector(new long[] {1, 2});
        DoubleVector doubles = new DoubleVector(new double[] {1, 2});
        ColumnBatch batch = new ColumnBatch(schema, List.of(longs, doubles), 2);
        ColumnarRow row = new ColumnarRow(
                schema, rowType(DataTypes.FIELD("x", DataTypes.BIGINT()), DataTypes.FIELD("d", DataTypes.DOUBLE())));
        row.bind(batch);
        assertThat(row.at(1).getLong(0)).isEqualTo(2);

        longs.reset(1000);
        for (int i = 0; i < 1000; i++) {
            longs.values()[i] = i;
        }
        longs.setNull(999);
        row.bind(batch);

        assertThat(row.at(998).getLong(0)).isEqualTo(998);
        assertThat(row.at(999).isNullAt(0)).isTrue();
    }

    @Test
    void theRowKindIsInsertUntilItIsSet() {
        Schema schema = new Schema(List.of(field("x", new ArrowType.Int(64, true))));
        ColumnarRow row = new ColumnarRow(schema, rowType(DataTypes.FIELD("x", DataTypes.BIGINT())));

        assertThat(row.getRowKind()).isEqualTo(RowKind.INSERT);
        row.setRowKind(RowKind.DELETE);
        assertThat(row.getRowKind()).isEqualTo(RowKind.DELETE);
        assertThat(row.getArity()).isEqualTo(1);
    }

    static RowType allTypes() {
        List<DataType> types = LogicalTypesTest.typesThatComeBackUnchanged().toList();
        List<RowType.RowField> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(new RowType.RowField("c" + i, types.get(i).getLogicalType()));
            fields.add(new RowType.RowField("r" + i, types.get(i).notNull().getLogicalType()));
        }
        return new RowType(false, fields);
    }

    static List<RowData> throughBatch(RowType type, Schema schema, List<RowData> rows) {
        ColumnBatch batch = BatchFixture.batchOf(schema, new RowDataAccessor(type, schema), rows);
        ColumnarRow row = new ColumnarRow(schema, type);
        row.bind(batch);
        RowDataSerializer serializer = new RowDataSerializer(type);
        return LongStream.range(0, batch.size())
                .mapToObj(i -> (RowData) serializer.toBinaryRow(row.at((int) i)).copy())
                .toList();
    }

    static List<RowData> binary(RowType type, List<RowData> rows) {
        RowDataSerializer serializer = new RowDataSerializer(type);
        return rows.stream()
                .map(row -> (RowData) serializer.toBinaryRow(row).copy())
                .toList();
    }

    private static void fillDictionary(BytesVector vector, BytesDictionary dictionary, int... ids) {
        vector.reset(ids.length);
        vector.useDictionary(dictionary);
        System.arraycopy(ids, 0, vector.ids(), 0, ids.length);
    }

    private static BytesDictionary dictionary(String... values) {
        int[] offsets = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            offsets[i + 1] = offsets[i] + values[i].length();
        }
        return new BytesDictionary(String.join("", values).getBytes(StandardCharsets.UTF_8), offsets, values.length);
    }

    private static RowType rowType(DataTypes.Field... fields) {
        return (RowType) DataTypes.ROW(fields).notNull().getLogicalType();
    }

    private static Field field(String name, ArrowType type) {
        return new Field(name, FieldType.nullable(type), null);
    }
}
