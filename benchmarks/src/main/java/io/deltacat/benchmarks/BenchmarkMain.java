package io.deltacat.benchmarks;

import io.deltacat.format.file.Codec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Runs a benchmark: contestants take turns, each time in a fresh JVM, and the ratio of every turn is printed beside the
 * spread. {@code run.sh} calls it.
 */
public final class BenchmarkMain {
    private static final String ONE_CONTESTANT = "--one";
    private static final int HEAP_MEGABYTES = 2048;
    private static final List<String> CONTESTANTS = List.of("DELTACAT", "FLINK");

    private BenchmarkMain() {}

    /**
     * Runs a benchmark.
     *
     * @param arguments see {@code benchmarks/run.sh}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 3 && arguments[0].equals(ONE_CONTESTANT)) {
            Options options = Options.parse(Arrays.copyOfRange(arguments, 4, arguments.length));
            System.out.println(measure(options, Codec.valueOf(arguments[1]), arguments[2], Path.of(arguments[3]))
                    .toLine());
            return;
        }
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path directory = Files.createTempDirectory("deltacat-benchmark");
        try {
            run(options, arguments, directory, System.out);
        } finally {
            delete(directory);
        }
    }

    /** Measures one contestant in this JVM. */
    static Measurement measure(Options options, Codec codec, String contestant, Path directory) throws IOException {
        Contest contest = new Contest(options, codec, directory);
        return options.benchmark().equals("read")
                ? contest.read(ParquetReading.valueOf(contestant))
                : contest.write(ParquetWriting.valueOf(contestant));
    }

    private static void run(Options options, String[] arguments, Path directory, PrintStream out)
            throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%s: %d rows x %d mixed columns, %.0f %% nulls; Java %s, %d cores; %d turns, median of %d passes each%n",
                options.benchmark(),
                options.rows(),
                options.benchmark().equals("read") ? MixedRows.FIVE.getFieldCount() : MixedRows.TWENTY.getFieldCount(),
                options.nulls() * 100,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                options.repetitions(),
                options.passes());
        for (Codec codec : options.codecs()) {
            if (options.benchmark().equals("read")) {
                new Contest(options, codec, directory).prepareReading();
            }
            List<Double> ratios = new ArrayList<>();
            List<Double> cpuRatios = new ArrayList<>();
            for (int turn = 0; turn < options.repetitions(); turn++) {
                List<Measurement> both = new ArrayList<>();
                for (String contestant : CONTESTANTS) {
                    Measurement measurement = inFreshJvm(codec, contestant, directory, arguments);
                    both.add(measurement);
                    out.printf(
                            Locale.ROOT,
                            "  %-12s %-8s turn %d: %6.2f M rows/s, %6.0f ns CPU per row, file %6.1f MB, checksum %016x%n",
                            codec,
                            contestant.toLowerCase(Locale.ROOT),
                            turn + 1,
                            measurement.millionRowsPerSecond(),
                            (double) measurement.cpuNanosPerPass() / measurement.rows(),
                            measurement.fileBytes() / 1e6,
                            measurement.checksum());
                }
                if (both.get(0).checksum() != both.get(1).checksum()) {
                    throw new IllegalStateException("the contestants disagree about the rows; no ratio is meaningful");
                }
                ratios.add((double) both.get(1).nanosPerPass() / both.get(0).nanosPerPass());
                cpuRatios.add(
                        (double) both.get(1).cpuNanosPerPass() / both.get(0).cpuNanosPerPass());
            }
            out.printf(
                    "%s %s: deltacat is %s times as fast as flink, by CPU time %s%n",
                    options.benchmark(), codec, Spread.of(ratios), Spread.of(cpuRatios));
        }
    }

    private static Measurement inFreshJvm(Codec codec, String contestant, Path directory, String[] arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(ONE_CONTESTANT, codec.name(), contestant, directory.toString()));
        all.addAll(List.of(arguments));
        return FreshJvm.run(BenchmarkMain.class, HEAP_MEGABYTES, Measurement::parse, all);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
