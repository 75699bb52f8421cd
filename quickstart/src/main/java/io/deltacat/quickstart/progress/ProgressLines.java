package io.deltacat.quickstart.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line with all counts, now and then and at the end. Confined to one thread. */
final class ProgressLines implements ProgressDisplay {
    private final PrintStream out;
    private final List<String> names;
    private final long goal;
    private final long pauseNanos;
    private final LongSupplier nanoTime;
    private List<Long> last = List.of();
    private List<Long> printed = List.of();
    private long printedAt;

    ProgressLines(PrintStream out, List<String> names, long goal, Duration pause, LongSupplier nanoTime) {
        this.out = out;
        this.names = List.copyOf(names);
        this.goal = goal;
        this.pauseNanos = pause.toNanos();
        this.nanoTime = nanoTime;
        this.printedAt = nanoTime.getAsLong() - pauseNanos;
    }

    @Override
    public void show(List<Long> counts) {
        last = List.copyOf(counts);
        if (nanoTime.getAsLong() - printedAt >= pauseNanos) {
            print();
        }
    }

    @Override
    public void close() {
        if (!last.equals(printed)) {
            print();
        }
    }

    private void print() {
        StringBuilder line = new StringBuilder("  ");
        for (int index = 0; index < names.size(); index++) {
            line.append(index == 0 ? "" : ", ")
                    .append(names.get(index))
                    .append(String.format(Locale.ROOT, " %,d", last.get(index)));
        }
        out.println(line.append(String.format(Locale.ROOT, " of %,d", goal)));
        printed = last;
        printedAt = nanoTime.getAsLong();
    }
}
