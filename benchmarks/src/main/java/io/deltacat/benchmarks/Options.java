package io.deltacat.benchmarks;

import io.deltacat.format.file.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to measure.
 *
 * @param benchmark {@code read} or {@code write}
 * @param rows rows of the file
 * @param nulls share of nulls in each column but the first
 * @param repetitions fresh JVMs per contestant and codec
 * @param warmUps passes of each JVM before it measures
 * @param passes measured passes of each JVM, of which the median counts
 * @param codecs compressions
 */
record Options(String benchmark, int rows, double nulls, int repetitions, int warmUps, int passes, List<Codec> codecs) {
    private static final int READ_ROWS = 2_000_000;
    private static final int WRITE_ROWS = 400_000;
    private static final String USAGE = "Usage: benchmarks/run.sh read|write [--rows N] [--nulls SHARE]"
            + " [--repetitions N] [--warm-ups N] [--passes N] [--codecs zstd,snappy]";

    Options {
        codecs = List.copyOf(codecs);
    }

    /** Parses the command line. */
    static Options parse(String... arguments) {
        if (arguments.length == 0 || !List.of("read", "write").contains(arguments[0])) {
            throw new IllegalArgumentException(USAGE);
        }
        String benchmark = arguments[0];
        int rows = benchmark.equals("read") ? READ_ROWS : WRITE_ROWS;
        double nulls = 0;
        int repetitions = 3;
        int warmUps = 4;
        int passes = 5;
        List<Codec> codecs = List.of(Codec.ZSTD, Codec.SNAPPY);
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("Option '" + arguments[i] + "' has no value. " + USAGE);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--rows" -> rows = Integer.parseInt(value);
                case "--nulls" -> nulls = Double.parseDouble(value);
                case "--repetitions" -> repetitions = Integer.parseInt(value);
                case "--warm-ups" -> warmUps = Integer.parseInt(value);
                case "--passes" -> passes = Integer.parseInt(value);
                case "--codecs" -> codecs = codecs(value);
                default -> throw new IllegalArgumentException("Unknown option '" + arguments[i] + "'. " + USAGE);
            }
        }
        return new Options(benchmark, rows, nulls, repetitions, warmUps, passes, codecs);
    }

    private static List<Codec> codecs(String names) {
        List<Codec> codecs = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            codecs.add(Codec.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return codecs;
    }
}
