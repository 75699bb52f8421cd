package io.deltacat.flink.source.enumerator;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which failures of the server are waited out: those that may pass, up to the tolerated time. Confined to the
 * coordinator thread.
 */
@Internal
final class ServerOutages {
    private static final Logger LOG = LoggerFactory.getLogger(ServerOutages.class);

    private final EnumeratorOptions options;
    private final PollSchedule schedule;
    private final EnumeratorMetrics metrics;

    /**
     * Starts without failures.
     *
     * @param options name of the table and the tolerated time
     * @param schedule when to try again
     * @param metrics counts failures
     */
    ServerOutages(EnumeratorOptions options, PollSchedule schedule, EnumeratorMetrics metrics) {
        this.options = options;
        this.schedule = schedule;
        this.metrics = metrics;
    }

    /**
     * Schedules another try, or gives up.
     *
     * @param step what failed, one word
     * @param error why, or null when there was simply no result
     * @param nowNanos the time
     * @throws DeltaCatSourceException when trying again is of no use, or was tried for too long
     */
    void failed(String step, @Nullable Throwable error, long nowNanos) {
        Throwable cause = error == null ? new IllegalStateException(step + " ended without result") : error;
        if (cause instanceof DeltaCatSourceException failure) {
            throw failure;
        }
        boolean passing = cause instanceof ServerUnavailable
                || cause instanceof UnknownOutcome
                || (cause instanceof DeltaCatException refusal && refusal.retryable());
        Duration atLeast = cause instanceof DeltaCatException refusal
                ? refusal.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
        if (!passing || schedule.failed(nowNanos, atLeast) == PollSchedule.Verdict.GIVE_UP) {
            String forHowLong = passing
                    ? " for %d s, longer than 'scan.failure-tolerance' of %d s allows"
                            .formatted(
                                    schedule.failingFor(nowNanos).toSeconds(),
                                    options.discovery().failureTolerance().toSeconds())
                    : "";
            throw new DeltaCatSourceException.DiscoveryFailed(
                    "Table %s: %s failed%s: %s".formatted(options.tableName(), step, forHowLong, cause.getMessage()),
                    cause);
        }
        metrics.discoveryFailed();
        LOG.warn(
                "Server out of reach, trying again table={} step={} failures={} reason={}",
                options.tableName(),
                step,
                schedule.failures(),
                cause.getMessage());
    }
}
