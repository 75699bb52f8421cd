package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.feather.FeatherFormat;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeatherFormatTest {
    private static final FeatherFormat FEATHER = new FeatherFormat();

    @ParameterizedTest
    @ValueSource(strings = {"lz4", "zstd"})
    void readsSeveralCompressedBatches(String compression) throws IOException {
        byte[] content = golden("large-" + compression + ".feather");
        List<List<Object>> rows = read(content, ReadOptions.all().withBatchRows(4000));
        assertThat(rows).hasSize(20000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(largeRow(i));
        }
        RowRange range = new RowRange(8990, 20);
        assertThat(read(content, ReadOptions.all().withRows(range))).isEqualTo(rows.subList(8990, 9010));
        try (BatchReader reader = FEATHER.openReader(new BytesFile(content), ReadOptions.all())) {
            reader.skip(19999);
            assertThat(CanonicalTable.readAll(reader)).containsExactly(largeRow(19999));
        }
    }

    @Test
    void readsSlicedColumns() throws IOException {
        List<List<Object>> rows = read(golden("large-uncompressed.feather"), ReadOptions.all());
        assertThat(rows).hasSize(100).startsWith(largeRow(1)).endsWith(largeRow(100));
    }

    @Test
    void dictionariesGrowByDeltas() throws IOException {
        assertThat(read(golden("deltas.feather"), ReadOptions.all()))
                .containsExactly(row("a"), row("b"), row("z"), row("a"));
    }

    @Test
    void codedStringsKeepTheirCoding() throws IOException {
        byte[] content = golden("large-lz4.feather");
        try (BatchReader reader = FEATHER.openReader(new BytesFile(content), ReadOptions.all())) {
            ColumnBatch batch = reader.newBatch();
            assertThat(reader.nextBatch(batch)).isTrue();
            BytesVector coded = (BytesVector) batch.column(2);
            assertThat(coded.dictionary()).isNotNull();
            assertThat(coded.dictionary().size()).isEqualTo(3);
            assertThat(coded.string(4)).isEqualTo("code 1");
        }
    }

    @Test
    void writesPlainBatchesOfBoundedSize() throws IOException {
        CanonicalTable table = CanonicalTable.golden().get("feather-nested.feather");
        WriteOptions options =
                WriteOptions.defaults().withCodec(Codec.UNCOMPRESSED).withRowGroupBytes(64 << 10);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            rows.add(table.rows().get(i % 4));
        }
        byte[] content = FormatConformance.write(FEATHER, table.schema(), rows, options);
        assertThat(read(content, ReadOptions.columns(table.schema()))).isEqualTo(rows);
    }

    @Test
    void widensAndRefusesToLose() throws IOException {
        byte[] content = golden("large-uncompressed.feather");
        assertThat(read(content, ReadOptions.columns(schema("n", "decimal128(20, 1)")))
                        .get(4))
                .isEqualTo(row("50"));
        assertThat(read(content, ReadOptions.columns(schema("c", "binary"))).get(0))
                .isEqualTo(row("636f64652031"));
        for (String type : List.of("int32", "string", "list<item: int64>")) {
            assertThatThrownBy(() -> read(content, ReadOptions.columns(schema("n", type))))
                    .isInstanceOf(FormatException.IncompatibleType.class);
        }
        assertThatThrownBy(() ->
                        read(content, ReadOptions.columns(new Schema(List.of(TypeNames.field("s", "string", false))))))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining("null, but the column is required");
    }

    @Test
    void missingColumnsGetTheirPastDefault() throws IOException {
        Field added = FieldMetadata.withPastDefault(TypeNames.field("added", "float64", false), 0.5);
        assertThat(read(golden("deltas.feather"), ReadOptions.columns(new Schema(List.of(added)))))
                .hasSize(4)
                .containsOnly(row("3fe0000000000000"));
    }

    @Test
    void versionOneIsNamed() {
        byte[] content = "FEA1 and then something else, FEA1".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> read(content, ReadOptions.all()))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining("version 1");
    }

    @Test
    void valuesBeyondTheirTypeAreRefused() {
        assertThatThrownBy(() -> FormatConformance.write(
                        FEATHER, schema("n", "uint8"), List.of(row("256")), WriteOptions.defaults()))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("row 0: value 256 is not from 0 to 255");
    }

    @Test
    void otherCodecsAreRefused() {
        WriteOptions snappy = WriteOptions.defaults().withCodec(Codec.SNAPPY);
        assertThatThrownBy(() -> FormatConformance.write(FEATHER, schema("n", "int64"), List.of(), snappy))
                .isInstanceOf(FormatException.UnsupportedFormat.class);
    }

    private static List<Object> largeRow(int i) {
        return row(Integer.toString(i % 1000), i % 7 == 0 ? null : "row " + i % 100, "code " + i % 3);
    }

    private static Schema schema(String name, String type) {
        return new Schema(List.of(TypeNames.field(name, type, true)));
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream stream = FeatherFormatTest.class.getResourceAsStream("/golden/pythonclient/" + name)) {
            return stream.readAllBytes();
        }
    }

    private static List<List<Object>> read(byte[] content, ReadOptions options) throws IOException {
        try (BatchReader reader = FEATHER.openReader(new BytesFile(content), options)) {
            return CanonicalTable.readAll(reader);
        }
    }
}
