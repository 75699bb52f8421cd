package io.deltacat.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.quickstart.flights.CarrierDelays;
import io.deltacat.quickstart.flights.Census;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Census EXACT = new Census(1000, 0, 0, 0, 0, Optional.empty());
    private static final List<CarrierDelays> DELAYS =
            List.of(new CarrierDelays("UA", 1000, 3, new BigDecimal("1.50"), 60));

    private static Counts counts(
            Census written, Census followed, long transactions, Optional<Long> watermark, List<CarrierDelays> shown) {
        return new Counts(
                1000,
                written,
                followed,
                8,
                9,
                transactions,
                Optional.of(8L),
                watermark,
                Duration.ofMillis(500),
                shown,
                DELAYS,
                new StatusCounts(EXACT, Map.of("arrived", 990L, "cancelled", 10L), 2970, 12));
    }

    private static List<String> failures(Counts counts) {
        return new Report(counts)
                .checks().stream()
                        .filter(check -> !check.holds())
                        .map(check -> check.claim() + ": " + check.difference().orElseThrow())
                        .toList();
    }

    @Test
    void goodCountsPassAndNameEveryNumber() {
        Report report = new Report(counts(EXACT, EXACT, 8, Optional.of(8L), DELAYS));

        assertThat(report.passed()).isTrue();
        assertThat(String.join("\n", report.lines()))
                .contains("rows in          1,000")
                .contains("rows written     1,000")
                .contains("rows followed    1,000")
                .contains("duplicates       0")
                .contains("missing          0")
                .contains("checkpoints      8 writing, 9 following")
                .contains("transactions     8")
                .contains("watermark        8 of 8")
                .contains("changes merged   2,970 in 12 deltas into 1,000 flights: 990 arrived, 10 cancelled")
                .contains("rows per second  2,000")
                .contains("UA         1,000          3            1.50           60");
    }

    @Test
    void aDoubledRowFailsWithTheRow() {
        Census doubled = new Census(1001, 1, 0, 0, 0, Optional.of("row again X"));

        assertThat(failures(counts(EXACT, doubled, 8, Optional.of(8L), DELAYS)))
                .singleElement()
                .asString()
                .contains("second table")
                .contains("1 doubled")
                .contains("row again X");
    }

    @Test
    void aFlightWithAnotherStatusFails() {
        Census stale = new Census(1000, 0, 0, 0, 1, Optional.of("row X instead of Y"));
        Counts good = counts(EXACT, EXACT, 8, Optional.of(8L), DELAYS);
        Counts bad = new Counts(
                good.rowsIn(),
                good.written(),
                good.followed(),
                good.ingestCheckpoints(),
                good.followCheckpoints(),
                good.transactions(),
                good.lastPosition(),
                good.watermark(),
                good.ingestTime(),
                good.shown(),
                good.expected(),
                new StatusCounts(stale, Map.of("arrived", 1000L), 3000, 5));

        assertThat(failures(bad))
                .singleElement()
                .asString()
                .contains("statuses")
                .contains("row X instead of Y");
    }

    @Test
    void moreTransactionsThanCheckpointsFail() {
        assertThat(failures(counts(EXACT, EXACT, 9, Optional.of(8L), DELAYS))).isEmpty();
        assertThat(failures(counts(EXACT, EXACT, 10, Optional.of(8L), DELAYS)))
                .singleElement()
                .asString()
                .contains("10 transactions, 8 completed");
        assertThat(failures(counts(EXACT, EXACT, 0, Optional.of(8L), DELAYS))).hasSize(1);
    }

    @Test
    void aWatermarkBehindTheTableFails() {
        assertThat(failures(counts(EXACT, EXACT, 8, Optional.of(7L), DELAYS)))
                .singleElement()
                .asString()
                .contains("at 7, the newest delta at 8");
        assertThat(failures(counts(EXACT, EXACT, 8, Optional.empty(), DELAYS))).hasSize(1);
    }

    @Test
    void anotherAnswerFailsAndTrailingZerosDoNot() {
        assertThat(failures(counts(
                        EXACT,
                        EXACT,
                        8,
                        Optional.of(8L),
                        List.of(new CarrierDelays("UA", 1000, 3, new BigDecimal("1.5"), 60)))))
                .isEmpty();
        assertThat(failures(counts(
                        EXACT,
                        EXACT,
                        8,
                        Optional.of(8L),
                        List.of(new CarrierDelays("UA", 999, 3, new BigDecimal("1.5"), 60)))))
                .singleElement()
                .asString()
                .contains("999");
        assertThat(failures(counts(EXACT, EXACT, 8, Optional.of(8L), List.of())))
                .hasSize(1);
    }
}
