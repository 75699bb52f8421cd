package io.deltacat.flink.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was most likely meant to be. */
final class ClosestName {

    private ClosestName() {}

    /**
     * Returns the known name with the fewest inserted, deleted, replaced or swapped characters, if they are at most a
     * third of the typed name; ties go to the first in alphabetical order.
     */
    static Optional<String> among(Collection<String> known, String typed) {
        int tolerated = Math.max(1, typed.length() / 3);
        return known.stream()
                .filter(name -> distance(name, typed) <= tolerated)
                .min(Comparator.comparingInt((String name) -> distance(name, typed))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Optimal string alignment distance, ignoring case. */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
