package io.deltacat.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * A program as a user of the SQL jar writes it: it knows Flink only. It runs in a JVM of its own with Flink and that one
 * jar on the class path, and sends the jar along with the job.
 */
public final class SqlJarClient {
    private SqlJarClient() {}

    /**
     * Runs the statements of a file; the last one's result is awaited or printed.
     *
     * @param arguments port of the cluster, the SQL jar, STREAMING or BATCH, a file with statements separated by lines of a semicolon
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.valueOf(arguments[2]));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment("localhost", port, configuration, arguments[1]);
        StreamTableEnvironment tables = StreamTableEnvironment.create(
                environment,
                EnvironmentSettings.newInstance()
                        .withConfiguration(configuration)
                        .build());
        for (String statement : Files.readString(Path.of(arguments[3])).split("\n;\n")) {
            if (statement.startsWith("SET ")) {
                String[] pair = statement.substring(4).split("=", 2);
                tables.getConfig().set(pair[0].strip(), pair[1].strip());
                continue;
            }
            TableResult result = tables.executeSql(statement);
            if (statement.startsWith("INSERT")) {
                result.await();
            } else if (statement.startsWith("SELECT")) {
                result.collect().forEachRemaining(row -> System.out.println("row " + row));
            }
        }
    }
}
