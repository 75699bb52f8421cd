package io.deltacat.format.parquet;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.ltEq;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.CanonicalValues;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.RandomRows;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.codec.Float16;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets parquet-java read what we wrote, page checksums and page indexes included. */
class ParquetJavaReaderTest {

    @ParameterizedTest
    @EnumSource(Codec.class)
    void parquetJavaReadsEveryValue(Codec codec) throws IOException {
        for (boolean nullable : new boolean[] {true, false}) {
            check(RandomRows.allScalars(nullable), codec);
            check(RandomRows.allNested(nullable), codec);
        }
    }

    private static void check(Schema schema, Codec codec) throws IOException {
        List<List<Object>> rows = new RandomRows(new SplittableRandom(31)).rows(schema, 1000);
        MemoryFile file = new MemoryFile();
        WriteOptions options =
                WriteOptions.defaults().withCodec(codec).withPageBytes(2048).withRowGroupBytes(128 << 10);
        RoundTripTest.write(file, schema, rows, options);
        int row = 0;
        for (Group group : read(file, FilterCompat.NOOP, new long[1])) {
            for (int i = 0; i < schema.getFields().size(); i++) {
                Field field = schema.getFields().get(i);
                Object actual = canonical(field, group, i, 0);
                Object expected = RandomRows.canonical(field, rows.get(row).get(i));
                if (!Objects.equals(actual, expected)) {
                    assertThat(actual).as("row %d, column %s", row, field).isEqualTo(expected);
                }
            }
            row++;
        }
        assertThat(row).isEqualTo(rows.size());
    }

    @Test
    void pageIndexesPruneWithoutLosingRows() throws IOException {
        Schema schema =
                new Schema(List.of(TypeNames.field("key", "int64", false), TypeNames.field("text", "string", true)));
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 100_000; i++) {
            byte[] text = i % 3 == 0 ? null : ("text " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            List<Object> row = new ArrayList<>();
            row.add(i);
            row.add(text);
            rows.add(row);
        }
        MemoryFile file = new MemoryFile();
        RoundTripTest.write(file, schema, rows, WriteOptions.defaults().withPageBytes(16 << 10));
        long[] decoded = new long[1];
        List<Group> read = read(
                file,
                FilterCompat.get(and(gtEq(longColumn("key"), 50_000L), ltEq(longColumn("key"), 50_100L))),
                decoded);
        assertThat(read).hasSize(101);
        assertThat(read.get(0).getString("text", 0)).isEqualTo("text 50000");
        assertThat(decoded[0]).isBetween(101L, 10_000L);
    }

    /**
     * Reads with parquet-java.
     *
     * @param decoded gets the number of rows whose pages were read
     */
    private static List<Group> read(MemoryFile file, FilterCompat.Filter filter, long[] decoded) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetJava.Codecs())
                .usePageChecksumVerification(true)
                .withRecordFilter(filter)
                .useColumnIndexFilter(true)
                .useRecordFilter(true)
                .build();
        List<Group> groups = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(ParquetJava.input(file), options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            PageReadStore pages;
            while ((pages = reader.readNextFilteredRowGroup()) != null) {
                decoded[0] += pages.getRowCount();
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema), filter);
                for (long i = 0; i < pages.getRowCount(); i++) {
                    Group group = records.read();
                    if (!records.shouldSkipCurrentRecord()) {
                        groups.add(group);
                    }
                }
            }
        }
        return groups;
    }

    private static Object canonical(Field field, Group group, int column, int index) {
        if (group.getFieldRepetitionCount(column) == 0) {
            return null;
        }
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Struct -> {
                Group struct = group.getGroup(column, index);
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < field.getChildren().size(); i++) {
                    values.add(canonical(field.getChildren().get(i), struct, i, 0));
                }
                yield values;
            }
            case List, LargeList, FixedSizeList -> {
                Group list = group.getGroup(column, index);
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
                    values.add(canonical(field.getChildren().get(0), list.getGroup(0, i), 0, 0));
                }
                yield values;
            }
            case Map -> {
                Group map = group.getGroup(column, index);
                List<Field> entry = field.getChildren().get(0).getChildren();
                List<Object> pairs = new ArrayList<>();
                for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
                    List<Object> pair = new ArrayList<>();
                    pair.add(canonical(entry.get(0), map.getGroup(0, i), 0, 0));
                    pair.add(canonical(entry.get(1), map.getGroup(0, i), 1, 0));
                    pairs.add(pair);
                }
                yield pairs;
            }
            default -> scalar(field, group, column, index);
        };
    }

    private static Object scalar(Field field, Group group, int column, int index) {
        ArrowType type = field.getType();
        return switch (group.getType().getType(column).asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(column, index);
            case FLOAT -> CanonicalValues.hex(group.getFloat(column, index));
            case DOUBLE -> CanonicalValues.hex(group.getDouble(column, index));
            case INT32 -> {
                long value = group.getInteger(column, index);
                if (type instanceof ArrowType.Int integer && !integer.getIsSigned()) {
                    value &= 0xffffffffL;
                } else if (type instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
                    value *= 86_400_000;
                } else if (type instanceof ArrowType.Time time && time.getUnit() == TimeUnit.SECOND) {
                    value /= 1000;
                }
                yield Long.toString(value);
            }
            case INT64 -> {
                long value = group.getLong(column, index);
                if (type instanceof ArrowType.Timestamp timestamp && timestamp.getUnit() == TimeUnit.SECOND) {
                    value /= 1000;
                }
                boolean unsigned = type instanceof ArrowType.Int integer && !integer.getIsSigned();
                yield unsigned ? Long.toUnsignedString(value) : Long.toString(value);
            }
            case BINARY, FIXED_LEN_BYTE_ARRAY -> {
                byte[] bytes = group.getBinary(column, index).getBytes();
                if (type instanceof ArrowType.Decimal) {
                    yield new BigInteger(bytes).toString();
                }
                if (type instanceof ArrowType.FloatingPoint half
                        && half.getPrecision() == FloatingPointPrecision.HALF) {
                    yield CanonicalValues.hex(Float16.toFloat((short) (bytes[0] & 0xff | bytes[1] << 8)));
                }
                boolean text = type instanceof ArrowType.Utf8 || type instanceof ArrowType.LargeUtf8;
                yield text
                        ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                        : HexFormat.of().formatHex(bytes);
            }
            case INT96 -> throw new IllegalStateException("INT96 is never written");
        };
    }
}
