package io.deltacat.quickstart.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    @Test
    void aLineComesAtOnceThenNowAndThenAndAtTheEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AtomicLong now = new AtomicLong(7);
        ProgressDisplay lines = new ProgressLines(
                new PrintStream(bytes, true, StandardCharsets.UTF_8),
                List.of("in", "out"),
                5000,
                Duration.ofSeconds(5),
                now::get);

        lines.show(List.of(0L, 0L));
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        lines.show(List.of(1000L, 5L));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        lines.show(List.of(2000L, 10L));
        lines.show(List.of(5000L, 5000L));
        lines.close();
        lines.close();

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "  in 0, out 0 of 5,000", "  in 2,000, out 10 of 5,000", "  in 5,000, out 5,000 of 5,000");
    }
}
