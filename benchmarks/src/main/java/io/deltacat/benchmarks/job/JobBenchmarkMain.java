package io.deltacat.benchmarks.job;

import io.deltacat.benchmarks.FreshJvm;
import io.deltacat.benchmarks.Measurement;
import io.deltacat.benchmarks.Spread;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs whole Flink jobs of our connector and its peers: contestants take turns, each time in a fresh JVM, and the ratio of
 * every turn is printed beside the spread. {@code run.sh} calls it.
 */
public final class JobBenchmarkMain {
    private static final String PREPARE = "--prepare";
    private static final String ONE = "--one";
    private static final int HEAP_MEGABYTES = 3072;

    private JobBenchmarkMain() {}

    /**
     * Runs a benchmark.
     *
     * @param arguments see {@code benchmarks/run.sh}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> all = List.of(arguments);
        if (!all.isEmpty() && all.get(0).equals(PREPARE)) {
            contest(all.subList(1, all.size())).prepare();
            System.out.println(new Measurement(0, 0, 0, 0, 0).toLine());
            return;
        }
        if (!all.isEmpty() && all.get(0).equals(ONE)) {
            Task task = Task.valueOf(all.get(1));
            System.out.println(contest(all.subList(2, all.size())).measure(task).toLine());
            System.exit(0); // some of the peers leave threads behind
        }
        JobOptions options;
        try {
            options = JobOptions.parse(all);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path directory = options.directory().isPresent()
                ? Files.createDirectories(options.directory().get())
                : Files.createTempDirectory("deltacat-benchmark");
        try {
            run(options, all, directory, System.out);
        } finally {
            if (options.directory().isEmpty()) {
                delete(directory);
            }
        }
    }

    /** Reads what {@link #arguments} wrote. */
    private static JobContest contest(List<String> arguments) {
        return new JobContest(
                JobOptions.parse(arguments.subList(2, arguments.size())),
                Contestant.valueOf(arguments.get(0)),
                Path.of(arguments.get(1)));
    }

    private static List<String> arguments(
            List<String> what, Contestant contestant, Path directory, List<String> options) {
        List<String> all = new ArrayList<>(what);
        all.add(contestant.name());
        all.add(directory.toString());
        all.addAll(options);
        return all;
    }

    private static List<Task> tasks(JobOptions.Benchmark benchmark) {
        return switch (benchmark) {
            case APPEND, UPSERT -> List.of(Task.WRITE);
            case SCAN -> List.of(Task.PROJECTED, Task.FULL, Task.RANGE, Task.RANDOM);
            case MERGED -> List.of(Task.MERGED, Task.COMPACTED);
        };
    }

    private static void run(JobOptions options, List<String> arguments, Path directory, PrintStream out)
            throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s: %d rows, %s, parallelism %d, %s; Java %s, %d cores; %d turns, median of %d jobs each%n",
                options.benchmark(),
                options.rows(),
                options.benchmark() == JobOptions.Benchmark.SCAN
                        ? "batch"
                        : options.streaming() ? "checkpoints every 2 s" : "batch",
                options.parallelism(),
                options.codec(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                options.repetitions(),
                options.passes());
        for (Task task : tasks(options.benchmark())) {
            Map<Contestant, List<Double>> ratios = new EnumMap<>(Contestant.class);
            for (int turn = 1; turn <= options.repetitions(); turn++) {
                turn(options, arguments, directory, task, turn, ratios, out);
            }
            ratios.forEach((contestant, values) -> out.printf(
                    "%s %s: %s is %s times as fast as %s%n",
                    options.benchmark(),
                    task.title(),
                    options.contestants().get(0).name().toLowerCase(Locale.ROOT),
                    Spread.of(values),
                    contestant.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static void turn(
            JobOptions options,
            List<String> arguments,
            Path directory,
            Task task,
            int turn,
            Map<Contestant, List<Double>> ratios,
            PrintStream out)
            throws IOException, InterruptedException {
        Optional<Measurement> first = Optional.empty();
        for (Contestant contestant : options.contestants()) {
            if (task == Task.COMPACTED && contestant == Contestant.ICEBERG) {
                continue; // its Flink procedures cannot merge deletes into files
            }
            if (task != Task.WRITE) {
                FreshJvm.run(
                        JobBenchmarkMain.class,
                        HEAP_MEGABYTES,
                        Measurement::parse,
                        arguments(List.of(PREPARE), contestant, directory, arguments));
            }
            Measurement found = FreshJvm.run(
                    JobBenchmarkMain.class,
                    HEAP_MEGABYTES,
                    Measurement::parse,
                    arguments(List.of(ONE, task.name()), contestant, directory, arguments));
            out.printf(
                    Locale.ROOT,
                    "  %-18s %-10s turn %d: %6.2f s, %6.3f M rows/s, %6.0f ns CPU per row, files %7.1f MB, checksum %016x%n",
                    task.title(),
                    contestant.name().toLowerCase(Locale.ROOT),
                    turn,
                    found.nanosPerPass() / 1e9,
                    found.millionRowsPerSecond(),
                    (double) found.cpuNanosPerPass() / found.rows(),
                    found.fileBytes() / 1e6,
                    found.checksum());
            if (first.isEmpty()) {
                first = Optional.of(found);
            } else if (first.get().checksum() != found.checksum()) {
                throw new IllegalStateException("the contestants disagree about the rows; no ratio is meaningful");
            } else {
                ratios.computeIfAbsent(contestant, key -> new ArrayList<>())
                        .add((double) found.nanosPerPass() / first.get().nanosPerPass());
            }
            if (task == Task.WRITE) {
                delete(directory.resolve(contestant.name()));
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
