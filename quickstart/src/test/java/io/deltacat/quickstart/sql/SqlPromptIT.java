package io.deltacat.quickstart.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.quickstart.cluster.FlinkCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlPromptIT {
    @Test
    void statementsAreAnsweredErrorsDoNotEndThePromptAndExitDoes(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean told;
        try (FlinkCluster cluster = FlinkCluster.start(directory, 1)) {
            SqlPrompt prompt = new SqlPrompt(
                    cluster.tableEnvironment(RuntimeExecutionMode.BATCH),
                    new PrintStream(bytes, true, StandardCharsets.UTF_8));

            told = prompt.run(new StringReader("""
                    SELECT n, CAST(NULL AS STRING) AS nothing
                      FROM (VALUES (41), (42)) AS t (n);
                    SET 'pipeline.name' = 'x';
                    SELECT nn FROM (VALUES (1)) AS t (n);
                    CREATE TABLE hole (n INT) WITH ('connector' = 'blackhole'); INSERT INTO hole VALUES (1);
                    exit;
                    SELECT 1;
                    """));
        }

        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(told).isTrue();
        assertThat(printed)
                .contains("deltacat>")
                .contains("n   nothing\n--  -------\n41     NULL\n42     NULL\n2 rows")
                .contains("Set.")
                .contains("Column 'nn' not found")
                .contains("OK.")
                .contains("Written.");
    }

    @Test
    void anInputThatEndsIsNotAnExit(@TempDir Path directory) throws Exception {
        try (FlinkCluster cluster = FlinkCluster.start(directory, 1)) {
            SqlPrompt prompt = new SqlPrompt(
                    cluster.tableEnvironment(RuntimeExecutionMode.BATCH),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

            assertThat(prompt.run(new StringReader(""))).isFalse();
        }
    }
}
