package io.deltacat.quickstart.flights;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One row of the quick start's tables. Immutable; two flights are equal when every column is.
 *
 * @param key what identifies the flight in the whole month
 * @param tailnum the aircraft, or null if it is not known
 * @param dest the destination's airport code
 * @param scheduled the scheduled departure in UTC, to the minute
 * @param depDelay minutes late at departure, negative if early, null if the flight did not depart
 * @param arrDelay minutes late at arrival, negative if early, null if the flight did not arrive as planned
 * @param airTime minutes in the air, null if unknown
 * @param distance miles flown
 * @param cancelled whether the flight did not depart
 */
public record Flight(
        Key key,
        @Nullable String tailnum,
        String dest,
        LocalDateTime scheduled,
        @Nullable Integer depDelay,
        @Nullable Integer arrDelay,
        @Nullable Integer airTime,
        int distance,
        boolean cancelled) {

    /**
     * What identifies a flight. Immutable.
     *
     * @param year the year of departure, local time
     * @param month the month of departure, 1 to 12
     * @param day the day of departure, 1 to 31
     * @param carrier the carrier's two-letter code
     * @param flight the flight number
     * @param origin the airport of departure
     */
    public record Key(int year, int month, int day, String carrier, int flight, String origin) {}
}
