package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.CanonicalValues;
import io.deltacat.format.FormatException;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projection by name, missing columns, and what may be read as what. */
class ColumnMatchingTest {

    @Test
    void wantedColumnsComeInTheWantedOrder() throws IOException {
        MemoryFile file = file(schema("a", "int32", "b", "string", "c", "bool"), List.of(row(1, bytes("x"), true)));
        assertThat(read(file, schema("c", "bool", "a", "int32"))).isEqualTo(List.of(List.of(true), List.of("1")));
        assertThat(read(file, new Schema(List.of()))).isEmpty();
    }

    @Test
    void aReaderOfNoColumnsStillCountsRows() throws IOException {
        MemoryFile file = file(schema("a", "int32"), List.of(row(1), row(2), row(3)));
        try (BatchReader reader = new ParquetFormat().openReader(file, ReadOptions.columns(new Schema(List.of())))) {
            ColumnBatch batch = reader.newBatch();
            assertThat(reader.nextBatch(batch)).isTrue();
            assertThat(batch.size()).isEqualTo(3);
        }
    }

    @Test
    void missingColumnsAreNullOrTheirPastDefault() throws IOException {
        MemoryFile file = file(schema("a", "int32"), List.of(row(1), row(2)));
        Schema wanted = new Schema(List.of(
                TypeNames.field("absent", "string", true),
                FieldMetadata.withPastDefault(TypeNames.field("number", "int64", false), 42),
                FieldMetadata.withPastDefault(TypeNames.field("text", "string", true), "old"),
                FieldMetadata.withPastDefault(TypeNames.field("flag", "bool", true), true),
                TypeNames.field("list", "list<item: struct<x: int32>>", true),
                TypeNames.field("map", "map<string, int32>", true),
                TypeNames.field("a", "int32", true)));
        assertThat(read(file, wanted))
                .isEqualTo(List.of(
                        Collections.nCopies(2, null),
                        List.of("42", "42"),
                        List.of("old", "old"),
                        List.of(true, true),
                        Collections.nCopies(2, null),
                        Collections.nCopies(2, null),
                        List.of("1", "2")));
    }

    @Test
    void aMissingRequiredColumnIsRefused() throws IOException {
        MemoryFile file = file(schema("a", "int32"), List.of(row(1)));
        assertThatThrownBy(() -> read(file, new Schema(List.of(TypeNames.field("b", "int32", false)))))
                .isInstanceOf(FormatException.MissingColumn.class)
                .hasMessageContaining("File 'memory.parquet', column 'b'");
        assertThat(file.openInputs()).isZero();
    }

    @Test
    void nestedFieldsAreMatchedByNameToo() throws IOException {
        Schema stored = new Schema(List.of(
                TypeNames.field("id", "int32", false),
                TypeNames.field("s", "struct<a: int32, b: string, c: list<item: int64>>", true)));
        MemoryFile file = file(
                stored, List.of(row(1, row(7, bytes("x"), row(1L, 2L))), row(2, null), row(3, row(null, null, null))));
        Schema wanted =
                new Schema(List.of(TypeNames.field("s", "struct<c: list<item: int64>, new: double, a: int64>", true)));
        assertThat(read(file, wanted))
                .isEqualTo(List.of(Arrays.asList(
                        Arrays.asList(List.of("1", "2"), null, "7"), null, Arrays.asList(null, null, null))));
        Schema onlyNew = new Schema(List.of(TypeNames.field("s", "struct<new: double>", true)));
        assertThat(read(file, onlyNew))
                .isEqualTo(List.of(Arrays.asList(Arrays.asList((Object) null), null, Arrays.asList((Object) null))));
    }

    @Test
    void nullsInARequiredColumnAreRefused() throws IOException {
        MemoryFile file = file(schema("a", "int32"), List.of(row(1), row((Object) null)));
        assertThatThrownBy(() -> read(file, new Schema(List.of(TypeNames.field("a", "int32", false)))))
                .isInstanceOf(FormatException.IncompatibleType.class)
                .hasMessageContaining("column 'a'")
                .hasMessageContaining("not null");
    }

    @ParameterizedTest
    @CsvSource({
        "int8, 5, int16, 5",
        "int8, -5, int64, -5",
        "int16, -5, int32, -5",
        "int32, -5, int64, -5",
        "uint8, 200, int16, 200",
        "uint8, 200, uint64, 200",
        "uint16, 65535, int32, 65535",
        "uint32, 4294967295, int64, 4294967295",
        "uint32, 4294967295, uint64, 4294967295",
        "int32, 3, float64, 0x1.8000000000000p+1",
        "int16, 3, float32, 0x1.8000000000000p+1",
        "float32, 1.5, float64, 0x1.8000000000000p+0",
        "float16, 1.5, float64, 0x1.8000000000000p+0",
        "float16, 1.5, float32, 0x1.8000000000000p+0",
        "int32, 12, 'decimal128(12, 2)', 1200",
        "int64, 12, 'decimal128(21, 2)', 1200",
        "'decimal128(5, 2)', 12345, 'decimal128(10, 4)', 1234500",
        "'decimal128(5, 2)', 12345, 'decimal128(38, 4)', 1234500",
        "'decimal128(15, 2)', 12345, 'decimal128(18, 4)', 1234500",
        "'decimal128(20, 2)', 12345, 'decimal128(20, 2)', 12345",
        "'decimal128(20, 2)', 12345, 'decimal128(25, 5)', 12345000",
        "date32, 2, date64, 172800000",
        "date32, 2, timestamp[ms], 172800000",
        "time32[ms], 5, time64[us], 5000",
        "time32[s], 5, time32[ms], 5000",
        "timestamp[ms], 5, timestamp[us], 5000",
        "timestamp[ms], -5, timestamp[ns], -5000000",
        "timestamp[us], 5000, timestamp[ms], 5",
        "timestamp[s], 5, timestamp[us], 5000000",
        "timestamp[ms], 5, 'timestamp[ms, tz=UTC]', 5",
        "duration[s], 5, duration[ms], 5000",
        "string, x, binary, 78",
        "binary, x, string, x",
        "string, x, large_string, x",
        "fixed_size_binary[1], x, binary, 78"
    })
    void typesThatWidenAreConverted(String from, String value, String to, String expected) throws IOException {
        Field field = TypeNames.field("v", from, true);
        MemoryFile file = file(
                new Schema(List.of(field)), List.of(row((Object) null), row(parse(field, value)), row((Object) null)));
        assertThat(read(file, new Schema(List.of(TypeNames.field("v", to, true)))))
                .isEqualTo(List.of(Arrays.asList(null, expected, null)));
        assertNestedToo(field, value, to, expected);
    }

    private static void assertNestedToo(Field field, String value, String to, String expected) throws IOException {
        Field list = list(field);
        List<Object> elements = Arrays.asList(null, parse(field, value));
        MemoryFile file = file(new Schema(List.of(list)), List.of(row(elements), row((Object) null)));
        assertThat(read(file, new Schema(List.of(list(TypeNames.field("v", to, true))))))
                .isEqualTo(List.of(Arrays.asList(Arrays.asList(null, expected), null)));
    }

    private static Field list(Field element) {
        return new Field(
                "list",
                org.apache.arrow.vector.types.pojo.FieldType.nullable(
                        org.apache.arrow.vector.types.pojo.ArrowType.List.INSTANCE),
                List.of(element));
    }

    @ParameterizedTest
    @CsvSource({
        "int64, 5, int32",
        "int32, 5, uint32",
        "uint32, 5, int32",
        "uint64, 5, int64",
        "int64, 5, float64",
        "int32, 5, float32",
        "float64, 1.5, float32",
        "int32, 5, string",
        "string, x, int32",
        "bool, true, int32",
        "'decimal128(10, 2)', 5, 'decimal128(9, 2)'",
        "'decimal128(10, 2)', 5, 'decimal128(10, 3)'",
        "'decimal128(10, 2)', 5, 'decimal128(12, 1)'",
        "int64, 5, 'decimal128(18, 0)'",
        "date32, 5, int32",
        "timestamp[ms], 5, int64",
        "timestamp[ms], 5, date32",
        "int64, 5, timestamp[ms]",
        "fixed_size_binary[1], x, fixed_size_binary[2]",
        "binary, x, fixed_size_binary[1]",
        "int32, 5, list<item: int32>",
        "duration[s], 5, int64",
        "string, x, bool"
    })
    void typesThatDoNotWidenAreRefused(String from, String value, String to) throws IOException {
        Field field = TypeNames.field("v", from, true);
        MemoryFile file = file(new Schema(List.of(field)), List.of(row(parse(field, value))));
        assertThatThrownBy(() -> read(file, new Schema(List.of(TypeNames.field("v", to, true)))))
                .isInstanceOf(FormatException.IncompatibleType.class)
                .hasMessageContaining("File 'memory.parquet', column 'v': the file holds type");
        assertThat(file.openInputs()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp[us], 5001, timestamp[ms]",
        "timestamp[ms], 9223372036854775, timestamp[ns]",
        "timestamp[ms], -9223372036854775, timestamp[ns]"
    })
    void aValueThatDoesNotSurviveAConversionIsNamed(String from, String value, String to) throws IOException {
        Field field = TypeNames.field("v", from, true);
        MemoryFile file = file(new Schema(List.of(field)), List.of(row(parse(field, value))));
        assertThatThrownBy(() -> read(file, new Schema(List.of(TypeNames.field("v", to, true)))))
                .isInstanceOf(FormatException.IncompatibleType.class)
                .hasMessageContaining("value '" + value + "'");
    }

    private static Object parse(Field field, String value) {
        return switch (io.deltacat.format.batch.VectorKind.of(field)) {
            case BOOLEAN -> Boolean.valueOf(value);
            case INT -> Integer.valueOf(value);
            case LONG -> Long.valueOf(value);
            case FLOAT -> Float.valueOf(value);
            case DOUBLE -> Double.valueOf(value);
            case BYTES ->
                field.getType() instanceof org.apache.arrow.vector.types.pojo.ArrowType.Decimal
                        ? new BigInteger(value).toByteArray()
                        : bytes(value);
            case LIST, MAP, STRUCT -> throw new IllegalArgumentException(value);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static Schema schema(String... namesAndTypes) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(TypeNames.field(namesAndTypes[i], namesAndTypes[i + 1], true));
        }
        return new Schema(fields);
    }

    private static MemoryFile file(Schema schema, List<List<Object>> rows) throws IOException {
        MemoryFile file = new MemoryFile();
        RoundTripTest.write(file, schema, rows, WriteOptions.defaults());
        return file;
    }

    private static List<List<Object>> read(MemoryFile file, Schema wanted) throws IOException {
        List<List<Object>> columns = new ArrayList<>();
        wanted.getFields().forEach(field -> columns.add(new ArrayList<>()));
        try (BatchReader reader = new ParquetFormat().openReader(file, ReadOptions.columns(wanted))) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                CanonicalValues.append(batch, columns);
            }
        }
        return columns;
    }
}
