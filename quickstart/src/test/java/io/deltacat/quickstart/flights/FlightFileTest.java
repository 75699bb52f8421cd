package io.deltacat.quickstart.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.quickstart.QuickStartException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightFileTest {
    private static final Path SHIPPED = Path.of("data", "flights-2013-01.csv.gz");

    @Test
    void theShippedFileIsJanuaryWithItsRealNulls() {
        List<Flight> flights = FlightFile.read(SHIPPED, Long.MAX_VALUE);

        assertThat(flights).hasSize(27_004);
        assertThat(flights.stream().map(Flight::key).distinct()).hasSize(27_004);
        assertThat(flights.stream().filter(Flight::cancelled)).hasSize(521);
        assertThat(flights.stream().map(Flight::tailnum).filter(Objects::isNull))
                .hasSize(155);
        assertThat(flights.get(0))
                .isEqualTo(new Flight(
                        new Flight.Key(2013, 1, 1, "UA", 1545, "EWR"),
                        "N14228",
                        "IAH",
                        LocalDateTime.of(2013, 1, 1, 10, 15),
                        2,
                        11,
                        227,
                        1400,
                        false));
    }

    @Test
    void aLimitTakesTheFirstFlights() {
        assertThat(FlightFile.read(SHIPPED, 3)).hasSize(3);
    }

    @Test
    void delaysPerCarrierAreSortedAndCountCancelledFlightsApart() {
        List<CarrierDelays> delays = CarrierDelays.of(FlightFile.read(SHIPPED, Long.MAX_VALUE));

        assertThat(delays).hasSize(16);
        assertThat(delays).extracting(CarrierDelays::carrier).isSorted();
        assertThat(delays.stream().mapToLong(CarrierDelays::flights).sum()).isEqualTo(27_004);
        assertThat(delays.stream().mapToLong(CarrierDelays::cancelled).sum()).isEqualTo(521);
        assertThat(delays.get(0).averageDelay()).isInstanceOf(BigDecimal.class);
    }

    @Test
    void aFileThatIsNotGzipIsNamed(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("broken.csv.gz"), "year,month\n");

        assertThatThrownBy(() -> FlightFile.read(file, 1))
                .isInstanceOf(QuickStartException.class)
                .hasMessageContaining("broken.csv.gz");
    }
}
