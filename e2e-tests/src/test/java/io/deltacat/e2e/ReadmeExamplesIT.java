package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deltacat.client.TableRef;
import io.deltacat.client.write.WriteMode;
import io.deltacat.quickstart.sql.SqlRunner;
import io.deltacat.quickstart.sql.SqlScript;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of README.md as they stand there; only the server's address is another. */
class ReadmeExamplesIT {
    private static final String ADDRESS = "http://localhost:8080";
    private static final TableRef ORDERS = TableRef.of("shop", "orders");
    private static final TableRef BIG_ORDERS = TableRef.of("shop", "big_orders");

    @TempDir
    private static Path directory;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.create(directory);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** The only code block of a language in the README. */
    private static String block(String language) throws Exception {
        String readme = Files.readString(Repository.root().resolve("README.md"));
        Matcher matcher = Pattern.compile(
                        "<!-- ReadmeExamplesIT runs this block -->\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        assertThat(matcher.find()).as("a " + language + " block").isTrue();
        String block = matcher.group(1);
        assertThat(block).contains(ADDRESS);
        return block.replace(ADDRESS, world.uri().toString());
    }

    @Test
    void theSqlExampleCopiesBigOrdersAndGoesOnToDoSo() throws Exception {
        String sql = block("sql");
        assertThat(sql.lines().count()).isLessThanOrEqualTo(20);
        SqlRunner runner = new SqlRunner(world.sql(RuntimeExecutionMode.STREAMING));

        JobClient job =
                runner.run(SqlScript.parse(sql)).orElseThrow().getJobClient().orElseThrow();
        try {
            awaitItems(List.of("kettle"));
            world.client()
                    .catalog()
                    .write(ORDERS)
                    .mode(WriteMode.APPEND)
                    .rows(List.of(
                            Map.of("id", 3L, "item", "spoon", "price", new BigDecimal("3.00")),
                            Map.of(
                                    "id",
                                    4L,
                                    "item",
                                    "samovar",
                                    "price",
                                    new BigDecimal("199.00"),
                                    "ordered",
                                    LocalDateTime.of(2026, 1, 6, 9, 0))));
            awaitItems(List.of("kettle", "samovar"));
        } finally {
            job.cancel().get();
        }
    }

    private static void awaitItems(List<String> items) {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            assertThat(world.client().catalog().tableExists(BIG_ORDERS)).isTrue();
            assertThat(world.client().catalog().read(BIG_ORDERS).toList())
                    .extracting(row -> row.get("item"))
                    .hasSameElementsAs(items)
                    .hasSameSizeAs(items);
        });
    }

    @Test
    void theJavaExampleWritesAndReads() throws Exception {
        String body = block("java");
        assertThat(body.lines().count()).isLessThanOrEqualTo(15);
        Path source = Files.writeString(directory.resolve("ReadmeExample.java"), """
                import io.deltacat.client.DeltaCatClient;
                import io.deltacat.client.TableRef;
                import io.deltacat.client.read.TableRows;
                import java.util.List;
                import java.util.Map;
                import org.apache.arrow.vector.types.pojo.ArrowType;
                import org.apache.arrow.vector.types.pojo.Field;
                import org.apache.arrow.vector.types.pojo.Schema;

                public class ReadmeExample {
                    public static void main(String[] arguments) {
                %s
                    }
                }
                """.formatted(body));
        String classPath = System.getProperty("java.class.path");
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classPath,
                                "-d",
                                directory.toString(),
                                source.toString()))
                .isZero();

        String printed = ChildProcess.run(
                directory.resolve("readme-java.out"),
                Duration.ofMinutes(1),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        directory + System.getProperty("path.separator") + classPath,
                        "ReadmeExample"));

        assertThat(printed.lines()).containsExactly("{name=Dinah}", "{name=Felix}");
    }
}
