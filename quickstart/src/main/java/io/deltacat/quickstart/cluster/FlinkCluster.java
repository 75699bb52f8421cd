package io.deltacat.quickstart.cluster;

import io.deltacat.quickstart.QuickStartException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A Flink cluster with its web interface in this JVM, reachable from this machine only. Jobs are submitted to it through
 * its address, as to any other cluster. Thread-safe.
 */
public final class FlinkCluster implements AutoCloseable {
    private static final int SLOTS = 16;
    private static final long CLOSE_SECONDS = 30;
    /** The interface's usual port if it is free, else one nearby, else any. */
    private static final String WEB_PORTS = "8081-8099,0";

    private final MiniCluster cluster;
    private final Configuration configuration;
    private final URI web;

    private FlinkCluster(MiniCluster cluster, Configuration configuration, URI web) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.web = web;
    }

    /**
     * Starts a cluster.
     *
     * @param directory where checkpoints and savepoints go
     * @param parallelism the parallelism of jobs that do not set their own
     * @return the running cluster
     * @throws QuickStartException if it does not start
     */
    public static FlinkCluster start(Path directory, int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, WEB_PORTS);
        // The web interface shows jobs; it is not the door for more code.
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                directory.resolve("savepoints").toUri().toString());
        // A first failure ends the quick start with its cause instead of being retried out of sight.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
        try {
            cluster.start();
            URI web = cluster.getRestAddress().get(CLOSE_SECONDS, TimeUnit.SECONDS);
            Configuration jobs = new Configuration(configuration);
            jobs.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
            return new FlinkCluster(cluster, jobs, web);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuickStartException("Interrupted while Flink started.", e);
        } catch (Exception e) {
            // MiniCluster.start declares no narrower type.
            cluster.closeAsync();
            throw new QuickStartException("Flink does not start: " + e.getMessage() + ". See the log.", e);
        }
    }

    /**
     * Where the web interface and the submission of jobs are.
     *
     * @return the base address
     */
    public URI web() {
        return web;
    }

    /**
     * Makes an environment whose statements run on this cluster.
     *
     * @return a new environment in streaming mode, with its own catalog and settings
     */
    public StreamTableEnvironment tableEnvironment() {
        return tableEnvironment(RuntimeExecutionMode.STREAMING);
    }

    /**
     * Makes an environment whose statements run on this cluster.
     *
     * @param mode whether queries go on for ever or answer about the present and end
     * @return a new environment with its own catalog and settings
     */
    public StreamTableEnvironment tableEnvironment(RuntimeExecutionMode mode) {
        Configuration own = new Configuration(configuration);
        own.set(ExecutionOptions.RUNTIME_MODE, mode);
        return StreamTableEnvironment.create(
                environment(own),
                EnvironmentSettings.newInstance().withConfiguration(own).build());
    }

    /**
     * Makes an environment for jobs written against the DataStream API.
     *
     * @return a new environment that submits to this cluster
     */
    public StreamExecutionEnvironment streamEnvironment() {
        return environment(configuration);
    }

    private StreamExecutionEnvironment environment(Configuration own) {
        return StreamExecutionEnvironment.createRemoteEnvironment(web.getHost(), web.getPort(), own);
    }

    /** Ends all jobs and the cluster. Idempotent; waits for at most 30 seconds. */
    @Override
    public void close() {
        try {
            cluster.closeAsync().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new QuickStartException("Flink does not stop: " + e.getMessage() + ".", e);
        }
    }
}
