package io.deltacat.benchmarks.job;

import io.deltacat.benchmarks.Measurement;
import io.deltacat.benchmarks.MixedRows;
import io.deltacat.benchmarks.PassTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.logical.RowType;

/** Runs the jobs of one contestant in this JVM. */
final class JobContest {
    /** The changes of a table that is read merged come in so many commits. */
    private static final int COMMITS = 10;

    private static final String TABLE = "kept";
    private static final String COMPACTED_TABLE = "compacted";

    private final JobOptions options;
    private final Contestant contestant;
    private final Path directory;

    JobContest(JobOptions options, Contestant contestant, Path directory) {
        this.options = options;
        this.contestant = contestant;
        this.directory = directory.resolve(contestant.name());
    }

    /** Writes the tables that are read later, once for all turns. */
    void prepare() throws IOException {
        Path done = directory.resolve("prepared-" + options.benchmark() + "-" + options.codec() + "-" + options.rows());
        if (Files.exists(done)) {
            return;
        }
        try (Warehouse warehouse = contestant.open(directory, true)) {
            if (options.benchmark() == JobOptions.Benchmark.SCAN) {
                write(warehouse, TABLE, false, 0, options.rows());
            } else {
                long each = options.rows() / COMMITS;
                for (String table : new String[] {TABLE, COMPACTED_TABLE}) {
                    for (int commit = 0; commit < COMMITS; commit++) {
                        write(warehouse, table, true, commit * each, each);
                    }
                }
                if (contestant != Contestant.ICEBERG) {
                    TableEnvironment environment = JobRunner.environment(false, options.parallelism());
                    warehouse.declare(environment, COMPACTED_TABLE, shape());
                    warehouse.compact(environment, COMPACTED_TABLE);
                }
            }
        }
        Files.createFile(done);
    }

    /** Measures a task. */
    Measurement measure(Task task) throws IOException {
        try (Warehouse warehouse = contestant.open(directory, task != Task.WRITE)) {
            return task == Task.WRITE ? measureWriting(warehouse) : measureReading(warehouse, task);
        }
    }

    private Measurement measureWriting(Warehouse warehouse) throws IOException {
        int[] passes = {0};
        PassTimes times = PassTimes.measure(
                options.warmUps(),
                options.passes(),
                () -> write(warehouse, "written_" + passes[0]++, options.streaming(), 0, options.rows()));
        TableEnvironment environment = JobRunner.environment(false, options.parallelism());
        String table = "written_" + (passes[0] - 1);
        warehouse.declare(environment, table, shape());
        JobRunner.Sum sum = JobRunner.sum(environment, shape(), "SELECT * FROM " + warehouse.name(table));
        return times.of(options.rows(), bytes() / passes[0], sum.sum() ^ sum.rows());
    }

    private Measurement measureReading(Warehouse warehouse, Task task) throws IOException {
        String table = task == Task.COMPACTED ? COMPACTED_TABLE : TABLE;
        Warehouse.Shape all = shape();
        RowType type = task.columns().isEmpty()
                ? all.type()
                : new RowType(all.type().getFields().stream()
                        .filter(field -> task.columns().contains(field.getName()))
                        .toList());
        Warehouse.Shape result = new Warehouse.Shape(type, Optional.empty(), all.codec(), all.buckets());
        String query = "SELECT "
                + type.getFieldNames().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + " FROM " + warehouse.name(table) + task.condition(options.rows());
        JobRunner.Sum[] sum = new JobRunner.Sum[1];
        PassTimes times = PassTimes.measure(options.warmUps(), options.passes(), () -> {
            TableEnvironment environment = JobRunner.environment(false, options.parallelism());
            warehouse.declare(environment, table, all);
            sum[0] = JobRunner.sum(environment, result, query);
        });
        return times.of(options.rows(), bytes(), sum[0].sum() ^ sum[0].rows());
    }

    private void write(Warehouse warehouse, String table, boolean streaming, long offset, long rows) {
        TableEnvironment environment = JobRunner.environment(streaming, options.parallelism());
        String from = "'rows' = '" + rows + "', 'offset' = '" + offset + "', 'total' = '" + options.rows() + "'";
        JobRunner.declareRows(
                environment,
                shape(),
                options.benchmark().keyed() ? from + ", 'keys' = '" + options.keys() + "'" : from);
        warehouse.declare(environment, table, shape());
        JobRunner.run(
                environment,
                "INSERT INTO " + warehouse.name(table) + " SELECT * FROM default_catalog.default_database.made");
    }

    private Warehouse.Shape shape() {
        return options.benchmark().keyed()
                ? new Warehouse.Shape(MixedRows.FIVE, Optional.of("id"), options.codec(), options.parallelism())
                : new Warehouse.Shape(MixedRows.TWENTY, Optional.empty(), options.codec(), options.parallelism());
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
