package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.CanonicalValues;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads files that parquet-java's own writers made, in both of its versions, old forms of lists included. */
class ParquetJavaWriterTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message test {
              required int64 id;
              optional boolean flag;
              optional int32 small;
              optional int64 large;
              optional int96 legacy_time;
              optional float single;
              optional double twice;
              optional binary text (UTF8);
              optional binary few (UTF8);
              optional fixed_len_byte_array(7) fixed;
              repeated int32 bare;
              optional group two_level (LIST) { repeated int32 array; }
              optional group three_level (LIST) { repeated group list { optional int64 element; } }
              optional group tuples (LIST) { repeated group tuples_tuple { optional int32 a; } }
              optional group map (MAP) { repeated group key_value { required binary key (UTF8); optional int32 value; } }
              optional group outer { required int32 a; optional group inner { optional binary b (UTF8); } }
            }
            """);

    private final Map<String, List<Object>> expected = new LinkedHashMap<>();

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0, UNCOMPRESSED, true", "PARQUET_1_0, SNAPPY, false", "PARQUET_2_0, UNCOMPRESSED, false",
        "PARQUET_2_0, ZSTD, true", "PARQUET_2_0, GZIP, false", "PARQUET_1_0, LZ4_RAW, true"
    })
    void everyValueIsRead(ParquetProperties.WriterVersion version, CompressionCodecName codec, boolean dictionary)
            throws IOException {
        MemoryFile file = new MemoryFile();
        SplittableRandom random = new SplittableRandom(99);
        SCHEMA.getFields().forEach(field -> expected.put(field.getName(), new ArrayList<>()));
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(ParquetJava.output(file))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetJava.Codecs())
                .withType(SCHEMA)
                .withCompressionCodec(codec)
                .withWriterVersion(version)
                .withDictionaryEncoding(dictionary)
                .withPageSize(600)
                .withDictionaryPageSize(3000)
                .withRowGroupSize(40_000L)
                .build()) {
            for (int i = 0; i < 1500; i++) {
                writer.write(row(i, random));
            }
        }
        for (int batchRows : new int[] {13, 4096}) {
            Map<String, List<Object>> actual = new LinkedHashMap<>();
            try (BatchReader reader =
                    new ParquetFormat().openReader(file, ReadOptions.all().withBatchRows(batchRows))) {
                List<List<Object>> columns = new ArrayList<>();
                reader.schema().getFields().forEach(field -> {
                    actual.put(field.getName(), new ArrayList<>());
                    columns.add(actual.get(field.getName()));
                });
                ColumnBatch batch = reader.newBatch();
                while (reader.nextBatch(batch)) {
                    CanonicalValues.append(batch, columns);
                }
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    private Group row(int i, SplittableRandom random) {
        Group row = new SimpleGroup(SCHEMA);
        row.add("id", (long) i);
        put("id", Long.toString(i));
        boolean dense = i / 300 % 3 == 0; // stretches without nulls
        if (present(random, dense, "flag")) {
            boolean value = i % 50 < 25 || random.nextBoolean();
            row.add("flag", value);
            put("flag", value);
        }
        if (present(random, dense, "small")) {
            int value = random.nextInt() >> random.nextInt(32);
            row.add("small", value);
            put("small", Integer.toString(value));
        }
        if (present(random, dense, "large")) {
            long value = random.nextLong() >> random.nextInt(64);
            row.add("large", value);
            put("large", Long.toString(value));
        }
        if (present(random, dense, "legacy_time")) {
            int day = random.nextInt(-20_000, 40_000);
            long nanos = random.nextLong(86_400_000_000_000L);
            ByteBuffer stored = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
            stored.putLong(nanos).putInt(day + 2_440_588);
            row.add("legacy_time", Binary.fromConstantByteArray(stored.array()));
            put("legacy_time", Long.toString(day * 86_400_000_000_000L + nanos));
        }
        if (present(random, dense, "single")) {
            float value = (float) random.nextGaussian();
            row.add("single", value);
            put("single", CanonicalValues.hex(value));
        }
        if (present(random, dense, "twice")) {
            double value = random.nextGaussian();
            row.add("twice", value);
            put("twice", CanonicalValues.hex(value));
        }
        if (present(random, dense, "text")) {
            String value = "text-" + random.nextInt();
            row.add("text", value);
            put("text", value);
        }
        if (present(random, dense, "few")) {
            String value = "few-" + random.nextInt(5);
            row.add("few", value);
            put("few", value);
        }
        if (present(random, dense, "fixed")) {
            byte[] value = new byte[7];
            random.nextBytes(value);
            row.add("fixed", Binary.fromConstantByteArray(value));
            put("fixed", HexFormat.of().formatHex(value));
        }
        nested(row, random, dense);
        return row;
    }

    private void nested(Group row, SplittableRandom random, boolean dense) {
        List<Object> bare = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0; k--) {
            row.add("bare", k);
            bare.add(Integer.toString(k));
        }
        put("bare", bare);
        if (present(random, dense, "two_level")) {
            Group list = row.addGroup("two_level");
            List<Object> values = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                list.add("array", k);
                values.add(Integer.toString(k));
            }
            put("two_level", values);
        }
        if (present(random, dense, "three_level")) {
            Group list = row.addGroup("three_level");
            List<Object> values = new ArrayList<>();
            for (int k = random.nextInt(4); k > 0; k--) {
                Group element = list.addGroup("list");
                if (random.nextBoolean()) {
                    element.add("element", (long) k);
                    values.add(Integer.toString(k));
                } else {
                    values.add(null);
                }
            }
            put("three_level", values);
        }
        if (present(random, dense, "tuples")) {
            Group list = row.addGroup("tuples");
            List<Object> values = new ArrayList<>();
            for (int k = random.nextInt(3); k > 0; k--) {
                list.addGroup("tuples_tuple").add("a", k);
                values.add(List.of(Integer.toString(k)));
            }
            put("tuples", values);
        }
        if (present(random, dense, "map")) {
            Group map = row.addGroup("map");
            List<Object> entries = new ArrayList<>();
            for (int k = random.nextInt(3); k > 0; k--) {
                Group entry = map.addGroup("key_value");
                entry.add("key", "k" + k);
                List<Object> pair = new ArrayList<>();
                pair.add("k" + k);
                if (random.nextBoolean()) {
                    entry.add("value", k);
                    pair.add(Integer.toString(k));
                } else {
                    pair.add(null);
                }
                entries.add(pair);
            }
            put("map", entries);
        }
        if (present(random, dense, "outer")) {
            Group outer = row.addGroup("outer");
            outer.add("a", 5);
            List<Object> values = new ArrayList<>();
            values.add("5");
            if (random.nextBoolean()) {
                Group inner = outer.addGroup("inner");
                List<Object> innerValues = new ArrayList<>();
                if (random.nextBoolean()) {
                    inner.add("b", "inner");
                    innerValues.add("inner");
                } else {
                    innerValues.add(null);
                }
                values.add(innerValues);
            } else {
                values.add(null);
            }
            put("outer", values);
        }
    }

    private boolean present(SplittableRandom random, boolean dense, String column) {
        if (dense || random.nextInt(4) != 0) {
            return true;
        }
        put(column, null);
        return false;
    }

    private void put(String column, Object value) {
        expected.get(column).add(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value);
    }
}
