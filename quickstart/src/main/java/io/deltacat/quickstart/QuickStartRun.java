package io.deltacat.quickstart;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.quickstart.cluster.FlinkCluster;
import io.deltacat.quickstart.cluster.FlinkStatistics;
import io.deltacat.quickstart.cluster.LocalServerProcess;
import io.deltacat.quickstart.flights.CarrierDelays;
import io.deltacat.quickstart.flights.Census;
import io.deltacat.quickstart.flights.Flight;
import io.deltacat.quickstart.flights.FlightFile;
import io.deltacat.quickstart.progress.ProgressDisplay;
import io.deltacat.quickstart.report.Counts;
import io.deltacat.quickstart.report.Report;
import io.deltacat.quickstart.report.StatusCounts;
import io.deltacat.quickstart.sql.SqlRunner;
import io.deltacat.quickstart.sql.SqlScript;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * One run of the quick start: server and cluster up, three SQL jobs side by side, a fourth in a second act, and at the end the
 * counts. Confined to one thread.
 */
final class QuickStartRun implements AutoCloseable {
    private static final String NAMESPACE = "quickstart";
    private static final String SUBSCRIPTION = "flights-follower";
    private static final TableRef FLIGHTS = TableRef.of(NAMESPACE, "flights");
    private static final TableRef FOLLOWED = TableRef.of(NAMESPACE, "flights_followed");
    private static final TableRef STATUS = TableRef.of(NAMESPACE, "flight_status");
    /** The changes come faster than the flights did: there are three times as many. */
    private static final int CHANGES_PER_FLIGHT = 3;

    private static final int PARALLELISM = 2;
    private static final long LOOK_MILLIS = 250;
    /** How long nothing may move before the run gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final QuickStartOptions options;
    private final PrintStream out;
    private final LocalServerProcess server;
    private final FlinkCluster cluster;
    private final TableObserver observer;
    private final Map<String, String> values;
    private final RunningJobs jobs = new RunningJobs();
    private @Nullable JobClient follow;
    private @Nullable LiveQuery query;

    private QuickStartRun(QuickStartOptions options, PrintStream out, LocalServerProcess server, FlinkCluster cluster) {
        this.options = options;
        this.out = out;
        this.server = server;
        this.cluster = cluster;
        this.observer = new TableObserver(server.uri());
        this.values = Map.of(
                "server", server.uri().toString(),
                "data", options.data().toString(),
                "rows", Long.toString(options.rows()),
                "rows-per-second", Double.toString(options.rowsPerSecond()),
                "changes-per-second", Double.toString(CHANGES_PER_FLIGHT * options.rowsPerSecond()),
                "namespace", NAMESPACE,
                "subscription", SUBSCRIPTION);
    }

    /**
     * Starts the server, as a process, and Flink, in this one.
     *
     * @param options what to do
     * @param out where to print
     * @return the run, which the caller closes
     * @throws QuickStartException if one of them does not start
     */
    static QuickStartRun start(QuickStartOptions options, PrintStream out) {
        out.println("Starting ...");
        LocalServerProcess server = LocalServerProcess.start(
                options.serverJar(),
                options.directory().resolve("tables"),
                options.directory().resolve("server.log"),
                0,
                List.of());
        FlinkCluster cluster;
        try {
            cluster = FlinkCluster.start(options.directory(), PARALLELISM);
        } catch (QuickStartException e) {
            server.close();
            throw e;
        }
        out.println("  DeltaCAT server   " + server.uri());
        out.println("  Flink web UI      " + cluster.web());
        return new QuickStartRun(options, out, server, cluster);
    }

    /**
     * Runs the three SQL jobs until every flight went through all of them, then counts.
     *
     * @return the judged counts
     * @throws QuickStartException if a job fails, or nothing moves for a minute
     */
    Report flightsThroughDeltaCat() throws InterruptedException {
        try {
            return runJobs();
        } catch (DeltaCatException e) {
            String cause = server.isAlive()
                    ? ""
                    : "The local server ended before its time; its last words are in "
                            + options.directory().resolve("server.log") + ". ";
            throw new QuickStartException(cause + e.getMessage(), e);
        }
    }

    private Report runJobs() throws InterruptedException {
        List<Flight> expected = FlightFile.read(options.data(), options.rows());
        SqlRunner sql = new SqlRunner(cluster.tableEnvironment());
        run(sql, "01-tables.sql");
        long started = System.nanoTime();
        JobClient ingest = insert(sql, "02-ingest.sql", "ingest");
        awaitTable(FLIGHTS);
        observer.client().subscriptions().create(subscription());
        JobClient following = insert(sql, "03-follow.sql", "follow");
        follow = following;
        awaitTable(FOLLOWED);
        LiveQuery live = new LiveQuery(run(sql, "04-delays.sql").orElseThrow());
        query = live;
        jobs.watch("ask", live.job());
        live.start();
        Duration ingestTime = awaitAllRows(ingest, live, started);
        TableObserver.Deltas deltas = observer.deltas(FLIGHTS);
        FlinkStatistics flink = new FlinkStatistics(cluster.web());
        JobClient status = insert(sql, "05-status.sql", "status");
        StatusCounts statusCounts = new StatusRun(observer, STATUS, jobs, out, PATIENCE)
                .await(status, expected, options.terminal(), LOOK_MILLIS);
        return new Report(new Counts(
                expected.size(),
                Census.of(expected, observer.flights(FLIGHTS)),
                Census.of(expected, observer.flights(FOLLOWED)),
                flink.completedCheckpoints(ingest.getJobID()),
                flink.completedCheckpoints(following.getJobID()),
                deltas.deltas(),
                deltas.lastPosition(),
                observer.watermark(SUBSCRIPTION),
                ingestTime,
                live.answer(),
                CarrierDelays.of(expected),
                statusCounts));
    }

    /** Ends the two jobs that never end by themselves: the writing one with a savepoint, the asking one at once. */
    void stopJobs() throws InterruptedException {
        if (follow != null) {
            jobs.stopWithSavepoint(follow);
        }
        if (query != null) {
            jobs.cancel(query.job());
        }
    }

    /** What a person can do while everything is left up. */
    List<String> invitation() {
        return List.of(
                "",
                "Everything stays up until you type exit; or press Ctrl-C.",
                "  DeltaCAT server   " + server.uri(),
                "  Flink web UI      " + cluster.web(),
                "",
                "Type SQL, ended by a semicolon. The job 'follow' still copies what arrives in flights, so try:",
                "",
                "  SELECT origin, COUNT(*) AS flights FROM flights_followed GROUP BY origin;",
                "",
                "  INSERT INTO flights SELECT 2013, 2, 1, carrier, flight, origin, dest, tailnum, scheduled,",
                "    dep_delay, arr_delay, air_time, distance, cancelled FROM flights WHERE `day` = 1;",
                "",
                "and the first one again a few seconds later.",
                "");
    }

    /** An environment with the tables in batch mode, where a query answers about the tables as they are and ends. */
    TableEnvironment promptEnvironment() {
        TableEnvironment environment = cluster.tableEnvironment(RuntimeExecutionMode.BATCH);
        new SqlRunner(environment).run(SqlScript.read(options.sql("01-tables.sql"), values));
        return environment;
    }

    private Optional<TableResult> run(SqlRunner sql, String file) {
        SqlScript script = SqlScript.read(options.sql(file), values);
        try {
            return sql.run(script);
        } catch (TableException | ValidationException | SqlParserException e) {
            throw new QuickStartException("SQL file '" + options.sql(file) + "': " + FailureText.of(e), e);
        }
    }

    private JobClient insert(SqlRunner sql, String file, String name) {
        JobClient job = run(sql, file)
                .flatMap(TableResult::getJobClient)
                .orElseThrow(() -> new QuickStartException("SQL file '" + file + "' starts no job; expected its last "
                        + "statement to be an INSERT. Restore the file."));
        jobs.watch(name, job);
        return job;
    }

    private static CreateSubscriptionRequest subscription() {
        return CreateSubscriptionRequestBuilder.builder()
                .subscriberId(SUBSCRIPTION)
                .sourceTables(List.of(Map.of("namespace", FLIGHTS.namespace(), "table", FLIGHTS.table())))
                .subscriberType("custom")
                .subscriberMode("delta")
                .dispatchMode("custom")
                .build();
    }

    private void awaitTable(TableRef table) throws InterruptedException {
        long since = System.nanoTime();
        while (!observer.client().catalog().tableExists(table)) {
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new QuickStartException("Table '" + table + "' was not created within " + PATIENCE.toSeconds()
                        + " s; " + jobs.states() + ". See the logs.");
            }
            jobs.waitAMoment(LOOK_MILLIS);
        }
    }

    /** Waits until both tables and the query have every row, and the acknowledgement caught up. */
    private Duration awaitAllRows(JobClient ingest, LiveQuery live, long started) throws InterruptedException {
        long goal = options.rows();
        List<String> names = List.of("rows in flights", "rows in flights_followed", "rows in the query's answer");
        out.println("Flights go through DeltaCAT, " + options.rows() + " of them, one transaction per checkpoint:");
        Duration ingestTime = null;
        List<Long> before = List.of();
        long movedAt = System.nanoTime();
        try (ProgressDisplay progress = ProgressDisplay.open(out, options.terminal(), names, goal, System::nanoTime)) {
            while (true) {
                List<Long> counts = List.of(observer.rows(FLIGHTS), observer.rows(FOLLOWED), live.flights());
                progress.show(counts);
                long now = System.nanoTime();
                if (ingestTime == null && counts.get(0) >= goal) {
                    ingestTime = Duration.ofNanos(now - started);
                }
                if (ingestTime != null
                        && counts.stream().allMatch(count -> count >= goal)
                        && jobs.finished(ingest)
                        && acknowledged()) {
                    return ingestTime;
                }
                movedAt = counts.equals(before) ? movedAt : now;
                before = counts;
                if (now - movedAt > PATIENCE.toNanos()) {
                    throw new QuickStartException("Nothing moved for " + PATIENCE.toSeconds() + " s: " + names + " are "
                            + counts + " of " + goal + ", the watermark is at " + observer.watermark(SUBSCRIPTION)
                            + ", the newest delta at "
                            + observer.deltas(FLIGHTS).lastPosition() + "; "
                            + jobs.states() + ". See the logs.");
                }
                jobs.waitAMoment(LOOK_MILLIS);
            }
        }
    }

    private boolean acknowledged() {
        return observer.watermark(SUBSCRIPTION).equals(observer.deltas(FLIGHTS).lastPosition());
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } finally {
            observer.close();
            server.close();
        }
    }
}
