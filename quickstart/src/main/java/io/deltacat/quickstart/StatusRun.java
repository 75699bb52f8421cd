package io.deltacat.quickstart;

import io.deltacat.client.TableRef;
import io.deltacat.quickstart.flights.Census;
import io.deltacat.quickstart.flights.Flight;
import io.deltacat.quickstart.flights.FlightStatus;
import io.deltacat.quickstart.progress.ProgressDisplay;
import io.deltacat.quickstart.report.StatusCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.core.execution.JobClient;

/**
 * The second act: every flight changes its status until it has arrived or is cancelled, in a table that keeps one row per
 * flight. Confined to one thread.
 */
final class StatusRun {
    private static final List<String> NAMES = List.of("flights in flight_status", "departed or cancelled", "all done");

    private final TableObserver observer;
    private final TableRef table;
    private final RunningJobs jobs;
    private final PrintStream out;
    private final Duration patience;

    /**
     * Makes the act.
     *
     * @param observer looks at the table
     * @param table the table
     * @param jobs what to watch
     * @param out where progress is printed
     * @param patience how long nothing may move before it gives up
     */
    StatusRun(TableObserver observer, TableRef table, RunningJobs jobs, PrintStream out, Duration patience) {
        this.observer = observer;
        this.table = table;
        this.jobs = jobs;
        this.out = out;
        this.patience = patience;
    }

    /**
     * Waits until the job has ended, then compares the table with the file.
     *
     * @param job writes the table, and ends
     * @param flights the flights of the file
     * @param terminal whether a person looks at the output
     * @param lookMillis how often to look at the table
     * @return what was counted
     * @throws QuickStartException if a job fails, or nothing moves for too long
     */
    StatusCounts await(JobClient job, List<Flight> flights, boolean terminal, long lookMillis)
            throws InterruptedException {
        List<FlightStatus> expected = FlightStatus.last(flights);
        Set<FlightStatus> last = new HashSet<>(expected);
        out.println("Now each flight is a row that changes, by the table's merge keys:");
        List<Long> before = List.of();
        long movedAt = System.nanoTime();
        try (ProgressDisplay progress = ProgressDisplay.open(out, terminal, NAMES, flights.size(), System::nanoTime)) {
            while (true) {
                boolean finished = jobs.finished(job);
                List<FlightStatus> rows =
                        observer.client().catalog().tableExists(table) ? observer.statuses(table) : List.of();
                List<Long> counts = List.of(
                        (long) rows.size(),
                        rows.stream()
                                .filter(row -> !row.status().equals(FlightStatus.SCHEDULED))
                                .count(),
                        rows.stream().filter(last::contains).count());
                progress.show(counts);
                if (finished) {
                    TableObserver.Deltas deltas = observer.deltas(table);
                    Map<String, Long> statuses = rows.stream()
                            .collect(Collectors.groupingBy(FlightStatus::status, TreeMap::new, Collectors.counting()));
                    return new StatusCounts(
                            Census.of(expected, rows, FlightStatus::key),
                            statuses,
                            observer.rows(table),
                            deltas.deltas());
                }
                long now = System.nanoTime();
                movedAt = counts.equals(before) ? movedAt : now;
                before = counts;
                if (now - movedAt > patience.toNanos()) {
                    throw new QuickStartException("Nothing moved for " + patience.toSeconds() + " s: " + NAMES + " are "
                            + counts + " of " + flights.size() + "; " + jobs.states() + ". See the logs.");
                }
                jobs.waitAMoment(lookMillis);
            }
        }
    }
}
