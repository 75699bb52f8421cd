package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.quickstart.cluster.LocalServerProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SQL jar as its users meet it: real JobManager, TaskManager and client processes that have only it and Flink. */
class SqlJarIT {
    private static final TableRef NUMBERS = TableRef.of("default", "numbers");
    private static final long ROWS = 3000;

    @TempDir
    private Path directory;

    private LocalServerProcess server;
    private StandaloneFlink flink;
    private DeltaCatClient client;

    @BeforeEach
    void start() throws Exception {
        server = LocalServerProcess.start(
                Repository.serverJar(), directory.resolve("tables"), directory.resolve("server.log"), 0, List.of());
        client = DeltaCatClient.builder().uri(server.uri()).build();
        flink = StandaloneFlink.start(directory);
    }

    @AfterEach
    void stop() {
        if (flink != null) {
            flink.close();
        }
        if (client != null) {
            client.close();
        }
        server.close();
    }

    private static Path jar() throws Exception {
        try (Stream<Path> files = Files.list(Repository.root().resolve("flink-sql-connector-deltacat/target"))) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .matches("flink-sql-connector-deltacat-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String table() {
        return "CREATE TABLE numbers (id BIGINT NOT NULL, name STRING) WITH ('connector' = 'deltacat', 'uri' = '"
                + server.uri() + "', 'table' = 'numbers', 'sink.create-if-missing' = 'true')";
    }

    private String run(String name, String mode, Duration limit, String... statements) throws Exception {
        Path script = Files.writeString(directory.resolve(name + ".sql"), String.join("\n;\n", statements));
        Path classes = Path.of(SqlJarClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path alone = Files.createDirectories(directory.resolve("client-classes/io/deltacat/e2e"));
        Path main = alone.resolve("SqlJarClient.class");
        if (!Files.exists(main)) {
            Files.copy(classes.resolve("io/deltacat/e2e/SqlJarClient.class"), main);
        }
        return ChildProcess.run(
                directory.resolve(name + ".out"),
                limit,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j.configurationFile="
                                + directory.resolve("conf/log4j2.properties").toUri(),
                        "-cp",
                        directory.resolve("client-classes")
                                + File.pathSeparator
                                + jar()
                                + File.pathSeparator
                                + flink.classPath(),
                        "io.deltacat.e2e.SqlJarClient",
                        Integer.toString(flink.webPort()),
                        jar().toString(),
                        mode,
                        script.toString()));
    }

    @Test
    void aKilledTaskManagerLosesAndDoublesNothing() throws Exception {
        Process first = flink.taskManager();
        CompletableFuture<String> job = CompletableFuture.supplyAsync(() -> {
            try {
                return run(
                        "write",
                        "STREAMING",
                        Duration.ofMinutes(4),
                        "SET execution.checkpointing.interval = 500 ms",
                        "SET parallelism.default = 2",
                        table(),
                        "CREATE TABLE source (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '300', "
                                + "'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '" + ROWS
                                + "')",
                        "INSERT INTO numbers SELECT id, CAST(id AS STRING) FROM source");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(Duration.ofMinutes(2))
                .until(() -> job.isDone() || client.catalog().tableExists(NUMBERS) && visibleRows() > 0);
        assertThat(job).isNotCompletedExceptionally();
        assertThat(visibleRows()).isLessThan(ROWS);

        first.destroyForcibly();
        flink.startTaskManager();
        job.get(4, TimeUnit.MINUTES);

        assertThat(client.catalog().read(NUMBERS).columns("id").toList())
                .extracting(row -> (Long) row.get("id"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, ROWS).boxed().toList());
        assertThat(flink.jobStates()).containsExactly("FINISHED");
        String read = run(
                "read",
                "BATCH",
                Duration.ofMinutes(2),
                table(),
                "SELECT COUNT(*), SUM(id), MIN(name) FROM numbers /*+ OPTIONS('scan.bounded.mode' = 'latest') */");
        assertThat(read).contains("[3000, 4501500, 1]");
    }

    private long visibleRows() {
        Long rows = client.catalog().describeTableWithCounts(NUMBERS).totalRecords();
        return rows == null ? 0 : rows;
    }
}
