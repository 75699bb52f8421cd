package io.deltacat.benchmarks.job;

import java.nio.file.Path;
import org.apache.flink.table.api.TableEnvironment;

/** Flink's own filesystem connector with Parquet. */
final class FilesystemWarehouse extends Warehouse {
    private final Path directory;

    FilesystemWarehouse(Path directory) {
        this.directory = directory.resolve("filesystem");
    }

    @Override
    void declare(TableEnvironment environment, String table, Shape shape) {
        if (shape.key().isPresent()) {
            throw new UnsupportedOperationException("the filesystem connector has no tables with keys");
        }
        // As the tables we read have them: INT96, the default, is obsolete and keeps no statistics.
        environment.executeSql("CREATE TEMPORARY TABLE " + name(table) + " (" + shape.columns()
                + ") WITH ('connector' = 'filesystem', 'path' = '"
                + directory.resolve(table).toUri()
                + "', 'format' = 'parquet', 'parquet.compression' = '" + shape.codec()
                + "', 'parquet.write.int64.timestamp' = 'true', 'parquet.utc-timezone' = 'true')");
    }

    @Override
    String name(String table) {
        return "default_catalog.default_database." + table;
    }
}
