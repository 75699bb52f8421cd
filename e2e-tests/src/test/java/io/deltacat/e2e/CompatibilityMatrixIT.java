package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.e2e.MatrixScenario.Peer;
import io.deltacat.e2e.MatrixScenario.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every format and mode that one peer writes, read by all three and compared value by value; what is found makes
 * {@code docs/compatibility.md}. Only some: {@code -Dmatrix.only=python_csv} takes tables whose name begins so.
 */
class CompatibilityMatrixIT {
    private static final List<String> FORMATS =
            List.of("parquet", "csv", "tsv", "psv", "unescaped_tsv", "json", "avro", "feather", "orc");

    @TempDir
    private static Path directory;

    private static World world;
    private static PythonSession python;
    private static JavaPeer java;
    private static FlinkPeer flink;

    @BeforeAll
    static void start() throws Exception {
        world = World.create(directory);
        python = PythonSession.start(world.uri(), World.NAMESPACE, directory);
        java = new JavaPeer(world.client(), World.NAMESPACE, python);
        flink = new FlinkPeer(world, java);
    }

    @AfterAll
    static void stop() {
        if (python != null) {
            python.close();
        }
        if (world != null) {
            world.close();
        }
    }

    @Test
    void everybodyReadsWhatAnybodyWrites() throws Exception {
        MatrixResults results = new MatrixResults();
        for (String format : FORMATS) {
            writeAndRead(MatrixScenario.all(Peer.PYTHON, format), results);
        }
        for (String format : FORMATS) {
            writeAndRead(MatrixScenario.all(Peer.JAVA, format), results);
        }
        writeAndRead(MatrixScenario.all(Peer.FLINK, "parquet"), results);
        PartitionTransforms transforms = new PartitionTransforms(world.client(), java, python, flink);
        transforms.compare(results);

        assertThat(results.surprises())
                .as("cells that are not as listed in MatrixGaps")
                .isEmpty();
        if (System.getProperty("matrix.only") == null) {
            CompatibilityPage.check(results);
        }
    }

    private static void writeAndRead(List<MatrixScenario> scenarios, MatrixResults results) {
        String only = System.getProperty("matrix.only", "");
        List<MatrixScenario> written = new ArrayList<>();
        for (MatrixScenario scenario : scenarios) {
            if (scenario.table().startsWith(only)) {
                Optional<String> failure = failure(() -> write(scenario));
                results.written(scenario, failure);
                if (failure.isEmpty()) {
                    written.add(scenario);
                }
            }
        }
        for (MatrixScenario scenario : written) {
            results.read(scenario, Peer.PYTHON, failure(() -> compare(scenario, python.read(scenario))));
            results.read(scenario, Peer.JAVA, failure(() -> compare(scenario, java.read(scenario))));
        }
        Map<Integer, List<MatrixScenario>> together = new LinkedHashMap<>();
        for (MatrixScenario scenario : written) {
            if (MatrixGaps.ofReading(scenario, Peer.FLINK).isPresent()) {
                results.read(scenario, Peer.FLINK, failure(() -> compare(scenario, flink.read(scenario))));
            } else {
                together.computeIfAbsent(scenario.columns().size(), key -> new ArrayList<>())
                        .add(scenario);
            }
        }
        together.values().forEach(group -> readWithFlink(group, results));
    }

    /** In one job, since starting jobs takes most of the time; one by one if that fails. */
    private static void readWithFlink(List<MatrixScenario> scenarios, MatrixResults results) {
        Map<MatrixScenario, List<JsonNode>> rows = new LinkedHashMap<>();
        if (failure(() -> rows.putAll(flink.readAll(scenarios))).isPresent()) {
            rows.clear();
        }
        for (MatrixScenario scenario : scenarios) {
            results.read(
                    scenario,
                    Peer.FLINK,
                    failure(() ->
                            compare(scenario, rows.containsKey(scenario) ? rows.get(scenario) : flink.read(scenario))));
        }
    }

    private static void write(MatrixScenario scenario) throws Exception {
        MatrixPeer peer = switch (scenario.writer()) {
            case PYTHON -> python;
            case JAVA -> java;
            case FLINK -> flink;
        };
        if (!scenario.madeByWriting()) {
            peer.create(scenario);
        }
        int columns = MatrixColumn.FIRST.size();
        for (Write write : scenario.writes()) {
            if (write.columns().size() > columns) {
                columns = write.columns().size();
                peer.addColumn(scenario);
            }
            peer.write(scenario, write);
        }
    }

    static void compare(MatrixScenario scenario, List<JsonNode> found) throws Exception {
        List<JsonNode> wanted = new ArrayList<>();
        scenario.expected().forEach(row -> wanted.add(PeerValue.ofValues(row)));
        assertThat(PeerValue.lines(found)).isEqualTo(PeerValue.lines(wanted));
    }

    /** What went wrong, empty if nothing did. */
    static Optional<String> failure(Action action) {
        try {
            action.run();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception | AssertionError e) {
            Throwable cause = e;
            while (cause.getCause() != null && cause.getCause() != cause) {
                cause = cause.getCause();
            }
            return Optional.of(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }

    /** Something that may fail. */
    interface Action {
        void run() throws Exception;
    }
}
