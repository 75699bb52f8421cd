package io.deltacat.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the benchmarks of the server with very little, so that they compile, run and print what they measure. */
class ServerBenchmarkSmokeTest {

    @ParameterizedTest
    @CsvSource({
        "commits --clients 2 --seconds 1 --repetitions 1, commits/s",
        "large-table --deltas 8 --files-per-delta 3 --listings 4 --repetitions 1, plan of all 168 files",
        "merge --rows 800 --keys 100 --repetitions 1, merged to 100 rows"
    })
    void benchmarksRun(String arguments, String printed) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServerBenchmarkMain.run(
                ServerBenchmarkOptions.parse(arguments.split(" ", -1)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(printed);
    }

    @Test
    void wrongOptionsAreRefusedWithTheUsage() {
        assertThatThrownBy(() -> ServerBenchmarkOptions.parse("fly")).hasMessageContaining("Usage");
        assertThatThrownBy(() -> ServerBenchmarkOptions.parse("merge", "--keys"))
                .hasMessageContaining("'--keys' has no value");
        assertThatThrownBy(() -> ServerBenchmarkOptions.parse("merge", "--speed", "1"))
                .hasMessageContaining("'--speed'");
    }
}
