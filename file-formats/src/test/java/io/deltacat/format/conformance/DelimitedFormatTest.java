package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.delimited.DelimitedFormat;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

final class DelimitedFormatTest {
    private static final Field ID = TypeNames.field("id", "int64", true);
    private static final Field NAME = TypeNames.field("name", "string", true);
    private static final Schema SCHEMA = new Schema(List.of(ID, NAME));

    @Test
    void aFirstLineOfColumnNamesIsAHeader() throws IOException {
        assertThat(read(DelimitedFormat.csv(), SCHEMA, "id,name\n1,a\n")).containsExactly(row("1", "a"));
        assertThat(read(DelimitedFormat.csv(), SCHEMA, "\uFEFF\"id\",\"name\"\r\n1,a\r\n"))
                .containsExactly(row("1", "a"));
        assertThat(read(DelimitedFormat.unescapedTsv(), SCHEMA, "id\tname\n1\ta"))
                .containsExactly(row("1", "a"));
    }

    @Test
    void onlyTheFirstLineCanBeAHeader() {
        assertThatThrownBy(() -> read(DelimitedFormat.csv(), SCHEMA, "1,a\nid,name\n"))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining("File 'memory-file', column 'id': line 2: text 'id' is not an int64");
    }

    @Test
    void gzipIsRecognisedByItsBytes() throws IOException {
        byte[] plain = "1,a\n".getBytes(StandardCharsets.UTF_8);
        for (byte[] content : List.of(plain, gzip(plain), gzip(gzip(plain)))) {
            assertThat(read(DelimitedFormat.csv(), SCHEMA, content)).containsExactly(row("1", "a"));
        }
    }

    @Test
    void linesMayEndInAnyWayAndBlankOnesAreNoRows() throws IOException {
        for (FileFormat format : List.of(DelimitedFormat.tsv(), DelimitedFormat.unescapedTsv())) {
            assertThat(read(format, SCHEMA, "1\ta\r\n\n2\tb\r3\tc"))
                    .containsExactly(row("1", "a"), row("2", "b"), row("3", "c"));
        }
    }

    @Test
    void aLineWithTooFewFieldsIsNamed() {
        for (FileFormat format :
                List.of(DelimitedFormat.psv(), DelimitedFormat.psv().uncompressed())) {
            assertThatThrownBy(() -> read(format, SCHEMA, "1|a\n2\n"))
                    .isInstanceOf(FormatException.CorruptFile.class)
                    .hasMessageContaining("line 2 has 1 fields, expected 2");
        }
    }

    @Test
    void anOpenQuoteIsCorrupt() {
        assertThatThrownBy(() -> read(DelimitedFormat.csv(), SCHEMA, "1,\"a\n2,b\n"))
                .isInstanceOf(FormatException.CorruptFile.class);
    }

    @Test
    void emptyIsNullExceptInText() throws IOException {
        assertThat(read(DelimitedFormat.csv(), SCHEMA, ",\nNULL,NULL\n"))
                .containsExactly(row(null, ""), row(null, "NULL"));
        assertThat(read(DelimitedFormat.unescapedTsv(), SCHEMA, "\t\n")).containsExactly(row(null, null));
    }

    @Test
    void requiredColumnsReadWhatIsNotNull() throws IOException {
        Schema required =
                new Schema(List.of(TypeNames.field("x", "float64", false), TypeNames.field("name", "string", false)));
        assertThat(read(DelimitedFormat.csv(), required, "nan,\n")).containsExactly(row("nan", ""));
        assertThat(read(DelimitedFormat.unescapedTsv(), required, "nan\t\n")).containsExactly(row("nan", ""));
        assertThatThrownBy(() -> read(DelimitedFormat.csv(), required, ",a\n"))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining("the column is required");
    }

    @Test
    void missingColumnsGetTheirPastDefault() throws IOException {
        Field added = FieldMetadata.withPastDefault(TypeNames.field("added", "date32", false), "2024-02-29");
        Field empty = TypeNames.field("empty", "string", true);
        ReadOptions options =
                ReadOptions.columns(new Schema(List.of(added, ID, empty))).withStoredColumns(SCHEMA);
        assertThat(read(DelimitedFormat.csv(), options, "1,a\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(row("19782", "1", null));
        Schema required = new Schema(List.of(TypeNames.field("gone", "int64", false)));
        assertThatThrownBy(() -> read(
                        DelimitedFormat.csv(), ReadOptions.columns(required).withStoredColumns(SCHEMA), new byte[0]))
                .isInstanceOf(FormatException.MissingColumn.class);
    }

    @Test
    void computedColumnsAreNotStored() throws IOException {
        Field computed =
                FieldMetadata.with(TypeNames.field("twice", "int64", true), FieldMetadata.COMPUTED_FIELD, "{}");
        ReadOptions options = ReadOptions.columns(new Schema(List.of(NAME)))
                .withStoredColumns(new Schema(List.of(ID, computed, NAME)));
        assertThat(read(DelimitedFormat.csv(), options, "1,a\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(row("a"));
    }

    @Test
    void aFileNeedsItsColumnsNamed() {
        assertThatThrownBy(() -> read(DelimitedFormat.csv(), ReadOptions.all(), new byte[0]))
                .isInstanceOf(FormatException.InvalidSchema.class)
                .hasMessageContaining("withStoredColumns");
    }

    @Test
    void nestedColumnsAreRefused() {
        Schema nested = new Schema(List.of(TypeNames.field("list", "list<item: int64>", true)));
        assertThatThrownBy(() -> read(DelimitedFormat.csv(), nested, ""))
                .isInstanceOf(FormatException.UnsupportedType.class)
                .hasMessageContaining("column 'list'");
        assertThatThrownBy(() -> write(DelimitedFormat.csv(), nested, List.of()))
                .isInstanceOf(FormatException.UnsupportedType.class);
    }

    @Test
    void unescapedTsvRefusesWhatItCannotCarry() {
        assertThatThrownBy(() -> write(DelimitedFormat.unescapedTsv(), SCHEMA, List.of(row("1", "a\tb"))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("row 0: the value holds a tab");
    }

    @Test
    void bytesMustBeUtf8() {
        Schema bytes = new Schema(List.of(TypeNames.field("b", "binary", true)));
        assertThatThrownBy(() -> write(DelimitedFormat.csv(), bytes, List.of(row("ff"))))
                .isInstanceOf(FormatException.InvalidRow.class);
        assertThatThrownBy(() -> read(DelimitedFormat.csv(), SCHEMA, new byte[] {'1', ',', (byte) 0xff, '\n'}))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aRequiredColumnRefusesNull() {
        Schema required = new Schema(List.of(TypeNames.field("id", "int64", false)));
        assertThatThrownBy(() -> write(DelimitedFormat.csv(), required, Arrays.asList(row("1"), row((Object) null))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void nullsOfASingleColumnStayRows() throws IOException {
        Schema single = new Schema(List.of(ID));
        List<List<Object>> rows = List.of(row("1"), row((Object) null), row("2"));
        BytesFile file = write(DelimitedFormat.csv().uncompressed(), single, rows);
        assertThat(new String(file.content(), StandardCharsets.UTF_8)).isEqualTo("1\n\"\"\n2\n");
        assertThat(read(DelimitedFormat.csv(), single, file.content())).isEqualTo(rows);
    }

    @Test
    void statisticsDescribeWhatAReaderGets() throws IOException {
        BytesFile file = new BytesFile(null);
        FileStats stats = append(DelimitedFormat.csv(), file, SCHEMA, List.of(row("1", "b"), row(null, null)));
        assertThat(stats.columns().get("name").min()).isEqualTo("");
        assertThat(stats.columns().get("name").nullCount()).isZero();
        assertThat(stats.columns().get("id").nullCount()).isOne();
        FileStats unescaped =
                append(DelimitedFormat.unescapedTsv(), file, SCHEMA, List.of(row("1", ""), row(null, "b")));
        assertThat(unescaped.columns().get("name").nullCount()).isOne();
        assertThat(unescaped.columns().get("name").min()).isEqualTo("b");
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static List<List<Object>> read(FileFormat format, Schema schema, String content) throws IOException {
        return read(format, schema, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<List<Object>> read(FileFormat format, Schema schema, byte[] content) throws IOException {
        return read(format, ReadOptions.columns(schema), content);
    }

    private static List<List<Object>> read(FileFormat format, ReadOptions options, byte[] content) throws IOException {
        try (BatchReader reader = format.openReader(new BytesFile(content), options)) {
            return CanonicalTable.readAll(reader);
        }
    }

    private static BytesFile write(FileFormat format, Schema schema, List<List<Object>> rows) throws IOException {
        BytesFile file = new BytesFile(null);
        append(format, file, schema, rows);
        return file;
    }

    private static FileStats append(FileFormat format, BytesFile file, Schema schema, List<List<Object>> rows)
            throws IOException {
        try (FileAppender<List<Object>> appender =
                format.openAppender(file, schema, new CanonicalAccessor(schema.getFields()), WriteOptions.defaults())) {
            for (List<Object> row : rows) {
                appender.append(row);
            }
            return appender.finish();
        }
    }
}
