package io.deltacat.flink.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamStatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A SQL session on the test's cluster, with shorthands for statements and results. */
final class SqlSession {

    private final StreamExecutionEnvironment environment;
    private final StreamTableEnvironment tables;

    private SqlSession(RuntimeExecutionMode mode, Duration checkpointInterval) {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, mode);
        if (!checkpointInterval.isZero()) {
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
        }
        environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        tables = StreamTableEnvironment.create(
                environment,
                EnvironmentSettings.newInstance()
                        .withConfiguration(configuration)
                        .build());
    }

    static SqlSession batch() {
        return new SqlSession(RuntimeExecutionMode.BATCH, Duration.ZERO);
    }

    static SqlSession streaming() {
        return new SqlSession(RuntimeExecutionMode.STREAMING, Duration.ofMillis(200));
    }

    static SqlSession streamingWithoutCheckpoints() {
        return new SqlSession(RuntimeExecutionMode.STREAMING, Duration.ZERO);
    }

    /** Runs a statement that ends at once, such as CREATE TABLE. */
    SqlSession run(String statement) {
        tables.executeSql(statement);
        return this;
    }

    /** Starts a statement. */
    TableResult start(String statement) {
        return tables.executeSql(statement);
    }

    /** Runs a job to its end. */
    SqlSession await(String statement) throws Exception {
        tables.executeSql(statement).await();
        return this;
    }

    /** Returns all rows of a bounded query. */
    List<Row> rows(String query) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> results = tables.executeSql(query).collect()) {
            results.forEachRemaining(rows::add);
        }
        return rows;
    }

    /** Returns the plan of a statement. */
    String explain(String statement) {
        return tables.explainSql(statement);
    }

    /** Returns the ids that the operators of a job of some INSERT statements have. */
    List<String> operatorIds(String... inserts) {
        StreamStatementSet statements = tables.createStatementSet();
        for (String insert : inserts) {
            statements.addInsertSql(insert);
        }
        statements.attachAsDataStream();
        List<String> ids = new ArrayList<>();
        for (StreamNode node : environment.getStreamGraph().getStreamNodes()) {
            ids.add(node.getTransformationUID());
        }
        return ids;
    }

    /** Declares a table with {@code 'connector' = 'deltacat'} and more options. */
    SqlSession declare(String name, String columns, Map<String, String> options) {
        return run(ddl(name, columns, options));
    }

    static String ddl(String name, String columns, Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("connector", "deltacat");
        all.putAll(options);
        String with = all.entrySet().stream()
                .map(option -> "'" + option.getKey() + "' = '" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
        return "CREATE TABLE " + name + " (" + columns + ") WITH (" + with + ")";
    }
}
