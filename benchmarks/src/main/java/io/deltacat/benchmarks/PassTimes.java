package io.deltacat.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * How long the passes of one JVM took: on the clock, and in CPU time of all its threads, which does not depend on what else
 * the machine does.
 *
 * @param nanos median time
 * @param cpuNanos mean CPU time; single passes would be too short for its clock
 */
public record PassTimes(long nanos, long cpuNanos) {

    /** One pass. */
    @FunctionalInterface
    public interface Pass {
        void run() throws IOException;
    }

    /**
     * Warms up, then measures.
     *
     * @param warmUps passes before
     * @param passes measured passes, at least one
     * @param pass what is measured
     */
    public static PassTimes measure(int warmUps, int passes, Pass pass) throws IOException {
        for (int i = 0; i < warmUps; i++) {
            pass.run();
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long[] nanos = new long[passes];
        long cpuStart = system.getProcessCpuTime();
        for (int i = 0; i < passes; i++) {
            long start = System.nanoTime();
            pass.run();
            nanos[i] = System.nanoTime() - start;
        }
        return new PassTimes(median(nanos), (system.getProcessCpuTime() - cpuStart) / passes);
    }

    /** Returns the times with what was found. */
    public Measurement of(long rows, long fileBytes, long checksum) {
        return new Measurement(nanos, cpuNanos, rows, fileBytes, checksum);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
