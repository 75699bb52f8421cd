package io.deltacat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.file.Codec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs every benchmark with few rows, so that it compiles, runs and compares equal rows. */
class BenchmarkSmokeTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"read, 0", "read, 0.1", "write, 0", "write, 0.1"})
    void contestantsAgreeAboutTheRows(String benchmark, String nulls) throws IOException {
        Options options =
                Options.parse(benchmark, "--rows", "5000", "--nulls", nulls, "--warm-ups", "0", "--passes", "1");
        for (Codec codec : options.codecs()) {
            Measurement ours = BenchmarkMain.measure(options, codec, "DELTACAT", directory);
            Measurement theirs = BenchmarkMain.measure(options, codec, "FLINK", directory);
            assertThat(ours.rows()).isEqualTo(5000);
            assertThat(ours.checksum()).isEqualTo(theirs.checksum());
            assertThat(Measurement.parse(ours.toLine())).contains(ours);
        }
    }

    @Test
    void wrongOptionsAreRefusedWithTheUsage() {
        assertThatThrownBy(() -> Options.parse("fly")).hasMessageContaining("Usage");
        assertThatThrownBy(() -> Options.parse("read", "--rows")).hasMessageContaining("'--rows' has no value");
        assertThatThrownBy(() -> Options.parse("read", "--speed", "1")).hasMessageContaining("'--speed'");
    }
}
