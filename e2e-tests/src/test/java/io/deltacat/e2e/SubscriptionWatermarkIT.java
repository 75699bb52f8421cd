package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.subscription.Watermark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriptionWatermarkIT {
    private static final TableRef TABLE = TableRef.of(World.NAMESPACE, "followed");
    private static final String SUBSCRIPTION = "python-reads-it";

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
    void pythonReadsTheWatermarkThatFlinkAdvanced() throws Exception {
        world.python().run("write-small", "followed", "--first", "0");
        world.python().run("write-small", "followed", "--first", "10", "--mode", "append");
        world.client()
                .subscriptions()
                .create(CreateSubscriptionRequestBuilder.builder()
                        .subscriberId(SUBSCRIPTION)
                        .sourceTables(List.of(Map.of("namespace", World.NAMESPACE, "table", "followed")))
                        .subscriberType("custom")
                        .subscriberMode("delta")
                        .dispatchMode("custom")
                        .build());
        assertThat(positions(world.python().run("watermark", SUBSCRIPTION).get(0)))
                .isEmpty();

        JobClient job = startJob();
        try {
            world.python().run("write-small", "followed", "--first", "20", "--mode", "append");
            long newest = newestPosition();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> world.client()
                            .subscriptions()
                            .watermark(SUBSCRIPTION)
                            .map(Watermark::partitionWatermarks)
                            .filter(slots -> slots.containsValue(newest))
                            .isPresent());

            JsonNode seen = world.python().run("watermark", SUBSCRIPTION).get(0);

            assertThat(newest).isEqualTo(3);
            assertThat(positions(seen)).containsExactly(newest);
            assertThat(seen.get("partition_identities").elements().next().get(0).asText())
                    .isEqualTo(world.client().catalog().describeTable(TABLE).streamId());
            assertThat(PeerValue.lines(world.python().run("read", "copied"))).hasSize(30);
        } finally {
            job.cancel().get();
        }
    }

    private static JobClient startJob() throws Exception {
        StreamTableEnvironment sql = world.sql(RuntimeExecutionMode.STREAMING);
        sql.getConfig().set("execution.checkpointing.interval", "500 ms");
        sql.executeSql(world.createTable(
                "followed", "id BIGINT, name STRING", "'scan.subscription-id' = '" + SUBSCRIPTION + "'"));
        sql.executeSql(world.createTable("copied", "id BIGINT, name STRING", "'sink.create-if-missing' = 'true'"));
        return sql.executeSql("INSERT INTO copied SELECT * FROM followed")
                .getJobClient()
                .orElseThrow();
    }

    private static long newestPosition() {
        String version = world.client().catalog().describeTable(TABLE).tableVersion();
        String stream = world.client().catalog().describeTable(TABLE).streamId();
        return world.client().catalog().listPartitions(TABLE.withVersion(version), stream).stream()
                .map(PartitionSummary::streamPosition)
                .max(Long::compare)
                .orElseThrow();
    }

    private static List<Long> positions(JsonNode watermark) {
        List<Long> positions = new ArrayList<>();
        watermark.path("partition_watermarks").forEach(position -> positions.add(position.asLong()));
        return positions;
    }
}
