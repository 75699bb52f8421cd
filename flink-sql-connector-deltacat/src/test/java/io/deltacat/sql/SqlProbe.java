package io.deltacat.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** What a SQL user does, in a process with Flink and the jar under test alone. Answers into a file, line by line. */
public final class SqlProbe {

    private SqlProbe() {}

    /** Arguments: the file to answer into, what to do, and its own arguments. */
    public static void main(String[] arguments) throws Exception {
        List<String> rest = Arrays.asList(arguments).subList(2, arguments.length);
        List<String> answer = switch (arguments[1]) {
            case "factories" -> tableFactories();
            case "classes" -> presentClasses(rest);
            case "sql" -> rowsWrittenAndRead(rest.get(0), rest.subList(1, rest.size()));
            default -> throw new IllegalArgumentException(arguments[1]);
        };
        Files.write(Path.of(arguments[0]), answer);
    }

    /** Returns the identifiers of all table factories on the class path. */
    private static List<String> tableFactories() {
        return StreamSupport.stream(ServiceLoader.load(Factory.class).spliterator(), false)
                .map(Factory::factoryIdentifier)
                .toList();
    }

    /** Returns which of some classes are on the class path. */
    private static List<String> presentClasses(List<String> names) {
        List<String> present = new ArrayList<>();
        for (String name : names) {
            try {
                Class.forName(name, false, SqlProbe.class.getClassLoader());
                present.add(name);
            } catch (ClassNotFoundException e) {
                // Absent, as it should be.
            }
        }
        return present;
    }

    /** Writes two rows into a new table for each compression and returns them as they are read. */
    private static List<String> rowsWrittenAndRead(String uri, List<String> compressions) throws Exception {
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
        List<String> rows = new ArrayList<>();
        for (String compression : compressions) {
            String table = "t_" + compression;
            tables.executeSql("CREATE TABLE " + table + " (id BIGINT NOT NULL, name STRING, xs ARRAY<DOUBLE>) WITH ("
                    + "'connector' = 'deltacat', 'uri' = '" + uri + "', 'table' = '" + table + "', "
                    + "'sink.compression' = '" + compression + "', 'sink.create-if-missing' = 'true')");
            tables.executeSql("INSERT INTO " + table + " VALUES (1, 'one', ARRAY[1.5e0, 2.5e0]), "
                            + "(2, CAST(NULL AS STRING), CAST(NULL AS ARRAY<DOUBLE>))")
                    .await();
            try (CloseableIterator<Row> results =
                    tables.executeSql("SELECT * FROM " + table + " ORDER BY id").collect()) {
                results.forEachRemaining(row -> rows.add(compression + " " + row));
            }
        }
        return rows;
    }
}
