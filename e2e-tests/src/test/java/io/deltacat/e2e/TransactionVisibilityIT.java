package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.client.TableRef;
import io.deltacat.quickstart.cluster.FlinkStatistics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionVisibilityIT {
    private static final long ROWS = 100;
    private static final String GATE = "by-checkpoint";

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
    void rowsOfAPythonTransactionOverTwoTablesAppearTogetherAtItsCommit() throws Exception {
        world.python().run("write-small", "left_table");
        world.python().run("write-small", "right_table");

        JsonNode seen =
                world.python().run("transaction", "left_table", "right_table").get(0);

        assertThat(seen.toString()).isEqualTo("{\"before\":[10,10],\"inside\":[10,10],\"after\":[15,15]}");
    }

    /**
     * Rows come only when the test lets them out, and after Flink's first checkpoint (at the start of the job) others
     * come only when the test asks for them. So whatever Python sees, it is the rows of the completed checkpoints and not
     * one row more.
     */
    @Test
    void pythonSeesTheRowsOfACheckpointOnlyAfterItsTransactionWasCommitted() throws Exception {
        world.python().run("write-small", "by_checkpoint", "--count", "1");
        JobClient job = startJob();
        try {
            FlinkStatistics flink = new FlinkStatistics(world.flink().web());
            await().atMost(Duration.ofSeconds(60)).until(() -> flink.completedCheckpoints(job.getJobID()) >= 1);
            long committed = 1;
            for (int round = 0; round < 2; round++) {
                Gate.named(GATE).allow(ROWS);
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Gate.named(GATE).usedUp());
                assertThat(count()).isEqualTo(committed);

                checkpoint(job.getJobID());
                committed += ROWS;
                long wanted = committed;
                await().atMost(Duration.ofSeconds(60)).until(() -> visible() == wanted);
                assertThat(count()).isEqualTo(committed);
            }
        } finally {
            job.cancel().get();
        }
    }

    private static JobClient startJob() throws Exception {
        StreamExecutionEnvironment environment = world.flink().streamEnvironment();
        environment.setParallelism(1);
        environment.enableCheckpointing(Duration.ofHours(1).toMillis());
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.executeSql(world.createTable("by_checkpoint", "id BIGINT, name STRING"));
        DataStream<Long> numbers = environment.fromSource(
                new DataGeneratorSource<>(number -> number + 1000, Long.MAX_VALUE, Gate.strategy(GATE), Types.LONG),
                WatermarkStrategy.noWatermarks(),
                "numbers");
        tables.createTemporaryView("numbers", numbers);
        JobClient job = tables.executeSql("INSERT INTO by_checkpoint SELECT f0, CAST(f0 AS STRING) FROM numbers")
                .getJobClient()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(60)).until(() -> job.getJobStatus().get() == JobStatus.RUNNING);
        return job;
    }

    private static long count() throws Exception {
        return world.python()
                .run("count", "by_checkpoint")
                .get(0)
                .get("by_checkpoint")
                .asLong();
    }

    private static long visible() {
        Long rows = world.client()
                .catalog()
                .describeTableWithCounts(TableRef.of(World.NAMESPACE, "by_checkpoint"))
                .totalRecords();
        return rows == null ? 0 : rows;
    }

    /** Asks for a checkpoint and waits until it is complete. */
    private static void checkpoint(JobID job) throws Exception {
        URI checkpoints = world.flink().web().resolve("/jobs/" + job + "/checkpoints");
        String request = send(HttpRequest.newBuilder(checkpoints)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .get("request-id")
                .asText();
        // Flink does not shut down before the outcome was fetched.
        URI outcome = URI.create(checkpoints + "/" + request);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> send(HttpRequest.newBuilder(outcome))
                        .at("/status/id")
                        .asText()
                        .equals("COMPLETED"));
    }

    private static JsonNode send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return new ObjectMapper().readTree(response.body());
    }
}
