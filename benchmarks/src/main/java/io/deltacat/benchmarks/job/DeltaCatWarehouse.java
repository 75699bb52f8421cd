package io.deltacat.benchmarks.job;

import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.table.api.TableEnvironment;

/** Our connector against a local server in this JVM, so that its work counts as ours. */
final class DeltaCatWarehouse extends Warehouse {
    private final LocalServer server;

    DeltaCatWarehouse(Path directory) {
        this.server = LocalServer.start(LocalServerOptions.builder()
                .port(0)
                .dataDirectory(directory.resolve("deltacat"))
                .build());
    }

    @Override
    void declare(TableEnvironment environment, String table, Shape shape) {
        environment.executeSql("CREATE TEMPORARY TABLE " + name(table) + " (" + shape.columns()
                + ") WITH ('connector' = 'deltacat', 'uri' = '" + server.uri()
                + "', 'namespace' = 'benchmark', 'table' = '" + table
                + "', 'scan.bounded.mode' = 'latest', 'sink.create-if-missing' = 'true', 'sink.compression' = '"
                + shape.codec().toLowerCase(Locale.ROOT) + "')");
    }

    @Override
    String name(String table) {
        return "default_catalog.default_database." + table;
    }

    @Override
    public void close() {
        server.close();
    }
}
