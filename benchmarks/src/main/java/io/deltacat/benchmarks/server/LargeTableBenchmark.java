package io.deltacat.benchmarks.server;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.DeltaRangeBuilder;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.ReadPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures what readers ask of a table with very many files: what is new, a plan with a filter, and all files, of a server
 * with a small heap.
 */
final class LargeTableBenchmark {
    private static final int SERVER_MEGABYTES = 256;
    private static final int WRITERS = 4;
    private static final int WARM_UPS = 20;
    private static final long PAGE_FILES = 10_000;
    private static final long ROWS_OF_DELTA = 100_000_000;

    private final ServerBenchmarkOptions options;
    private final Path directory;
    private final PrintStream out;
    private final ObjectMapper mapper = new ObjectMapper();

    LargeTableBenchmark(ServerBenchmarkOptions options, Path directory, PrintStream out) {
        this.options = options;
        this.directory = directory;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        Path data = directory.resolve("large");
        int small = Math.max(1, options.deltas() / 100);
        try (ServerProcess server = ServerProcess.start(data, SERVER_MEGABYTES);
                DeltaCatClient client =
                        DeltaCatClient.builder().uri(server.uri()).build()) {
            BenchTable table = BenchTable.create(client, "large");
            generate(table, 0, small);
            double before = listNew(client, table);
            generate(table, small, options.deltas());
            double after = listNew(client, table);
            out.printf(
                    Locale.ROOT,
                    "listing what is new takes %.2f times as long in a table of %d deltas as in one of %d%n",
                    after / before,
                    options.deltas(),
                    small);
            filteredPlans(client, table);
            pages(client, table);
            streamed(server, table);
            out.printf("server with -Xmx%dm: at most %d MB resident%n", SERVER_MEGABYTES, server.peakMegabytes());
        }
    }

    private void generate(BenchTable table, int from, int to) throws InterruptedException {
        long start = System.nanoTime();
        AtomicInteger next = new AtomicInteger(from);
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                running.add(threads.submit(() -> {
                    for (int delta = next.getAndIncrement(); delta < to; delta = next.getAndIncrement()) {
                        table.commit(options.filesPerDelta(), delta * ROWS_OF_DELTA);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the table cannot be made", e.getCause());
        } finally {
            threads.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(Locale.ROOT, "made %d deltas of %d files in %.1f s%n", to - from, options.filesPerDelta(), seconds);
    }

    /** Commits deltas one by one and lists each right after; returns the median in milliseconds. */
    private double listNew(DeltaCatClient client, BenchTable table) {
        TableRef version = table.ref()
                .withVersion(requireNonNull(
                        client.catalog().describeTable(table.ref()).tableVersion()));
        String stream =
                requireNonNull(client.catalog().listStreams(version).get(0).streamId());
        Latencies latencies = new Latencies();
        for (int i = -WARM_UPS; i < options.listings(); i++) {
            PartitionSummary partition =
                    client.catalog().listPartitions(version, stream).get(0);
            table.commit(options.filesPerDelta(), -1);
            long start = System.nanoTime();
            int found = client.catalog()
                    .listDeltas(
                            DeltaRangeBuilder.builder()
                                    .table(version)
                                    .streamId(stream)
                                    .partitionId(partition.partitionId())
                                    .firstPosition(requireNonNull(partition.streamPosition()) + 1)
                                    .includeManifest(true)
                                    .build(),
                            null)
                    .items()
                    .size();
            if (found != 1) {
                throw new IllegalStateException("one delta was committed, the listing has " + found);
            }
            if (i >= 0) {
                latencies.add(System.nanoTime() - start);
            }
        }
        out.printf("  listing one new delta with its %d files: %s%n", options.filesPerDelta(), latencies);
        return latencies.millis(50);
    }

    /** Plans with a filter that leaves one file, which its statistics say. */
    private void filteredPlans(DeltaCatClient client, BenchTable table) throws IOException {
        Latencies latencies = new Latencies();
        for (int i = -3; i < options.repetitions() * 3; i++) {
            long id = (long) (options.deltas() / 2 + i) * ROWS_OF_DELTA + 5;
            long start = System.nanoTime();
            ReadPlan plan = client.catalog()
                    .plan(
                            table.ref(),
                            PlanRequestBuilder.builder()
                                    .filterPredicate(mapper.readTree("{\"eq\": [\"id\", " + id + "]}"))
                                    .build());
            if (i >= 0) {
                latencies.add(System.nanoTime() - start);
            }
            if (plan.totalFiles() < 1) {
                throw new IllegalStateException("the plan for id " + id + " is empty");
            }
        }
        out.printf("plan with a filter that leaves one file: %s%n", latencies);
    }

    private void pages(DeltaCatClient client, BenchTable table) {
        Latencies latencies = new Latencies();
        Instant now = Instant.now();
        long asOf = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        long files = 0;
        long start = System.nanoTime();
        Iterator<ReadPlan> pages = client.catalog()
                .planPages(
                        table.ref(),
                        PlanRequestBuilder.builder()
                                .asOf(asOf)
                                .maxFiles(PAGE_FILES)
                                .build());
        long pageStart = start;
        while (pages.hasNext()) {
            files += pages.next().returnedFiles();
            latencies.add(System.nanoTime() - pageStart);
            pageStart = System.nanoTime();
        }
        out.printf(
                Locale.ROOT,
                "plan of all %d files in pages of %d: %.1f s; one page %s%n",
                files,
                PAGE_FILES,
                (System.nanoTime() - start) / 1e9,
                latencies);
    }

    /** Reads the plan of all files as one reply, without keeping it. */
    private void streamed(ServerProcess server, BenchTable table) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri()
                        .resolve("/v1/namespaces/bench/tables/" + table.ref().table() + "/plan"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        long start = System.nanoTime();
        long bytes = 0;
        double firstByteSeconds;
        try (InputStream body = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            byte[] buffer = new byte[1 << 16];
            bytes += Math.max(0, body.read(buffer));
            firstByteSeconds = (System.nanoTime() - start) / 1e9;
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                bytes += count;
            }
        }
        out.printf(
                Locale.ROOT,
                "plan of all files in one reply: %.1f MB, first byte after %.2f s, all after %.1f s%n",
                bytes / 1e6,
                firstByteSeconds,
                (System.nanoTime() - start) / 1e9);
    }
}
