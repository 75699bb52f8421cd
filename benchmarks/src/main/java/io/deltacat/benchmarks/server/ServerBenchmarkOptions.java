package io.deltacat.benchmarks.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param benchmark {@code commits}, {@code large-table} or {@code merge}
 * @param repetitions turns
 * @param clients clients that commit at once
 * @param seconds how long they commit in a turn
 * @param deltas deltas of the large table
 * @param filesPerDelta files of each
 * @param listings measured listings
 * @param rows rows of the merged table, changes included
 * @param keys different keys among them
 * @param python a Python with the real client, whose merged reads are measured too; empty for none
 */
record ServerBenchmarkOptions(
        String benchmark,
        int repetitions,
        int clients,
        int seconds,
        int deltas,
        int filesPerDelta,
        int listings,
        int rows,
        int keys,
        Optional<Path> python) {

    private static final List<String> BENCHMARKS = List.of("commits", "large-table", "merge");
    private static final String USAGE = "Usage: benchmarks/run.sh commits|large-table|merge [--repetitions N]"
            + " [--clients N] [--seconds N] [--deltas N] [--files-per-delta N] [--listings N] [--rows N] [--keys N]"
            + " [--python PATH]";

    /** Returns whether a benchmark of this package has the name. */
    static boolean knows(String benchmark) {
        return BENCHMARKS.contains(benchmark);
    }

    /** Parses the command line. */
    static ServerBenchmarkOptions parse(String... arguments) {
        if (arguments.length == 0 || !knows(arguments[0])) {
            throw new IllegalArgumentException(USAGE);
        }
        int repetitions = 3;
        int clients = 8;
        int seconds = 10;
        int deltas = 10_000;
        int filesPerDelta = 100;
        int listings = 300;
        int rows = 2_000_000;
        int keys = 500_000;
        Optional<Path> python = Optional.empty();
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("Option '" + arguments[i] + "' has no value. " + USAGE);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--repetitions" -> repetitions = Integer.parseInt(value);
                case "--clients" -> clients = Integer.parseInt(value);
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--deltas" -> deltas = Integer.parseInt(value);
                case "--files-per-delta" -> filesPerDelta = Integer.parseInt(value);
                case "--listings" -> listings = Integer.parseInt(value);
                case "--rows" -> rows = Integer.parseInt(value);
                case "--keys" -> keys = Integer.parseInt(value);
                case "--python" -> python = Optional.of(Path.of(value));
                default -> throw new IllegalArgumentException("Unknown option '" + arguments[i] + "'. " + USAGE);
            }
        }
        return new ServerBenchmarkOptions(
                arguments[0], repetitions, clients, seconds, deltas, filesPerDelta, listings, rows, keys, python);
    }
}
