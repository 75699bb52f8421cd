package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.avro.AvroFormat;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Avro library itself is the other side here. */
final class AvroFormatTest {
    private static final org.apache.avro.Schema LIBRARY_SCHEMA = new org.apache.avro.Schema.Parser().parse("""
                    {"type":"record","name":"row","fields":[
                      {"name":"id","type":"int"},
                      {"name":"kind","type":{"type":"enum","name":"kind","symbols":["A","B"]}},
                      {"name":"code","type":{"type":"fixed","name":"code","size":2}},
                      {"name":"tags","type":{"type":"map","values":["long","null"]}},
                      {"name":"text","type":["string","null"]}]}""");

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void readsWhatTheLibraryWrites(String codec) throws IOException {
        byte[] content = libraryFile(codec, 1000);
        List<List<Object>> rows = read(content, ReadOptions.all());
        assertThat(rows).hasSize(1000);
        assertThat(rows.get(7)).isEqualTo(row("7", "B", "0107", List.of(List.of("k", "7")), null));
        assertThat(rows.get(8)).isEqualTo(row("8", "A", "0108", List.of(), "t8"));
        try (BatchReader reader = new AvroFormat().openReader(new BytesFile(content), ReadOptions.all())) {
            assertThat(reader.rowCount()).isEqualTo(1000);
            reader.skip(998);
            assertThat(CanonicalTable.readAll(reader)).isEqualTo(rows.subList(998, 1000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"feather-scalars.feather", "feather-nested.feather"})
    void carriesEveryType(String golden) throws IOException {
        CanonicalTable table = CanonicalTable.golden().get(golden);
        for (Codec codec : List.of(Codec.UNCOMPRESSED, Codec.ZSTD)) {
            byte[] content = FormatConformance.write(
                    new AvroFormat(),
                    table.schema(),
                    table.rows(),
                    WriteOptions.defaults().withCodec(codec));
            assertThat(read(content, ReadOptions.columns(table.schema()))).isEqualTo(table.rows());
            assertThat(read(content, ReadOptions.all())).hasSameSizeAs(table.rows());
            try (DataFileStream<GenericRecord> library =
                    new DataFileStream<>(new ByteArrayInputStream(content), new GenericDatumReader<>())) {
                List<Object> ids = new ArrayList<>();
                library.forEach(each -> ids.add(each.get("id").toString()));
                assertThat(ids)
                        .isEqualTo(table.select(List.of("id")).rows().stream()
                                .map(each -> each.get(0))
                                .toList());
            }
        }
    }

    @Test
    void widensAndRefusesToLose() throws IOException {
        byte[] content = libraryFile("null", 300);
        Schema wide = schema("id", "float64");
        assertThat(read(content, ReadOptions.columns(wide)).get(1)).isEqualTo(row("3ff0000000000000"));
        assertThat(read(content, ReadOptions.columns(schema("id", "decimal128(12, 2)")))
                        .get(3))
                .isEqualTo(row("300"));
        assertThatThrownBy(() -> read(content, ReadOptions.columns(schema("id", "int8"))))
                .isInstanceOf(FormatException.IncompatibleType.class)
                .hasMessageContaining("column 'id'")
                .hasMessageContaining("with value '128'");
        assertThatThrownBy(() -> read(content, ReadOptions.columns(schema("id", "string"))))
                .isInstanceOf(FormatException.IncompatibleType.class);
        assertThatThrownBy(() -> read(content, ReadOptions.columns(schema("code", "fixed_size_binary[3]"))))
                .isInstanceOf(FormatException.IncompatibleType.class);
    }

    @Test
    void missingColumnsGetTheirPastDefault() throws IOException {
        Field added = FieldMetadata.withPastDefault(TypeNames.field("added", "string", false), "x");
        assertThat(read(libraryFile("null", 1), ReadOptions.columns(new Schema(List.of(added)))))
                .containsExactly(row("x"));
        assertThatThrownBy(() -> read(
                        libraryFile("null", 1),
                        ReadOptions.columns(new Schema(List.of(TypeNames.field("gone", "string", false))))))
                .isInstanceOf(FormatException.MissingColumn.class);
    }

    @Test
    void requiredColumnsRefuseNull() {
        Schema required = new Schema(List.of(TypeNames.field("text", "string", false)));
        assertThatThrownBy(() -> read(libraryFile("null", 8), ReadOptions.columns(required)))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining("null, but the column is required");
    }

    @Test
    void recursiveRecordsAreRefused() throws IOException {
        org.apache.avro.Schema tree = new org.apache.avro.Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"n\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"n\"]}]}");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(tree))) {
            writer.create(tree, bytes);
        }
        assertThatThrownBy(() -> read(bytes.toByteArray(), ReadOptions.all()))
                .isInstanceOf(FormatException.UnsupportedType.class);
    }

    @Test
    void columnNamesNeedNotBeIdentifiers() throws IOException {
        Schema schema = new Schema(List.of(TypeNames.field("a b/\u00e9", "int64", true)));
        byte[] content = FormatConformance.write(new AvroFormat(), schema, List.of(row("1")), WriteOptions.defaults());
        assertThat(read(content, ReadOptions.all())).containsExactly(row("1"));
    }

    private static Schema schema(String name, String type) {
        return new Schema(List.of(TypeNames.field(name, type, true)));
    }

    private static byte[] libraryFile(String codec, int rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(LIBRARY_SCHEMA))) {
            writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(1024);
            writer.create(LIBRARY_SCHEMA, bytes);
            for (int i = 0; i < rows; i++) {
                GenericRecord record = new GenericData.Record(LIBRARY_SCHEMA);
                record.put("id", i);
                org.apache.avro.Schema kind = LIBRARY_SCHEMA.getField("kind").schema();
                record.put("kind", new GenericData.EnumSymbol(kind, i % 2 == 0 ? "A" : "B"));
                byte[] code = {(byte) 1, (byte) i};
                record.put(
                        "code",
                        new GenericData.Fixed(LIBRARY_SCHEMA.getField("code").schema(), code));
                record.put("tags", i % 2 == 0 ? Map.of() : Map.of("k", (long) i));
                record.put("text", i % 7 == 0 ? null : "t" + i);
                writer.append(record);
            }
        }
        return bytes.toByteArray();
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static List<List<Object>> read(byte[] content, ReadOptions options) throws IOException {
        try (BatchReader reader = new AvroFormat().openReader(new BytesFile(content), options)) {
            return CanonicalTable.readAll(reader);
        }
    }
}
