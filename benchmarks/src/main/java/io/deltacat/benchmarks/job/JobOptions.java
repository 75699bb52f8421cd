package io.deltacat.benchmarks.job;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to measure.
 *
 * @param benchmark which jobs
 * @param rows rows or changes
 * @param keys keys of the changes
 * @param streaming whether sinks run with checkpoints every two seconds
 * @param parallelism of the job
 * @param codec compression, in capitals
 * @param contestants who takes part; the first is compared with the others
 * @param repetitions turns in fresh JVMs
 * @param warmUps jobs of each JVM before it measures
 * @param passes measured jobs of each JVM, of which the median counts
 * @param directory where tables are kept from run to run; empty to use one for this run only
 */
record JobOptions(
        Benchmark benchmark,
        long rows,
        long keys,
        boolean streaming,
        int parallelism,
        String codec,
        List<Contestant> contestants,
        int repetitions,
        int warmUps,
        int passes,
        Optional<Path> directory) {

    /** Kinds of jobs. */
    enum Benchmark {
        /** New rows into a table. */
        APPEND(3_000_000),
        /** Changes into a table with a key. */
        UPSERT(20_000_000),
        /** Reads of a table of new rows. */
        SCAN(5_000_000),
        /** Reads of a table with a key, before and after compaction. */
        MERGED(2_000_000);

        private final long rows;

        Benchmark(long rows) {
            this.rows = rows;
        }

        /** Whether the table has a key. */
        boolean keyed() {
            return this == UPSERT || this == MERGED;
        }
    }

    private static final String USAGE = "Usage: benchmarks/run.sh append|upsert|scan|merged [--rows N] [--keys N]"
            + " [--streaming true|false] [--parallelism N] [--codec ZSTD|SNAPPY] [--contestants DELTACAT,PAIMON,…]"
            + " [--repetitions N] [--warm-ups N] [--passes N] [--directory DIR]";

    JobOptions {
        contestants = List.copyOf(contestants);
    }

    /** Parses the command line. */
    static JobOptions parse(List<String> arguments) {
        Benchmark benchmark =
                arguments.isEmpty() ? refuse("No benchmark is named.") : oneOf(Benchmark.class, arguments.get(0));
        long rows = benchmark.rows;
        long keys = benchmark == Benchmark.MERGED ? 500_000 : 2_000_000;
        boolean streaming = true;
        int parallelism = 1;
        String codec = "ZSTD";
        List<Contestant> contestants = Arrays.stream(Contestant.values())
                .filter(contestant -> !benchmark.keyed() || contestant != Contestant.FILESYSTEM)
                .toList();
        int repetitions = 3;
        int warmUps = 1;
        int passes = 3;
        Optional<Path> directory = Optional.empty();
        for (int i = 1; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                refuse("Option '" + arguments.get(i) + "' has no value.");
            }
            String value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--rows" -> rows = Long.parseLong(value);
                case "--keys" -> keys = Long.parseLong(value);
                case "--streaming" -> streaming = Boolean.parseBoolean(value);
                case "--parallelism" -> parallelism = Integer.parseInt(value);
                case "--codec" -> codec = value.toUpperCase(Locale.ROOT);
                case "--contestants" ->
                    contestants = Arrays.stream(value.split(",", -1))
                            .map(name -> oneOf(Contestant.class, name))
                            .toList();
                case "--repetitions" -> repetitions = Integer.parseInt(value);
                case "--warm-ups" -> warmUps = Integer.parseInt(value);
                case "--passes" -> passes = Integer.parseInt(value);
                case "--directory" -> directory = Optional.of(Path.of(value));
                default -> refuse("Unknown option '" + arguments.get(i) + "'.");
            }
        }
        return new JobOptions(
                benchmark,
                rows,
                keys,
                streaming,
                parallelism,
                codec,
                contestants,
                repetitions,
                warmUps,
                passes,
                directory);
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseGet(() -> refuse("'" + name + "' is none of " + Arrays.toString(type.getEnumConstants()) + "."));
    }

    private static <T> T refuse(String problem) {
        throw new IllegalArgumentException(problem + " " + USAGE);
    }
}
