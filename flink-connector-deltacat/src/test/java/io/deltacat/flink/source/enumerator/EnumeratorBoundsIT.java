package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.reader.ParquetRows;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.SplitsFinished;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The enumerator's state and work for a table of very many files, which are only named. The table of the suite is small; for
 * a large one set {@code -Dbounds.deltas=10000}, {@code -Dbounds.server=http://…} for a server of its own process, and a heap
 * of 128 MB.
 */
class EnumeratorBoundsIT {
    private static final int DELTAS = Integer.getInteger("bounds.deltas", 120);
    private static final int FILES_OF_DELTA = 100;
    private static final int MOST_PENDING = 4_096;
    private static final TableRef TABLE =
            TableRef.of("bounds", "t" + UUID.randomUUID().toString().substring(0, 8));

    private final ManualContext context = new ManualContext();
    private int largestState;

    @Test
    void stateDoesNotGrowWithTheTableAndTheFirstSplitComesAtOnce(@TempDir Path directory) {
        String external = System.getProperty("bounds.server");
        if (external != null) {
            measure(URI.create(external));
            return;
        }
        try (LocalServer server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build())) {
            measure(server.uri());
        }
    }

    private void measure(URI uri) {
        DeltaCatClient client = DeltaCatClient.builder().uri(uri).build();
        generate(client);
        DeltaCatSourceEnumerator enumerator = new DeltaCatSourceEnumerator(
                context,
                options(),
                () -> new ClientServerAccess(
                        DeltaCatClient.builder()
                                .uri(uri)
                                .retry(RetryPolicy.NONE)
                                .build(),
                        TABLE,
                        null,
                        null),
                DeltaCatEnumeratorState.fresh("bounds.t", "source"),
                System::nanoTime,
                new SplittableRandom(1));
        long begun = System.nanoTime();
        enumerator.start();
        context.register(0);
        enumerator.handleSplitRequest(0, "host");
        while (assigned().isEmpty()) {
            context.tick();
        }
        Duration first = Duration.ofNanos(System.nanoTime() - begun);
        snapshot(enumerator, 1);
        long mostHeap = heap();
        int read = 0;
        for (int checkpoint = 2; read < DELTAS * FILES_OF_DELTA; checkpoint++) {
            read += finishAll(enumerator);
            snapshot(enumerator, checkpoint);
            if (checkpoint % 1_000 == 0) {
                mostHeap = Math.max(mostHeap, heap());
            }
        }
        Duration all = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf(
                "bounds: %d files in %d deltas: first split after %d ms, all after %d ms, largest state %d bytes, heap %d MB%n",
                DELTAS * FILES_OF_DELTA, DELTAS, first.toMillis(), all.toMillis(), largestState, mostHeap >> 20);
        enumerator.close();
        client.close();
        assertThat(read).isEqualTo(DELTAS * FILES_OF_DELTA);
        assertThat(largestState).isLessThan(2 << 20);
        assertThat(first).isLessThan(Duration.ofSeconds(2));
    }

    private List<DeltaCatSplit> assigned() {
        return context.assigned.getOrDefault(0, List.of());
    }

    private int finishAll(DeltaCatSourceEnumerator enumerator) {
        List<String> ids = assigned().stream().map(DeltaCatSplit::splitId).toList();
        context.assigned.clear();
        context.events.clear();
        enumerator.handleSourceEvent(0, new SplitsFinished(ids));
        enumerator.handleSplitRequest(0, "host");
        context.tick();
        return ids.size();
    }

    private void snapshot(DeltaCatSourceEnumerator enumerator, long checkpoint) {
        if (checkpoint % 50 == 1) {
            byte[] state = new DeltaCatEnumeratorStateSerializer().serialize(enumerator.snapshotState(checkpoint));
            largestState = Math.max(largestState, state.length);
        } else {
            enumerator.snapshotState(checkpoint);
        }
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static EnumeratorOptions options() {
        return new EnumeratorOptions(
                TABLE,
                ReadRange.of(StartMode.FULL, Boundedness.CONTINUOUS_UNBOUNDED),
                RowReading.INSERTS,
                HistoryRules.FAIL,
                new DiscoveryRules(
                        DiscoveryFeed.AUTO,
                        Duration.ofMillis(1),
                        Duration.ofMinutes(1),
                        MOST_PENDING,
                        128L << 20,
                        Long.MAX_VALUE),
                new SubscriptionRules(
                        Acknowledgement.NONE,
                        Duration.ZERO,
                        ForeignWatermarkPolicy.FAIL,
                        RedrivePolicy.FAIL,
                        SubscriptionRules.Absence.FAIL,
                        Duration.ofHours(1)),
                null);
    }

    private static void generate(DeltaCatClient client) {
        client.catalog()
                .createTable(
                        TABLE,
                        CreateTableRequestBuilder.builder()
                                .table(TABLE.table())
                                .autoCreateNamespace(true)
                                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(ParquetRows.SCHEMA)))
                                .build());
        for (int delta = 0; delta < DELTAS; delta++) {
            WriteSession session = client.writeSessions()
                    .create(
                            TABLE,
                            WriteSessionCreateRequestBuilder.builder()
                                    .mode("append")
                                    .format("parquet")
                                    .allowExternalEntries(true)
                                    .build());
            List<WriteEntry> entries = IntStream.range(0, FILES_OF_DELTA)
                    .mapToObj(file -> WriteEntryBuilder.builder()
                            .path("s3://bounds/data/year=2026/month=01/" + UUID.randomUUID() + ".parquet")
                            .recordCount(100_000L)
                            .contentLength(32L << 20)
                            .columnStats(Map.of())
                            .build())
                    .toList();
            client.writeSessions()
                    .commit(
                            session.sessionId(),
                            WriteSessionCommitRequestBuilder.builder()
                                    .operationId(UUID.randomUUID().toString())
                                    .sessionVersion(session.sessionVersion())
                                    .entries(entries)
                                    .build());
        }
    }
}
