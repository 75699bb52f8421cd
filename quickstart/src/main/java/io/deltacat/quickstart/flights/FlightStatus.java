package io.deltacat.quickstart.flights;

import java.util.List;

/**
 * What is known of a flight at a moment: a row of the table of the second act. Immutable.
 *
 * @param flight the flight; what has not happened yet is null
 * @param status {@code scheduled}, {@code departed}, {@code arrived} or {@code cancelled}
 */
public record FlightStatus(Flight flight, String status) {
    /** The status of a flight that has neither departed nor been cancelled. */
    public static final String SCHEDULED = "scheduled";

    /**
     * The rows the table holds when everything has happened.
     *
     * @param flights the flights of the file
     * @return one element per flight; a flight that departed and did not arrive as planned stays departed
     */
    public static List<FlightStatus> last(List<Flight> flights) {
        return flights.stream()
                .map(flight -> new FlightStatus(
                        flight, flight.cancelled() ? "cancelled" : flight.arrDelay() == null ? "departed" : "arrived"))
                .toList();
    }

    /**
     * What identifies the row.
     *
     * @return the flight's key
     */
    public Flight.Key key() {
        return flight.key();
    }
}
