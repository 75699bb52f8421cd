package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkWritesPythonReadsIT {
    private static final DataType ALL_TYPES = DataTypes.ROW(
            DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
            DataTypes.FIELD("c_bool", DataTypes.BOOLEAN()),
            DataTypes.FIELD("c_int8", DataTypes.TINYINT()),
            DataTypes.FIELD("c_int16", DataTypes.SMALLINT()),
            DataTypes.FIELD("c_int32", DataTypes.INT()),
            DataTypes.FIELD("c_int64", DataTypes.BIGINT()),
            DataTypes.FIELD("c_float", DataTypes.FLOAT()),
            DataTypes.FIELD("c_double", DataTypes.DOUBLE()),
            DataTypes.FIELD("c_dec_9_2", DataTypes.DECIMAL(9, 2)),
            DataTypes.FIELD("c_dec_18_4", DataTypes.DECIMAL(18, 4)),
            DataTypes.FIELD("c_dec_38_10", DataTypes.DECIMAL(38, 10)),
            DataTypes.FIELD("c_string", DataTypes.STRING()),
            DataTypes.FIELD("c_bytes", DataTypes.BYTES()),
            DataTypes.FIELD("c_fixed", DataTypes.BINARY(4)),
            DataTypes.FIELD("c_date", DataTypes.DATE()),
            DataTypes.FIELD("c_time", DataTypes.TIME(3)),
            DataTypes.FIELD("c_ts_0", DataTypes.TIMESTAMP(0)),
            DataTypes.FIELD("c_ts_3", DataTypes.TIMESTAMP(3)),
            DataTypes.FIELD("c_ts_6", DataTypes.TIMESTAMP(6)),
            DataTypes.FIELD("c_ts_9", DataTypes.TIMESTAMP(9)),
            DataTypes.FIELD("c_ltz_6", DataTypes.TIMESTAMP_LTZ(6)),
            DataTypes.FIELD("c_array", DataTypes.ARRAY(DataTypes.BIGINT())),
            DataTypes.FIELD("c_map", DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.INT())),
            DataTypes.FIELD(
                    "c_row",
                    DataTypes.ROW(DataTypes.FIELD("x", DataTypes.INT()), DataTypes.FIELD("y", DataTypes.STRING()))));

    private static final String COLUMNS = """
            id BIGINT NOT NULL, c_bool BOOLEAN, c_int8 TINYINT, c_int16 SMALLINT, c_int32 INT, c_int64 BIGINT,
            c_float FLOAT, c_double DOUBLE, c_dec_9_2 DECIMAL(9, 2), c_dec_18_4 DECIMAL(18, 4),
            c_dec_38_10 DECIMAL(38, 10), c_string STRING, c_bytes BYTES, c_fixed BINARY(4), c_date DATE, c_time TIME(3),
            c_ts_0 TIMESTAMP(0), c_ts_3 TIMESTAMP(3), c_ts_6 TIMESTAMP(6), c_ts_9 TIMESTAMP(9),
            c_ltz_6 TIMESTAMP_LTZ(6), c_array ARRAY<BIGINT>, c_map MAP<STRING NOT NULL, INT>, c_row ROW<x INT, y STRING>""";

    @TempDir
    private static Path directory;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.create(directory);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Map<String, Integer> map(String key, Integer value) {
        return new HashMap<>(Collections.singletonMap(key, value));
    }

    private static List<Row> rows() {
        Row ordinary = Row.of(
                1L,
                true,
                (byte) 7,
                (short) 7,
                7,
                7L,
                1.5f,
                0.1d,
                new BigDecimal("1.25"),
                new BigDecimal("1.2500"),
                new BigDecimal("1.2500000000"),
                "plain",
                new byte[] {0, 1, -1},
                "abcd".getBytes(StandardCharsets.UTF_8),
                LocalDate.of(2013, 1, 31),
                LocalTime.of(10, 15, 30, 123_000_000),
                LocalDateTime.of(2013, 1, 1, 10, 15),
                LocalDateTime.of(2013, 1, 1, 10, 15, 0, 123_000_000),
                LocalDateTime.of(2013, 1, 1, 10, 15, 0, 123_456_000),
                LocalDateTime.of(2013, 1, 1, 10, 15, 0, 123_456_789),
                Instant.parse("2013-01-01T10:15:00.123456Z"),
                new Long[] {1L, null, 3L},
                map("a", 1),
                Row.of(1, "a"));
        Row smallest = Row.of(
                2L,
                false,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                -Float.MAX_VALUE,
                Double.NEGATIVE_INFINITY,
                new BigDecimal("-9999999.99"),
                new BigDecimal("-99999999999999.9999"),
                new BigDecimal("-9999999999999999999999999999.9999999999"),
                "",
                new byte[0],
                new byte[4],
                LocalDate.of(1, 1, 1),
                LocalTime.MIDNIGHT,
                LocalDateTime.of(1900, 1, 1, 0, 0),
                LocalDateTime.of(1900, 1, 1, 0, 0),
                LocalDateTime.of(1900, 1, 1, 0, 0),
                LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999),
                Instant.parse("1900-01-01T00:00:00Z"),
                new Long[0],
                Map.of(),
                Row.of(null, null));
        Row largest = Row.of(
                3L,
                true,
                Byte.MAX_VALUE,
                Short.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Float.MIN_VALUE,
                Double.NaN,
                new BigDecimal("0.01"),
                new BigDecimal("0.0000"),
                new BigDecimal("0.0000000001"),
                "naïve ☃ 𝄞 'quoted' \"and\" \\ \n",
                "bytes".getBytes(StandardCharsets.UTF_8),
                new byte[] {-1, -1, -1, -1},
                LocalDate.of(9999, 12, 31),
                LocalTime.of(23, 59, 59, 999_000_000),
                LocalDateTime.of(2200, 1, 1, 0, 0),
                LocalDateTime.of(2200, 1, 1, 0, 0),
                LocalDateTime.of(2200, 1, 1, 0, 0),
                LocalDateTime.of(2200, 1, 1, 0, 0),
                Instant.parse("2200-01-01T00:00:00Z"),
                new Long[] {Long.MAX_VALUE},
                map("b", null),
                Row.of(3, ""));
        Row nulls = new Row(24);
        nulls.setField(0, 4L);
        return List.of(ordinary, smallest, largest, nulls);
    }

    @Test
    void pythonReadsEveryTypeAndNullThatFlinkWrote() throws Exception {
        StreamExecutionEnvironment environment = world.flink().streamEnvironment();
        environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        sql.executeSql(world.createTable("from_flink", COLUMNS, "'sink.create-if-missing' = 'true'"));

        sql.fromDataStream(environment.fromData(rows(), ExternalTypeInfo.of(ALL_TYPES)))
                .executeInsert("from_flink")
                .await();

        assertThat(PeerValue.lines(world.python().run("read", "from_flink")))
                .isEqualTo(PeerValue.lines(PeerValue.of(rows())));
        assertThat(PeerValue.lines(PeerValue.of(World.rows(sql, "SELECT * FROM from_flink"))))
                .isEqualTo(PeerValue.lines(PeerValue.of(rows())));
    }

    @Test
    void flinkAddsToATableThatPythonMade() throws Exception {
        world.python().run("write-small", "shared_table", "--first", "0", "--count", "10");
        StreamTableEnvironment sql = world.sql(RuntimeExecutionMode.BATCH);
        sql.executeSql(world.createTable("shared_table", "id BIGINT, name STRING"));

        sql.executeSql("INSERT INTO shared_table VALUES (10, 'ten'), (11, CAST(NULL AS STRING))")
                .await();

        assertThat(PeerValue.lines(world.python().run("read", "shared_table")))
                .hasSize(12)
                .endsWith("[\"9\",\"s:n9\"]", "[\"10\",\"s:ten\"]", "[\"11\",null]");
    }
}
