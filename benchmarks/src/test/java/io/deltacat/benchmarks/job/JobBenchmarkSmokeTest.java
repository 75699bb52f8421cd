package io.deltacat.benchmarks.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.benchmarks.Measurement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs jobs with few rows, so that they compile, run and compare equal rows; the peers' jars are not there in tests. */
class JobBenchmarkSmokeTest {

    @TempDir
    Path directory;

    @Test
    void contestantsAgreeAboutTheRows() throws IOException {
        JobOptions append = JobOptions.parse(
                List.of("append", "--rows", "2000", "--streaming", "false", "--warm-ups", "0", "--passes", "1"));
        JobOptions scan = JobOptions.parse(List.of("scan", "--rows", "2000", "--warm-ups", "0", "--passes", "1"));

        Measurement ours = measured(append, Contestant.DELTACAT, Task.WRITE);
        assertThat(ours.rows()).isEqualTo(2000);
        assertThat(ours.checksum())
                .isEqualTo(measured(append, Contestant.FILESYSTEM, Task.WRITE).checksum());
        assertThat(measured(scan, Contestant.DELTACAT, Task.RANGE).checksum())
                .isEqualTo(measured(scan, Contestant.FILESYSTEM, Task.RANGE).checksum());
    }

    @Test
    void wrongOptionsAreRefusedWithTheUsage() {
        assertThatThrownBy(() -> JobOptions.parse(List.of("fly"))).hasMessageContaining("'fly' is none of");
        assertThatThrownBy(() -> JobOptions.parse(List.of("scan", "--rows"))).hasMessageContaining("'--rows' has no");
        assertThatThrownBy(() -> JobOptions.parse(List.of("scan", "--speed", "1")))
                .hasMessageContaining("'--speed'");
    }

    private Measurement measured(JobOptions options, Contestant contestant, Task task) throws IOException {
        JobContest contest = new JobContest(options, contestant, directory);
        if (task != Task.WRITE) {
            contest.prepare();
        }
        return contest.measure(task);
    }
}
