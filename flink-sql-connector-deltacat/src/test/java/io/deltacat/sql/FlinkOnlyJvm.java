package io.deltacat.sql;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of its own that sees what a Flink cluster sees: the JDK, Flink with its own libraries, the jar under test, and
 * the probe classes of this module. Nothing else of the test's class path.
 */
final class FlinkOnlyJvm {

    private static final long TIMEOUT_SECONDS = 300;

    /** Flink and what it brings, by the directories of a Maven repository. */
    private static final Pattern FLINK = Pattern.compile(
            ".*/(org/apache/flink|org/apache/commons|commons-io|commons-cli|"
                    + "commons-collections|com/esotericsoftware|org/objenesis|org/snakeyaml|org/roaringbitmap|org/javassist|"
                    + "org/xerial/snappy|at/yawk|com/ibm/icu|com/google/code/findbugs|org/slf4j|org/apache/logging)/.*\\.jar");

    private final Path connectorJar;
    private final Path directory;

    FlinkOnlyJvm(Path connectorJar, Path directory) {
        this.connectorJar = connectorJar;
        this.directory = directory;
    }

    /** Runs the probe and returns the lines it answered with. */
    List<String> probe(String... arguments) throws IOException, InterruptedException {
        Path answer = directory.resolve("answer.txt");
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath(),
                "io.deltacat.sql.SqlProbe",
                answer.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(
                        "probe " + Arrays.toString(arguments) + " failed:\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(answer);
    }

    private String classPath() {
        Stream<String> flink = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        FLINK.matcher(entry.replace(File.separatorChar, '/')).matches()
                                || entry.endsWith(File.separator + "test-classes"));
        return Stream.concat(Stream.of(connectorJar.toString()), flink).collect(Collectors.joining(File.pathSeparator));
    }
}
