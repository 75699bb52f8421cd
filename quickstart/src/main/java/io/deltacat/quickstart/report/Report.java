package io.deltacat.quickstart.report;

import io.deltacat.quickstart.flights.CarrierDelays;
import io.deltacat.quickstart.flights.Census;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges the counts and writes them up for a terminal. Immutable. */
public final class Report {
    private final Counts counts;
    private final List<Check> checks;

    /**
     * Judges the counts.
     *
     * @param counts what was counted
     */
    public Report(Counts counts) {
        this.counts = counts;
        this.checks = List.of(
                exact("the first table holds every flight exactly once", counts.written()),
                exact("the second table holds every flight exactly once", counts.followed()),
                Check.of(
                        "every transaction belongs to a checkpoint",
                        counts.transactions() >= 1 && counts.transactions() <= counts.ingestCheckpoints() + 1,
                        counts.transactions() + " transactions, " + counts.ingestCheckpoints()
                                + " completed checkpoints (one more commit may follow the end of the input)"),
                Check.of(
                        "the subscription's watermark is at the newest delta",
                        counts.watermark().isPresent() && counts.watermark().equals(counts.lastPosition()),
                        "the watermark is at " + text(counts.watermark()) + ", the newest delta at "
                                + text(counts.lastPosition())),
                delays(counts),
                exact(
                        "after " + number(counts.status().changes())
                                + " changes the table of statuses is what the file says",
                        counts.status().merged()));
    }

    /**
     * The judgements, in the order of the report.
     *
     * @return an immutable list
     */
    public List<Check> checks() {
        return checks;
    }

    /**
     * Whether every check holds.
     *
     * @return true if the quick start may exit with 0
     */
    public boolean passed() {
        return checks.stream().allMatch(Check::holds);
    }

    /**
     * Writes the report.
     *
     * @return lines for the terminal, without line ends
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Departure delays per carrier, asked of the second table while it grew");
        TextTable table = new TextTable(List.of("carrier", "flights", "cancelled", "mean delay min", "longest min"));
        for (CarrierDelays row : counts.shown()) {
            table.row(List.of(
                    row.carrier(),
                    number(row.flights()),
                    number(row.cancelled()),
                    Objects.toString(row.averageDelay(), "-"),
                    Objects.toString(row.longestDelay(), "-")));
        }
        table.lines().forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add("Report");
        line(lines, "rows in", number(counts.rowsIn()));
        line(lines, "rows written", number(counts.written().rows()));
        line(lines, "rows followed", number(counts.followed().rows()));
        line(
                lines,
                "duplicates",
                number(counts.written().duplicates() + counts.followed().duplicates()));
        line(
                lines,
                "missing",
                number(counts.written().missing() + counts.followed().missing()));
        line(
                lines,
                "checkpoints",
                number(counts.ingestCheckpoints()) + " writing, " + number(counts.followCheckpoints()) + " following");
        line(lines, "transactions", number(counts.transactions()));
        line(lines, "watermark", text(counts.watermark()) + " of " + text(counts.lastPosition()));
        line(
                lines,
                "changes merged",
                number(counts.status().changes()) + " in "
                        + number(counts.status().deltas()) + " deltas into "
                        + number(counts.status().merged().rows()) + " flights: "
                        + counts.status().statuses().entrySet().stream()
                                .map(status -> number(status.getValue()) + " " + status.getKey())
                                .collect(Collectors.joining(", ")));
        line(
                lines,
                "rows per second",
                String.format(Locale.ROOT, "%,.0f (paced by the replay)", counts.rowsPerSecond()));
        lines.add("");
        for (Check check : checks) {
            lines.add((check.holds() ? "  ok    " : "  FAIL  ")
                    + check.claim()
                    + check.difference().map(difference -> ": " + difference).orElse(""));
        }
        return lines;
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "  %-16s %s", name, value));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String text(Optional<Long> position) {
        return position.map(Report::number).orElse("none");
    }

    private static Check exact(String claim, Census census) {
        return Check.of(
                claim,
                census.exact(),
                number(census.rows()) + " rows, " + number(census.duplicates()) + " doubled, "
                        + number(census.missing()) + " missing, " + number(census.foreign()) + " unexpected, "
                        + number(census.changed()) + " with other values; first: "
                        + census.example().orElse("none"));
    }

    private static Check delays(Counts counts) {
        String claim = "the query's answer is what the file says";
        Set<CarrierDelays> shown = new HashSet<>();
        counts.shown().forEach(row -> shown.add(scaled(row)));
        Set<CarrierDelays> expected = new HashSet<>();
        counts.expected().forEach(row -> expected.add(scaled(row)));
        for (CarrierDelays row : expected) {
            if (!shown.contains(row)) {
                return Check.of(claim, false, "expected " + row + " among " + counts.shown());
            }
        }
        return Check.of(
                claim, shown.size() == expected.size(), shown.size() + " carriers instead of " + expected.size());
    }

    /** {@link BigDecimal#equals} tells 1.5 from 1.50; the report does not. */
    private static CarrierDelays scaled(CarrierDelays row) {
        BigDecimal average = row.averageDelay();
        return new CarrierDelays(
                row.carrier(),
                row.flights(),
                row.cancelled(),
                average == null ? null : average.stripTrailingZeros(),
                row.longestDelay());
    }
}
