package io.deltacat.quickstart.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.quickstart.cluster.FlinkCluster;
import io.deltacat.quickstart.cluster.FlinkStatistics;
import io.deltacat.quickstart.sql.SqlRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTableIT {
    @TempDir
    private static Path directory;

    private static FlinkCluster cluster;
    private static Path csv;

    @BeforeAll
    static void start() throws Exception {
        csv = Files.writeString(directory.resolve("a.csv"), "id,name\n1,one\n2,NA\n3,three\n");
        cluster = FlinkCluster.start(directory, 1);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static SqlRunner table(String columns, String options) {
        SqlRunner sql = new SqlRunner(cluster.tableEnvironment());
        sql.run("CREATE TABLE events (" + columns + ") WITH ('connector' = 'replay', 'path' = '" + csv
                + "', 'format' = 'csv', 'csv.null-literal' = 'NA'" + options + ")");
        return sql;
    }

    @Test
    void rowsComeInTheFilesOrderWithItsNulls() throws Exception {
        TableResult result =
                table("id INT, name STRING", "").run("SELECT * FROM events").orElseThrow();

        List<Row> rows = CollectionUtil.iteratorToList(result.collect());
        assertThat(rows).containsExactly(Row.of(1, "one"), Row.of(2, null), Row.of(3, "three"));
        assertThat(new FlinkStatistics(cluster.web())
                        .completedCheckpoints(
                                result.getJobClient().orElseThrow().getJobID()))
                .isZero();
    }

    @Test
    void aLimitTakesTheFirstRows() {
        TableResult result = table("id INT, name STRING", ", 'rows' = '2'")
                .run("SELECT id FROM events")
                .orElseThrow();

        assertThat(CollectionUtil.iteratorToList(result.collect())).containsExactly(Row.of(1), Row.of(2));
    }

    @Test
    void rowsCanComeInSteps() {
        TableResult result = table("step INT, id INT, name STRING", ", 'steps' = '2', 'rows' = '2'")
                .run("SELECT step, id FROM events")
                .orElseThrow();

        assertThat(CollectionUtil.iteratorToList(result.collect()))
                .containsExactly(Row.of(0, 1), Row.of(0, 2), Row.of(1, 1), Row.of(1, 2));
    }

    @Test
    void noStepsAreRefused() {
        assertThatThrownBy(() -> table("id INT, name STRING", ", 'steps' = '0'").run("SELECT * FROM events"))
                .rootCause()
                .hasMessageContaining("'steps' is '0'");
    }

    @Test
    void otherColumnsThanTheFilesAreRefused() {
        assertThatThrownBy(() -> table("id INT, nmae STRING", "").run("SELECT * FROM events"))
                .rootCause()
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("[id, name]")
                .hasMessageContaining("[id, nmae]");
    }

    @Test
    void aRowCountBeyondTheFileIsRefused() {
        assertThatThrownBy(() -> table("id INT, name STRING", ", 'rows' = '4'").run("SELECT * FROM events"))
                .rootCause()
                .hasMessageContaining("'rows' is '4'; expected 1 to 3");
    }

    @Test
    void aPaceOfZeroIsRefused() {
        assertThatThrownBy(() -> table("id INT, name STRING", ", 'rows-per-second' = '0'")
                        .run("SELECT * FROM events"))
                .rootCause()
                .hasMessageContaining("'rows-per-second' is '0.0'");
    }
}
