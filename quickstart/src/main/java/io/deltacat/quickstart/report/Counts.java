package io.deltacat.quickstart.report;

import io.deltacat.quickstart.flights.CarrierDelays;
import io.deltacat.quickstart.flights.Census;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything the quick start counted. Immutable.
 *
 * @param rowsIn flights in the file, up to the limit
 * @param written the first table against the file
 * @param followed the second table against the file
 * @param ingestCheckpoints completed checkpoints of the job that writes the first table
 * @param followCheckpoints completed checkpoints of the job that follows it
 * @param transactions deltas in the first table, each of them one transaction
 * @param lastPosition the stream position of the first table's newest delta, empty if it has none
 * @param watermark the position up to which the subscription was acknowledged, empty if it never was
 * @param ingestTime from the start of the first job until all its rows were visible
 * @param shown the query's final answer
 * @param expected the same statistics, computed from the file
 * @param status what the second act counted
 */
public record Counts(
        long rowsIn,
        Census written,
        Census followed,
        long ingestCheckpoints,
        long followCheckpoints,
        long transactions,
        Optional<Long> lastPosition,
        Optional<Long> watermark,
        Duration ingestTime,
        List<CarrierDelays> shown,
        List<CarrierDelays> expected,
        StatusCounts status) {
    /** Copies the lists. */
    public Counts {
        shown = List.copyOf(shown);
        expected = List.copyOf(expected);
    }

    /**
     * How fast rows arrived in the first table. The pace is set by the replay's rate, not by what the machine can do.
     *
     * @return rows per second, 0 if no time passed
     */
    public double rowsPerSecond() {
        return ingestTime.toMillis() == 0 ? 0 : rowsIn * 1000.0 / ingestTime.toMillis();
    }
}
