package io.deltacat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final RetryPolicy POLICY =
            new RetryPolicy(4, Duration.ofMillis(500), Duration.ofSeconds(8), Duration.ofSeconds(60));

    @Test
    void pausesDoubleUpToTheirBound() {
        assertThat(POLICY.pause(1, 0)).isEqualTo(Duration.ofMillis(250));
        assertThat(POLICY.pause(2, 0)).isEqualTo(Duration.ofMillis(500));
        assertThat(POLICY.pause(5, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(POLICY.pause(6, 0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(POLICY.pause(Integer.MAX_VALUE, 0)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void halfOfThePauseIsRandom() {
        assertThat(POLICY.pause(1, 0.0)).isEqualTo(Duration.ofMillis(250));
        assertThat(POLICY.pause(1, 0.5)).isEqualTo(Duration.ofMillis(375));
        assertThat(POLICY.pause(1, Math.nextDown(1.0))).isBetween(Duration.ofMillis(499), Duration.ofMillis(500));
    }

    @Test
    void retryAfterIsAFloorAndMayExceedTheLongestPause() {
        assertThat(POLICY.afterFailure(1, Duration.ZERO, Duration.ofSeconds(20), 0))
                .isEqualTo(new RetryDecision.Again(Duration.ofSeconds(20)));
        assertThat(POLICY.afterFailure(1, Duration.ZERO, Duration.ofMillis(1), 0))
                .isEqualTo(new RetryDecision.Again(Duration.ofMillis(250)));
    }

    @Test
    void attemptsAreBounded() {
        assertThat(POLICY.afterFailure(3, Duration.ZERO, null, 0)).isInstanceOf(RetryDecision.Again.class);
        assertThat(POLICY.afterFailure(4, Duration.ZERO, null, 0)).isInstanceOf(RetryDecision.GiveUp.class);
        assertThat(RetryPolicy.NONE.afterFailure(1, Duration.ZERO, null, 0)).isInstanceOf(RetryDecision.GiveUp.class);
    }

    @Test
    void noAttemptStartsAfterTheTimeIsUp() {
        assertThat(POLICY.afterFailure(1, Duration.ofMillis(59_751), null, 0)).isInstanceOf(RetryDecision.GiveUp.class);
        assertThat(POLICY.afterFailure(1, Duration.ofMillis(59_750), null, 0)).isInstanceOf(RetryDecision.Again.class);
        assertThat(POLICY.afterFailure(1, Duration.ZERO, Duration.ofSeconds(61), 0))
                .isInstanceOf(RetryDecision.GiveUp.class);
    }

    @Test
    void impossibleNumbersAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1)))
                .withMessageContaining("maxAttempts is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(2), Duration.ofMillis(1), Duration.ofMillis(1)))
                .withMessageContaining("maxPause is PT0.001S");
    }
}
