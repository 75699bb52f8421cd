package io.deltacat.benchmarks.job;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.table.api.TableEnvironment;

/** Iceberg with a catalog in the file system, whose commits are renames: less work than a request to a REST catalog. */
final class IcebergWarehouse extends Warehouse {
    private final Path directory;

    IcebergWarehouse(Path directory) {
        this.directory = directory.resolve("iceberg");
    }

    @Override
    void declare(TableEnvironment environment, String table, Shape shape) {
        environment.executeSql(
                "CREATE CATALOG IF NOT EXISTS iceberg WITH ('type' = 'iceberg', 'catalog-type' = 'hadoop', 'warehouse' = '"
                        + directory.toUri() + "')");
        environment.executeSql("CREATE DATABASE IF NOT EXISTS iceberg.`default`");
        environment.executeSql("CREATE TABLE IF NOT EXISTS " + name(table) + " (" + shape.columns()
                + ") WITH ('format-version' = '2', 'write.format.default' = 'parquet', 'write.parquet.compression-codec' = '"
                + shape.codec().toLowerCase(Locale.ROOT) + "'"
                + (shape.key().isPresent() ? ", 'write.upsert.enabled' = 'true'" : "") + ")");
    }

    @Override
    String name(String table) {
        return "iceberg.`default`." + table;
    }
}
