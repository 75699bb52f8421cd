package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.json.JsonFormat;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFormatTest {
    private static final Schema SCHEMA =
            new Schema(List.of(TypeNames.field("id", "int64", false), TypeNames.field("name", "string", true)));

    @Test
    void namesAreMatchedInAnyOrder() throws IOException {
        assertThat(read(SCHEMA, "{\"name\":\"a\",\"x\":{\"y\":[1]},\"id\":1}\n\n  {\"id\":2}"))
                .containsExactly(row("1", "a"), row("2", null));
    }

    @Test
    void scalarsAreReadFromAnySpelling() throws IOException {
        assertThat(read(SCHEMA, "{\"id\":\"7\",\"name\":1.50}\n{\"id\":7.0,\"name\":true}"))
                .containsExactly(row("7", "1.50"), row("7", "true"));
    }

    @Test
    void mapsAreObjectsOrEntries() throws IOException {
        Schema map = new Schema(List.of(TypeNames.field("m", "map<string, int64>", true)));
        String text = "{\"m\":{\"a\":1,\"b\":null}}\n{\"m\":[{\"value\":1,\"key\":\"a\"},{\"key\":\"b\"}]}";
        List<Object> expected = row(List.of(row("a", "1"), row("b", null)));
        assertThat(read(map, text)).containsExactly(expected, expected);
    }

    @Test
    void absentColumnsGetTheirPastDefault() throws IOException {
        Field added = FieldMetadata.withPastDefault(TypeNames.field("added", "int32", false), 5L);
        assertThat(read(new Schema(List.of(added)), "{\"id\":1}")).containsExactly(row("5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"id\":2}",
                "{\"id\":1} x",
                "[1]",
                "{\"id\":1",
                "{\"id\":null}",
                "{}",
                "{\"id\":\"x\"}",
                "{\"id\":[1]}",
                "{\"id\":1e999999999}",
                "{\"id\":1,\"name\":{}}",
                "{\"id\":1,\"name\":\"\\ud800\"}",
                "nul"
            })
    void otherTextIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> read(SCHEMA, text))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("memory-file")
                .hasMessageNotContaining("\n");
    }

    @Test
    void theMessageNamesRowLineAndColumn() {
        assertThatThrownBy(() -> read(SCHEMA, "{\"id\":1}\n{\"id\":\"x\"}"))
                .hasMessageContaining(
                        "File 'memory-file', column 'id': row 1, line 2, text byte 15: text 'x' is not an int64");
    }

    @Test
    void aFileNeedsItsTypesNamed() {
        assertThatThrownBy(() -> new JsonFormat().openReader(new BytesFile(new byte[0]), ReadOptions.all()))
                .isInstanceOf(FormatException.InvalidSchema.class);
    }

    @Test
    void binaryColumnsAreRefused() {
        Schema binary = new Schema(List.of(TypeNames.field("l", "list<item: binary>", true)));
        assertThatThrownBy(() -> read(binary, ""))
                .isInstanceOf(FormatException.UnsupportedType.class)
                .hasMessageContaining("column 'l.item'");
    }

    @Test
    void aRequiredColumnRefusesNaN() {
        Schema real = new Schema(List.of(TypeNames.field("x", "float64", false)));
        assertThatThrownBy(() ->
                        FormatConformance.write(new JsonFormat(), real, List.of(row("nan")), WriteOptions.defaults()))
                .isInstanceOf(FormatException.InvalidRow.class);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static List<List<Object>> read(Schema schema, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try (BatchReader reader = new JsonFormat().openReader(new BytesFile(content), ReadOptions.columns(schema))) {
            return CanonicalTable.readAll(reader);
        }
    }
}
