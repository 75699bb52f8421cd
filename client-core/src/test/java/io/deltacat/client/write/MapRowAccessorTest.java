package io.deltacat.client.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;

class MapRowAccessorTest {
    @Test
    void wholeNumbersAreTakenFromAnyClassIfTheyFit() {
        assertThat(ofInt("int8", (byte) -128)).isEqualTo(-128);
        assertThat(ofInt("int8", 127L)).isEqualTo(127);
        assertThat(ofInt("uint16", 65535)).isEqualTo(65535);
        assertThat(ofInt("int32", BigInteger.valueOf(Integer.MIN_VALUE))).isEqualTo(Integer.MIN_VALUE);
        assertThat(ofLong("uint32", 4_294_967_295L)).isEqualTo(4_294_967_295L);
        assertThat(ofLong("int64", Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(ofLong("uint64", new BigInteger("18446744073709551615"))).isEqualTo(-1L);
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        refused("int8", 128, "from -128 to 127");
        refused("uint8", -1, "from 0 to 255");
        refused("int32", 1L << 40, "to 2147483647");
        refused("int32", BigInteger.ONE.shiftLeft(64), "to 2147483647");
        refused("uint32", -1, "unsigned number of 32 bits");
        refused("uint64", -1, "unsigned number of 64 bits");
        refused("int64", BigInteger.ONE.shiftLeft(63), "64 bits");
        refused("int64", 1.0, "whole number");
        refused("int32", "1", "whole number");
        refused("bool", 1, "Boolean");
        refused("float32", 1e300, "range of float");
        refused("float64", "x", "Double");
    }

    @Test
    void floatsKeepInfinitiesAndNaN() {
        assertThat(single("float32").getFloat(Map.of("c", Double.POSITIVE_INFINITY), 0))
                .isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(single("float64").getDouble(Map.of("c", Double.NaN), 0)).isNaN();
        assertThat(single("float64").getDouble(Map.of("c", 3), 0)).isEqualTo(3.0);
    }

    @Test
    void decimalsAreExactOrRefused() {
        Field small = decimal(10, 2);
        Field large = decimal(38, 3);
        assertThat(of(small).getLong(Map.of("c", new BigDecimal("-12.3")), 0)).isEqualTo(-1230);
        assertThat(of(small).getLong(Map.of("c", 7), 0)).isEqualTo(700);
        assertThat(new BigInteger(of(large).getBytes(Map.of("c", new BigDecimal("-1.5")), 0)))
                .isEqualTo(BigInteger.valueOf(-1500));
        assertThatThrownBy(() -> of(small).getLong(Map.of("c", new BigDecimal("0.001")), 0))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("2 digits after the point");
        assertThatThrownBy(() -> of(small).getLong(Map.of("c", new BigDecimal("123456789")), 0))
                .hasMessageContaining("at most 10 digits");
    }

    @Test
    void timesAreCountedInTheColumnsUnit() {
        LocalDateTime local = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000);
        Instant instant = local.toInstant(ZoneOffset.UTC);
        assertThat(ofLong("timestamp[ms]", local)).isEqualTo(-1);
        assertThat(ofLong("timestamp[us]", local)).isEqualTo(-1_000);
        assertThat(ofLong("timestamp[ns]", local)).isEqualTo(-1_000_000);
        assertThat(ofLong("timestamp[us, tz=UTC]", instant)).isEqualTo(-1_000);
        assertThat(ofLong("timestamp[us, tz=Europe/Berlin]", instant.atZone(ZoneOffset.ofHours(5))))
                .isEqualTo(-1_000);
        assertThat(ofInt("date32", LocalDate.of(1969, 12, 31))).isEqualTo(-1);
        assertThat(ofLong("date64", LocalDate.of(1970, 1, 2))).isEqualTo(86_400_000L);
        assertThat(ofInt("time32[ms]", LocalTime.of(0, 0, 1))).isEqualTo(1_000);
        assertThat(ofLong("time64[ns]", LocalTime.of(0, 0, 1))).isEqualTo(1_000_000_000L);
        assertThat(ofLong("duration[ns]", Duration.ofNanos(-1))).isEqualTo(-1);
        assertThat(ofLong("timestamp[ns]", LocalDateTime.ofEpochSecond(-9_223_372_037L, 145_224_192, ZoneOffset.UTC)))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void timesThatWouldLoseSomethingAreRefused() {
        refused("timestamp[ms]", LocalDateTime.of(2013, 1, 1, 0, 0, 0, 1), "no finer than MILLISECOND");
        refused("timestamp[us]", Instant.EPOCH, "LocalDateTime");
        refused("timestamp[us, tz=UTC]", LocalDateTime.MIN, "Instant");
        refused("timestamp[ns]", LocalDateTime.of(9999, 1, 1, 0, 0), "64 bits of NANOSECOND");
        refused("timestamp[ns]", LocalDateTime.of(1, 1, 1, 0, 0), "64 bits of NANOSECOND");
        refused("time32[s]", LocalTime.of(0, 0, 0, 1), "no finer than SECOND");
        refused("date32", LocalDate.MAX.atStartOfDay(), "LocalDate");
        refused("date64", LocalDate.MAX, "64 bits of MILLISECOND");
    }

    @Test
    void textAndBytesAreNotMixedUp() {
        assertThat(single("string").getBytes(Map.of("c", "ü"), 0)).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
        assertThat(single("binary").getBytes(Map.of("c", new byte[] {1}), 0)).containsExactly(1);
        refused("string", new byte[] {1}, "String");
        refused("binary", "x", "byte[]");
        Field fixed = new Field("c", FieldType.nullable(new ArrowType.FixedSizeBinary(4)), List.of());
        assertThatThrownBy(() -> of(fixed).getBytes(Map.of("c", new byte[3]), 0))
                .hasMessageContaining("length 4");
    }

    @Test
    void nestedValuesAreReadByTheirFields() {
        Field list = new Field(
                "l", FieldType.nullable(ArrowType.List.INSTANCE), List.of(TypeNames.field("item", "int32", true)));
        Field struct = new Field(
                "s",
                FieldType.nullable(ArrowType.Struct.INSTANCE),
                List.of(TypeNames.field("a", "string", true), list));
        Field entries = new Field(
                "entries",
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(TypeNames.field("key", "string", false), TypeNames.field("value", "int64", true)));
        Field map = new Field("m", FieldType.nullable(new ArrowType.Map(false)), List.of(entries));
        MapRowAccessor rows = new MapRowAccessor(List.of(struct, map));
        List<Integer> numbers = new ArrayList<>(List.of(1, 2));
        numbers.add(null);
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("x", 1L);
        counts.put("y", null);
        Map<String, Object> row = Map.of("s", Map.of("a", "text", "l", numbers), "m", counts);

        Object structValue = rows.getStruct(row, 0);
        RowAccessor<Object> inStruct = rows.structAccessor(0);
        assertThat(inStruct.getBytes(structValue, 0)).isEqualTo("text".getBytes(StandardCharsets.UTF_8));
        Object listValue = inStruct.getList(structValue, 1);
        ListAccessor inList = inStruct.listAccessor(1);
        assertThat(inList.size(listValue)).isEqualTo(3);
        assertThat(inList.getInt(listValue, 1)).isEqualTo(2);
        assertThat(inList.isNullAt(listValue, 2)).isTrue();
        Object mapValue = rows.getMap(row, 1);
        MapAccessor inMap = rows.mapAccessor(1);
        assertThat(inMap.keyAccessor().getBytes(inMap.keys(mapValue), 1)).containsExactly('y');
        assertThat(inMap.valueAccessor().getLong(inMap.values(mapValue), 0)).isEqualTo(1);
        assertThat(inMap.valueAccessor().isNullAt(inMap.values(mapValue), 1)).isTrue();
    }

    @Test
    void missingColumnsGetTheirFutureDefaultAndGivenNullsStay() {
        Field withDefault = FieldMetadata.withFutureDefault(TypeNames.field("c", "int32", true), 7L);
        MapRowAccessor rows = of(withDefault);
        assertThat(rows.getInt(Map.of(), 0)).isEqualTo(7);
        assertThat(rows.isNullAt(Collections.singletonMap("c", null), 0)).isTrue();
        assertThat(single("int32").isNullAt(Map.of(), 0)).isTrue();
    }

    @Test
    void unknownColumnsAreRefusedByName() {
        assertThatThrownBy(() -> single("int32").check(Map.of("c", 1, "d", 2)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("[c]");
        single("int32").check(Map.of());
    }

    private static int ofInt(String type, Object value) {
        return single(type).getInt(Map.of("c", value), 0);
    }

    private static long ofLong(String type, Object value) {
        return single(type).getLong(Map.of("c", value), 0);
    }

    private static void refused(String type, Object value, String expected) {
        MapRowAccessor rows = single(type);
        Map<String, Object> row = Map.of("c", value);
        assertThatThrownBy(() -> {
                    switch (VectorKind.of(rows.field(0))) {
                        case BOOLEAN -> rows.getBoolean(row, 0);
                        case INT -> rows.getInt(row, 0);
                        case LONG -> rows.getLong(row, 0);
                        case FLOAT -> rows.getFloat(row, 0);
                        case DOUBLE -> rows.getDouble(row, 0);
                        case BYTES -> rows.getBytes(row, 0);
                        case LIST, MAP, STRUCT -> throw new AssertionError(type);
                    }
                })
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(expected);
    }

    private static Field decimal(int precision, int scale) {
        return new Field("c", FieldType.nullable(new ArrowType.Decimal(precision, scale, 128)), List.of());
    }

    private static MapRowAccessor single(String type) {
        return of(TypeNames.field("c", type, true));
    }

    private static MapRowAccessor of(Field field) {
        return new MapRowAccessor(List.of(field));
    }
}
