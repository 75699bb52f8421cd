package io.deltacat.quickstart.flights;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares the rows of a table with the flights it should hold, value by value. Immutable.
 *
 * @param rows how many rows the table has
 * @param duplicates rows whose flight was there before
 * @param missing flights that are in no row
 * @param foreign rows of flights that should not be there
 * @param changed rows of expected flights with another value in some column
 * @param example the first row that differs, for the error text
 */
public record Census(long rows, long duplicates, long missing, long foreign, long changed, Optional<String> example) {

    /**
     * Takes the census.
     *
     * @param expected the flights, each once
     * @param rows the table's rows in any order
     * @return what was found
     */
    public static Census of(List<Flight> expected, Iterable<Flight> rows) {
        return of(expected, rows, Flight::key);
    }

    /**
     * Takes the census of rows of any kind.
     *
     * @param <T> the rows
     * @param expected the rows, each once
     * @param rows the table's rows in any order
     * @param key gives what identifies a row's flight
     * @return what was found
     */
    public static <T> Census of(List<T> expected, Iterable<T> rows, Function<T, Flight.Key> key) {
        Map<Flight.Key, T> byKey = new HashMap<>();
        expected.forEach(flight -> byKey.put(key.apply(flight), flight));
        Set<Flight.Key> seen = new HashSet<>();
        long count = 0;
        long duplicates = 0;
        long foreign = 0;
        long changed = 0;
        String example = null;
        for (T row : rows) {
            count++;
            T wanted = byKey.get(key.apply(row));
            String problem = null;
            if (wanted == null) {
                foreign++;
                problem = "unexpected row " + row;
            } else if (!seen.add(key.apply(row))) {
                duplicates++;
                problem = "row again " + row;
            } else if (!wanted.equals(row)) {
                changed++;
                problem = "row " + row + " instead of " + wanted;
            }
            example = example == null ? problem : example;
        }
        long missing = byKey.size() - seen.size();
        if (missing > 0 && example == null) {
            example = expected.stream()
                    .filter(flight -> !seen.contains(key.apply(flight)))
                    .findFirst()
                    .map(flight -> "no row for " + flight)
                    .orElse(null);
        }
        return new Census(count, duplicates, missing, foreign, changed, Optional.ofNullable(example));
    }

    /**
     * Whether the table holds exactly the expected flights.
     *
     * @return true if nothing is doubled, missing, foreign or changed
     */
    public boolean exact() {
        return duplicates == 0 && missing == 0 && foreign == 0 && changed == 0;
    }
}
