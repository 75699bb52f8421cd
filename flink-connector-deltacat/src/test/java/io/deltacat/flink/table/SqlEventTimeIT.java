package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Windows over watermarks that come from the statistics of files. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqlEventTimeIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    private static final String WINDOWS =
            "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE events, DESCRIPTOR(ts), INTERVAL '1' HOUR)) "
                    + "GROUP BY window_start, window_end";

    @TempDir
    private Path directory;

    private ServerFixture server;

    @BeforeEach
    void start() {
        server = new ServerFixture(directory);
        server.createTable(
                "events",
                DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                DataTypes.FIELD("ts", DataTypes.TIMESTAMP(3)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Commits a file of so many rows within an hour. */
    private void write(int hour, int rows) throws Exception {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            values.append(i == 0 ? "" : ", ").append("(%d, TIMESTAMP '2026-01-01 %02d:%02d:00')".formatted(i, hour, i));
        }
        SqlSession.batch()
                .declare("events", "id BIGINT NOT NULL, ts TIMESTAMP(3)", server.options("events"))
                .await("INSERT INTO events VALUES " + values);
    }

    private static Row window(int hour, long rows) {
        return Row.of(LocalDateTime.of(2026, 1, 1, hour, 0), rows);
    }

    @Test
    void windowsCloseWhenNoEarlierRowIsLeftInWhateverOrderFilesWereCommitted() throws Exception {
        write(2, 3);
        write(0, 4);
        write(1, 5);
        SqlSession session = SqlSession.streaming()
                .declare(
                        "events",
                        "id BIGINT NOT NULL, ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK()",
                        server.options("events", Map.of("scan.discovery.interval", "50 ms")));
        TableResult following = session.start(WINDOWS);
        try (CloseableIterator<Row> results = following.collect()) {
            assertThat(take(results, 2)).containsExactly(window(0, 4), window(1, 5));
            write(3, 1);
            assertThat(take(results, 1)).containsExactly(window(2, 3));
        }
    }

    private static List<Row> take(CloseableIterator<Row> results, int rows) {
        List<Row> taken = new ArrayList<>();
        while (taken.size() < rows) {
            taken.add(results.next());
        }
        return taken;
    }

    @Test
    void aComputedColumnHasNoStatisticsToTakeWatermarksFrom() {
        SqlSession session = SqlSession.streaming()
                .declare(
                        "events",
                        "id BIGINT NOT NULL, ts TIMESTAMP(3), later AS ts + INTERVAL '1' HOUR, "
                                + "WATERMARK FOR later AS SOURCE_WATERMARK()",
                        server.options("events"));
        assertThatThrownBy(() -> session.start("SELECT * FROM events"))
                .hasStackTraceContaining("SOURCE_WATERMARK() is declared for 'later'")
                .hasStackTraceContaining("stored column");
    }
}
