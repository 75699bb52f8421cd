package io.deltacat.quickstart.flights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class CensusTest {
    private static Flight flight(int number, int distance) {
        return new Flight(
                new Flight.Key(2013, 1, 1, "UA", number, "EWR"),
                null,
                "IAH",
                LocalDateTime.of(2013, 1, 1, 10, 15),
                2,
                11,
                null,
                distance,
                false);
    }

    @Test
    void theSameRowsInAnotherOrderAreExact() {
        Census census = Census.of(List.of(flight(1, 10), flight(2, 20)), List.of(flight(2, 20), flight(1, 10)));

        assertThat(census.exact()).isTrue();
        assertThat(census.rows()).isEqualTo(2);
        assertThat(census.example()).isEmpty();
    }

    @Test
    void everyKindOfDifferenceIsCounted() {
        Census census = Census.of(
                List.of(flight(1, 10), flight(2, 20), flight(3, 30)),
                List.of(flight(1, 10), flight(1, 10), flight(2, 21), flight(9, 90)));

        assertThat(census.exact()).isFalse();
        assertThat(census.rows()).isEqualTo(4);
        assertThat(census.duplicates()).isEqualTo(1);
        assertThat(census.changed()).isEqualTo(1);
        assertThat(census.foreign()).isEqualTo(1);
        assertThat(census.missing()).isEqualTo(1);
        assertThat(census.example()).hasValueSatisfying(text -> assertThat(text).startsWith("row again"));
    }

    @Test
    void aMissingFlightAloneIsTheExample() {
        Census census = Census.of(List.of(flight(1, 10)), List.of());

        assertThat(census.missing()).isEqualTo(1);
        assertThat(census.example()).hasValueSatisfying(text -> assertThat(text).startsWith("no row for"));
    }
}
