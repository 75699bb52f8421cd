package io.deltacat.benchmarks.server;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.benchmarks.FreshJvm;
import io.deltacat.benchmarks.Spread;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.read.TableBatches;
import io.deltacat.client.write.TableWriter;
import io.deltacat.client.write.WriteMode;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;

/** Measures merged reads of a table with merge keys: ours in plain Java, and the Python client's of the same table. */
final class MergeBenchmark {
    private static final int HEAP_MEGABYTES = 1024;
    private static final int DELTAS = 8;
    private static final int PASSES = 8;
    private static final TableRef TABLE = TableRef.of("bench", "merged");
    private static final String PREFIX = "MERGED ";
    private static final Schema SCHEMA = new Schema(List.of(
            FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
            TypeNames.field("name", "string", true),
            TypeNames.field("amount", "double", true),
            TypeNames.field("version", "int64", true)));
    private static final String SCRIPT = """
            import sys, time
            from deltacat_client import Client
            client = Client(sys.argv[1])
            for _ in range(%d):
                start = time.perf_counter()
                table = client.catalog.read(namespace='bench', table='merged')
                seconds = time.perf_counter() - start
            import pyarrow.compute as pc
            print('MERGED', table.num_rows, int(seconds * 1e9), pc.sum(table['version']).as_py())
            """.formatted(PASSES);

    private final ServerBenchmarkOptions options;
    private final Path directory;
    private final PrintStream out;

    MergeBenchmark(ServerBenchmarkOptions options, Path directory, PrintStream out) {
        this.options = options;
        this.directory = directory;
        this.out = out;
    }

    /** What one process measured: rows of the merged table, time of the last pass, sum of a column. */
    private record Merged(long rows, long nanos, long sum) {
        static Optional<Merged> parse(String line) {
            if (!line.startsWith(PREFIX)) {
                return Optional.empty();
            }
            String[] parts = line.substring(PREFIX.length()).strip().split(" ", -1);
            return Optional.of(
                    new Merged(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
    }

    void run() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(directory.resolve("merge"), 512)) {
            prepare(server);
            List<Double> ratios = new ArrayList<>();
            for (int turn = 0; turn < options.repetitions(); turn++) {
                Merged ours = FreshJvm.run(
                        ServerBenchmarkMain.class,
                        HEAP_MEGABYTES,
                        Merged::parse,
                        List.of("--one-merge", server.uri().toString()));
                print("deltacat java", turn, ours);
                if (options.python().isPresent()) {
                    Merged python = python(options.python().get(), server);
                    print("python client", turn, python);
                    if (ours.rows() != python.rows() || ours.sum() != python.sum()) {
                        throw new IllegalStateException("the two disagree about the rows; no ratio is meaningful");
                    }
                    ratios.add((double) python.nanos() / ours.nanos());
                }
            }
            if (!ratios.isEmpty()) {
                out.printf("merged read: java is %s times as fast as the python client%n", Spread.of(ratios));
            }
        }
    }

    private void print(String who, int turn, Merged merged) {
        out.printf(
                Locale.ROOT,
                "  %s turn %d: %d changes merged to %d rows in %.2f s, %.2f M changes/s, checksum %d%n",
                who,
                turn + 1,
                options.rows(),
                merged.rows(),
                merged.nanos() / 1e9,
                options.rows() * 1e3 / merged.nanos(),
                merged.sum());
    }

    private void prepare(ServerProcess server) throws IOException {
        try (DeltaCatClient client = DeltaCatClient.builder().uri(server.uri()).build()) {
            client.catalog()
                    .createTable(
                            TABLE,
                            CreateTableRequestBuilder.builder()
                                    .table(TABLE.table())
                                    .autoCreateNamespace(true)
                                    .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(SCHEMA)))
                                    .build());
            SplittableRandom random = new SplittableRandom(5);
            for (int delta = 0; delta < DELTAS; delta++) {
                try (TableWriter<Map<String, ?>> writer =
                        client.catalog().write(TABLE).mode(WriteMode.MERGE).open()) {
                    for (int row = 0; row < options.rows() / DELTAS; row++) {
                        Map<String, Object> values = new LinkedHashMap<>();
                        values.put("id", (long) random.nextInt(options.keys()));
                        values.put("name", "name " + random.nextInt(100_000));
                        values.put("amount", random.nextDouble());
                        values.put("version", (long) delta * options.rows() + row);
                        writer.append(values);
                    }
                    writer.commit();
                }
            }
        }
    }

    /** Measures our merged reads in this JVM and prints the last pass. */
    static void measureOne(String uri, PrintStream out) {
        try (DeltaCatClient client = DeltaCatClient.builder().uri(uri).build()) {
            Merged merged = new Merged(0, 0, 0);
            for (int pass = 0; pass < PASSES; pass++) {
                long start = System.nanoTime();
                long rows = 0;
                long sum = 0;
                try (TableBatches batches = client.catalog().read(TABLE).openBatches()) {
                    int version = SCHEMA.getFields().size() - 1;
                    while (batches.next()) {
                        LongVector versions = (LongVector) batches.batch().column(version);
                        for (int row = 0; row < versions.size(); row++) {
                            sum += versions.get(row);
                        }
                        rows += versions.size();
                    }
                }
                merged = new Merged(rows, System.nanoTime() - start, sum);
            }
            out.println(PREFIX + merged.rows() + " " + merged.nanos() + " " + merged.sum());
        }
    }

    private static Merged python(Path python, ServerProcess server) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        python.toString(), "-c", SCRIPT, server.uri().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Optional<Merged> found = Optional.empty();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                Optional<Merged> result = Merged.parse(line);
                found = result.isPresent() ? result : found;
            }
        }
        if (process.waitFor() != 0 || found.isEmpty()) {
            throw new IOException("the Python client failed, see its messages above");
        }
        return found.get();
    }
}
