package io.deltacat.quickstart.flights;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Delay statistics of one carrier: a row of the query that the quick start shows. Immutable.
 *
 * @param carrier the carrier's code
 * @param flights how many flights were planned
 * @param cancelled how many of them did not depart
 * @param averageDelay mean departure delay in minutes with two decimals, null if no flight departed
 * @param longestDelay the longest departure delay in minutes, null if no flight departed
 */
public record CarrierDelays(
        String carrier,
        long flights,
        long cancelled,
        @Nullable BigDecimal averageDelay,
        @Nullable Integer longestDelay) {

    /**
     * Computes the statistics in plain Java, to compare the query's answer with.
     *
     * @param flights the flights
     * @return one element per carrier, sorted by its code
     */
    public static List<CarrierDelays> of(List<Flight> flights) {
        Map<String, List<Flight>> byCarrier = new TreeMap<>();
        for (Flight flight : flights) {
            byCarrier
                    .computeIfAbsent(flight.key().carrier(), carrier -> new ArrayList<>())
                    .add(flight);
        }
        List<CarrierDelays> all = new ArrayList<>();
        byCarrier.forEach((carrier, own) -> all.add(of(carrier, own)));
        return all;
    }

    private static CarrierDelays of(String carrier, List<Flight> flights) {
        long departed = 0;
        long minutes = 0;
        Integer longest = null;
        for (Flight flight : flights) {
            Integer delay = flight.depDelay();
            if (delay != null) {
                departed++;
                minutes += delay;
                longest = longest == null ? delay : Integer.valueOf(Math.max(longest, delay));
            }
        }
        BigDecimal average = departed == 0
                ? null
                : BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(departed), 2, RoundingMode.HALF_UP);
        return new CarrierDelays(carrier, flights.size(), flights.size() - departed, average, longest);
    }
}
