package io.deltacat.quickstart.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Shows how far some counts are. Confined to one thread. */
public interface ProgressDisplay extends AutoCloseable {
    /**
     * Shows the present counts.
     *
     * @param counts one value per name, in the names' order
     */
    void show(List<Long> counts);

    /** Leaves the last counts on the screen and gives the screen back. Idempotent. */
    @Override
    void close();

    /**
     * Opens the display that suits the output: bars if a person looks at a terminal, else a line every five seconds.
     *
     * @param out where to print
     * @param terminal whether {@code out} is a terminal
     * @param names what is counted
     * @param goal the count at which everything is done, at least 1
     * @param nanoTime a monotonic clock in nanoseconds
     * @return the display, which the caller closes
     */
    static ProgressDisplay open(
            PrintStream out, boolean terminal, List<String> names, long goal, LongSupplier nanoTime) {
        return terminal
                ? new ProgressBars(names, goal)
                : new ProgressLines(out, names, goal, Duration.ofSeconds(5), nanoTime);
    }
}
