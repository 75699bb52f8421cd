package io.deltacat.benchmarks;

import java.util.Optional;

/**
 * What one JVM measured.
 *
 * @param nanosPerPass median time of a pass
 * @param cpuNanosPerPass mean CPU time of a pass, of all threads of the JVM
 * @param rows rows of a pass
 * @param fileBytes bytes of the file
 * @param checksum what the rows added up to
 */
public record Measurement(long nanosPerPass, long cpuNanosPerPass, long rows, long fileBytes, long checksum) {
    private static final String PREFIX = "MEASURED ";

    /** Returns the line a measuring JVM prints. */
    public String toLine() {
        return PREFIX + nanosPerPass + " " + cpuNanosPerPass + " " + rows + " " + fileBytes + " " + checksum;
    }

    /** Parses a line of a measuring JVM, empty if it is another line. */
    public static Optional<Measurement> parse(String line) {
        if (!line.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] parts = line.substring(PREFIX.length()).split(" ", -1);
        return Optional.of(new Measurement(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4])));
    }

    /** Returns millions of rows per second. */
    public double millionRowsPerSecond() {
        return rows * 1e3 / nanosPerPass;
    }
}
