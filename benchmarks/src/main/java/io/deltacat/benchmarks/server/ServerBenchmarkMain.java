package io.deltacat.benchmarks.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Runs a benchmark of the local server or of merged reads. {@code run.sh} calls it. */
public final class ServerBenchmarkMain {
    private static final String ONE_MERGE = "--one-merge";

    private ServerBenchmarkMain() {}

    /**
     * Runs a benchmark.
     *
     * @param arguments see {@code benchmarks/run.sh}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2 && arguments[0].equals(ONE_MERGE)) {
            MergeBenchmark.measureOne(arguments[1], System.out);
            return;
        }
        ServerBenchmarkOptions options;
        try {
            options = ServerBenchmarkOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        run(options, System.out);
    }

    static void run(ServerBenchmarkOptions options, PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%s: Java %s, %d cores; server, clients and database on one machine%n",
                options.benchmark(), Runtime.version(), Runtime.getRuntime().availableProcessors());
        Path directory = Files.createTempDirectory("deltacat-benchmark");
        try {
            switch (options.benchmark()) {
                case "commits" -> new CommitBenchmark(options, directory, out).run();
                case "large-table" -> new LargeTableBenchmark(options, directory, out).run();
                default -> new MergeBenchmark(options, directory, out).run();
            }
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
