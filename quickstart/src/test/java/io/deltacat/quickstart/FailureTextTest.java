package io.deltacat.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    @Test
    void theInnermostTypedMessageWinsOverWrappersAndTechnicalReasons() {
        Throwable failure = new TableException(
                "Failed to execute sql",
                new ValidationException(
                        "Unable to create a source",
                        new ValidationException(
                                "Table x: no server at y. Start it.", new ConnectException("refused"))));

        assertThat(FailureText.of(failure)).isEqualTo("Table x: no server at y. Start it.");
    }

    @Test
    void aMessageThatRepeatsItsCauseAndAddsTheTableIsKept() {
        Throwable failure = new TableException(
                "Failed to execute sql",
                new ValidationException("Table x: no answer. Start it.", new ValidationException("no answer")));

        assertThat(FailureText.of(failure)).isEqualTo("Table x: no answer. Start it.");
    }

    @Test
    void ourOwnFailuresAreTyped() {
        assertThat(FailureText.of(new IllegalStateException(
                        "outer", new QuickStartException("what to do", new ConnectException("refused")))))
                .isEqualTo("what to do");
    }

    @Test
    void withoutATypedOneTheInnermostMessageIsTaken() {
        assertThat(FailureText.of(new IllegalStateException("outer", new ConnectException("refused"))))
                .isEqualTo("refused");
        assertThat(FailureText.of(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
