package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Invariant 1 of the design, with real processes: the server dies at each request of a commit, before and after. */
class ServerDeathIT {
    private static final String[][] REQUESTS = {
        {"GET", "/v1/transactions/[^/]+"},
        {"POST", "/v1/transactions"},
        {"POST", "/v1/namespaces/sales/tables/orders/write-sessions"},
        {"POST", "/v1/write-sessions/[^/]+/commit"},
        {"POST", "/v1/transactions/[^/]+/commit"},
    };
    private static final String[] POINTS = {"before_handler", "before_reply"};
    private static final int ROWS = 4_000;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .build());

    @TempDir
    private Path directory;

    @Test
    void theServerDiesAtEachRequestOfACommitAndTheJobGoesOn() throws Exception {
        try (ServerProcess server = new ServerProcess(directory.resolve("server"))) {
            server.start();
            try (SinkTable table = new SinkTable(server.uri())) {
                table.create();
                JobClient job = start(table);
                await(() -> !table.ids().isEmpty());

                for (String[] request : REQUESTS) {
                    for (String point : POINTS) {
                        String step = request[0] + " " + request[1] + " " + point;
                        server.dieAt(point, request[0], request[1].replace("\\", "\\\\"));
                        server.awaitDeath();
                        server.start();
                        List<Long> visible = table.ids();
                        assertThat(visible).as("after death at %s", step).isEqualTo(SinkTable.idsUpTo(visible.size()));
                        assertThat(job.getJobStatus().get())
                                .as("after death at %s", step)
                                .isNotEqualTo(JobStatus.FAILED);
                        await(() -> table.ids().size() > visible.size());
                    }
                }

                await(() -> job.getJobStatus().get() == JobStatus.FINISHED);
                assertThat(table.ids()).isEqualTo(SinkTable.idsUpTo(ROWS));
            }
        }
    }

    /** No restarts are allowed: what carries the job over a dead server is the sink alone. */
    private static JobClient start(SinkTable table) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        environment.enableCheckpointing(100);
        table.sink().build().addTo(SinkTable.rows(environment, ROWS, 25).rebalance());
        return environment.executeAsync();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
