package io.deltacat.format;

import java.lang.management.ManagementFactory;

/** Measures how much a piece of code allocates on its thread. */
public final class AllocatedBytes {
    private AllocatedBytes() {}

    /** What is measured. */
    @FunctionalInterface
    public interface Code {
        void run() throws Exception;
    }

    /** Runs some code and returns the bytes it allocated, those set free again included. */
    public static long of(Code code) throws Exception {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        code.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
