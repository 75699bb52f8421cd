package io.deltacat.benchmarks;

import java.util.List;
import java.util.Locale;

/** How repeated measurements are printed. */
public final class Spread {
    private Spread() {}

    /**
     * Returns median, smallest and largest as text.
     *
     * @param values at least one
     */
    public static String of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                sorted.get(sorted.size() / 2),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }
}
