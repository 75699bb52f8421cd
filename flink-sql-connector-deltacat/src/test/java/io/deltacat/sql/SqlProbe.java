package io.deltacat.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** What a SQL user does, run inside the class loader under test; everything that crosses its border is a JDK type. */
public final class SqlProbe {

    private SqlProbe() {}

    /** Returns the identifiers of all table factories on the class path. */
    public static List<String> tableFactories() {
        ServiceLoader<Factory> loader =
                ServiceLoader.load(Factory.class, Thread.currentThread().getContextClassLoader());
        return StreamSupport.stream(loader.spliterator(), false)
                .map(Factory::factoryIdentifier)
                .toList();
    }

    /** Writes two rows into a new table of a server with the given compression and returns them as they are read. */
    public static List<String> rowsWrittenAndRead(String uri, String table, String compression) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        tables.executeSql("CREATE TABLE t (id BIGINT NOT NULL, name STRING, xs ARRAY<DOUBLE>) WITH ("
                + "'connector' = 'deltacat', 'uri' = '" + uri + "', 'table' = '" + table + "', "
                + "'sink.compression' = '" + compression + "', 'sink.create-if-missing' = 'true')");
        tables.executeSql("INSERT INTO t VALUES (1, 'one', ARRAY[1.5e0, 2.5e0]), (2, CAST(NULL AS STRING), "
                        + "CAST(NULL AS ARRAY<DOUBLE>))")
                .await();
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> results =
                tables.executeSql("SELECT * FROM t ORDER BY id").collect()) {
            results.forEachRemaining(row -> rows.add(row.toString()));
        }
        return rows;
    }
}
