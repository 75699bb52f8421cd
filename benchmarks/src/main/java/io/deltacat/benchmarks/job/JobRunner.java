package io.deltacat.benchmarks.job;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.config.ExecutionConfigOptions;

/** Makes environments that differ in nothing but the contestant, and runs statements in them. */
final class JobRunner {
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);

    private JobRunner() {}

    /**
     * Makes an environment of this JVM.
     *
     * @param streaming whether to run with checkpoints; else in batch mode
     * @param parallelism of every operator
     */
    static TableEnvironment environment(boolean streaming, int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(
                ExecutionOptions.RUNTIME_MODE, streaming ? RuntimeExecutionMode.STREAMING : RuntimeExecutionMode.BATCH);
        if (streaming) {
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        }
        // All sinks spread changes by key themselves.
        configuration.set(
                ExecutionConfigOptions.TABLE_EXEC_SINK_UPSERT_MATERIALIZE,
                ExecutionConfigOptions.UpsertMaterialize.NONE);
        TableEnvironment environment = TableEnvironment.create(EnvironmentSettings.newInstance()
                .withConfiguration(configuration)
                .build());
        return environment;
    }

    /** Declares the table {@code made} of generated rows. */
    static void declareRows(TableEnvironment environment, Warehouse.Shape shape, String options) {
        environment.executeSql("CREATE TEMPORARY TABLE default_catalog.default_database.made (" + shape.columns()
                + ") WITH ('connector' = 'benchmark-rows', " + options + ")");
    }

    /** Runs a statement to its end. */
    static JobExecutionResult run(TableEnvironment environment, String statement) {
        TableResult result = environment.executeSql(statement);
        try {
            result.await();
            return result.getJobClient().orElseThrow().getJobExecutionResult().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("failed: " + statement, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + statement, e);
        }
    }

    /**
     * Reads a query into the sum of all its fields.
     *
     * @return the sum and the number of rows
     */
    static Sum sum(TableEnvironment environment, Warehouse.Shape result, String query) {
        environment.executeSql("CREATE TEMPORARY TABLE IF NOT EXISTS default_catalog.default_database.summed_"
                + result.type().getFieldCount() + " ("
                + new Warehouse.Shape(result.type(), java.util.Optional.empty(), result.codec(), result.buckets())
                        .columns()
                + ") WITH ('connector' = 'benchmark-checksum')");
        JobExecutionResult job = run(
                environment,
                "INSERT INTO default_catalog.default_database.summed_"
                        + result.type().getFieldCount() + " " + query);
        return new Sum(job.getAccumulatorResult(ChecksumFunction.SUM), job.getAccumulatorResult(ChecksumFunction.ROWS));
    }

    /**
     * What a query gave.
     *
     * @param sum of all fields
     * @param rows how many rows
     */
    record Sum(long sum, long rows) {}
}
