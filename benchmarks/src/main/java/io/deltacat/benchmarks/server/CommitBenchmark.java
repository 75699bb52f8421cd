package io.deltacat.benchmarks.server;

import io.deltacat.benchmarks.Spread;
import io.deltacat.client.DeltaCatClient;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Measures durable commits per second of several clients, each with a table of its own, then all on one table. */
final class CommitBenchmark {
    private static final int SERVER_MEGABYTES = 512;

    private final ServerBenchmarkOptions options;
    private final Path directory;
    private final PrintStream out;

    CommitBenchmark(ServerBenchmarkOptions options, Path directory, PrintStream out) {
        this.options = options;
        this.directory = directory;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        for (boolean shared : new boolean[] {false, true}) {
            String what = shared ? "one table for all" : "a table each";
            List<Double> rates = new ArrayList<>();
            for (int turn = 0; turn < options.repetitions(); turn++) {
                Path data = directory.resolve("commits-" + shared + "-" + turn);
                try (ServerProcess server = ServerProcess.start(data, SERVER_MEGABYTES)) {
                    rates.add(measure(server, shared, what + ", turn " + (turn + 1)));
                }
            }
            out.printf(
                    Locale.ROOT, "commits, %d clients, %s: %s commits/s%n", options.clients(), what, Spread.of(rates));
        }
    }

    private double measure(ServerProcess server, boolean shared, String what) throws InterruptedException {
        List<DeltaCatClient> clients = new ArrayList<>();
        try {
            List<BenchTable> tables = new ArrayList<>();
            for (int i = 0; i < options.clients(); i++) {
                DeltaCatClient client =
                        DeltaCatClient.builder().uri(server.uri()).build();
                clients.add(client);
                tables.add(shared && i > 0 ? tables.get(0) : BenchTable.create(client, "t" + i));
            }
            commitFor(tables, options.seconds() / 2);
            long start = System.nanoTime();
            Duration cpuStart = server.cpuTime();
            Latencies latencies = commitFor(tables, options.seconds());
            double rate = latencies.count() * 1e9 / (System.nanoTime() - start);
            out.printf(
                    Locale.ROOT,
                    "  %s: %.0f commits/s, %.2f ms CPU of the server per commit; session and commit together %s%n",
                    what,
                    rate,
                    server.cpuTime().minus(cpuStart).toMillis() / (double) latencies.count(),
                    latencies);
            return rate;
        } finally {
            clients.forEach(DeltaCatClient::close);
        }
    }

    private static Latencies commitFor(List<BenchTable> tables, int seconds) throws InterruptedException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(tables.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (BenchTable table : tables) {
                running.add(threads.submit(() -> {
                    for (long commit = 0; System.nanoTime() < end; commit++) {
                        long start = System.nanoTime();
                        table.commit(1, commit);
                        latencies.add(System.nanoTime() - start);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            return latencies;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed; no rate is meaningful", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
