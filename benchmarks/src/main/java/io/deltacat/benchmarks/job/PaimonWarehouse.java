package io.deltacat.benchmarks.job;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.table.api.TableEnvironment;

/** Paimon with a catalog in the file system; tables with keys have fixed buckets. */
final class PaimonWarehouse extends Warehouse {
    private final Path directory;
    private final boolean compactLater;

    /**
     * @param directory where its tables are
     * @param compactLater whether writers leave compaction to {@link #compact}
     */
    PaimonWarehouse(Path directory, boolean compactLater) {
        this.directory = directory.resolve("paimon");
        this.compactLater = compactLater;
    }

    @Override
    void declare(TableEnvironment environment, String table, Shape shape) {
        environment.executeSql("CREATE CATALOG IF NOT EXISTS paimon WITH ('type' = 'paimon', 'warehouse' = '"
                + directory.toUri() + "')");
        String buckets = shape.key().isPresent() ? Integer.toString(shape.buckets()) : "-1";
        environment.executeSql("CREATE TABLE IF NOT EXISTS " + name(table) + " (" + shape.columns()
                + ") WITH ('bucket' = '" + buckets + "', 'file.format' = 'parquet', 'file.compression' = '"
                + shape.codec().toLowerCase(Locale.ROOT) + "'" + (compactLater ? ", 'write-only' = 'true'" : "") + ")");
    }

    @Override
    String name(String table) {
        return "paimon.`default`." + table;
    }

    @Override
    void compact(TableEnvironment environment, String table) {
        try (var results = environment
                .executeSql("CALL paimon.sys.compact(`table` => 'default." + table + "')")
                .collect()) {
            results.forEachRemaining(row -> {});
        } catch (Exception e) {
            throw new IllegalStateException("Paimon did not compact table " + table, e);
        }
    }
}
