package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonWritesFlinkReadsIT {
    private static final String ALL_TYPES = """
            id BIGINT, c_bool BOOLEAN, c_int8 TINYINT, c_int16 SMALLINT, c_int32 INT, c_int64 BIGINT,
            c_uint8 SMALLINT, c_uint16 INT, c_uint32 BIGINT, c_float FLOAT, c_double DOUBLE,
            c_dec_9_2 DECIMAL(9, 2), c_dec_18_4 DECIMAL(18, 4), c_dec_38_10 DECIMAL(38, 10),
            c_string STRING, c_large_string STRING, c_binary BYTES, c_fixed BINARY(4),
            c_date DATE, c_time_ms TIME(3), c_ts_s TIMESTAMP(0), c_ts_ms TIMESTAMP(3), c_ts_us TIMESTAMP(6),
            c_ts_ns TIMESTAMP(9), c_ts_us_utc TIMESTAMP_LTZ(6), c_list ARRAY<BIGINT>, c_strings ARRAY<STRING>,
            c_map MAP<STRING, INT>, c_struct ROW<x INT, y STRING>""";

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

    @Test
    void flinkReadsEveryTypeAndNullThatPythonWrote() throws Exception {
        List<String> written = PeerValue.lines(world.python().run("write-all-types", "from_python"));
        StreamTableEnvironment sql = world.sql(RuntimeExecutionMode.BATCH);
        sql.executeSql(world.createTable("from_python", ALL_TYPES));

        List<Row> rows = World.rows(sql, "SELECT * FROM from_python");

        assertThat(written).hasSize(4);
        assertThat(PeerValue.lines(PeerValue.of(rows))).isEqualTo(written);
    }

    @Test
    void flinkReadsAllDeltasOfATableAndOnlyTheAskedColumns() throws Exception {
        world.python().run("write-small", "small_deltas", "--first", "0", "--count", "10");
        world.python().run("write-small", "small_deltas", "--first", "10", "--count", "20", "--mode", "append");
        StreamTableEnvironment sql = world.sql(RuntimeExecutionMode.BATCH);
        sql.executeSql(world.createTable("small_deltas", "id BIGINT, name STRING"));

        assertThat(World.rows(sql, "SELECT COUNT(*), SUM(id), MIN(name) FROM small_deltas"))
                .containsExactly(Row.of(30L, 435L, "n0"));
        assertThat(World.rows(sql, "SELECT name FROM small_deltas WHERE id = 29"))
                .containsExactly(Row.of("n29"));
    }
}
