package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read, as far as options say. Immutable.
 *
 * @param startupMode where a job that is not restored begins
 * @param boundedMode where reading ends; always {@link BoundedMode#LATEST} in batch mode
 * @param subscriptionId subscription to start from and to move on, or null; always null in batch mode
 * @param discoveryInterval pause between two looks for new deltas
 * @param acknowledge when the subscription's watermark moves on
 * @param parallelism number of readers, or null for the job's own
 */
@Internal
record ScanSettings(
        StartupMode startupMode,
        BoundedMode boundedMode,
        @Nullable String subscriptionId,
        Duration discoveryInterval,
        AcknowledgePolicy acknowledge,
        @Nullable Integer parallelism) {

    ScanSettings {
        requireNonNull(startupMode, "startupMode");
        requireNonNull(boundedMode, "boundedMode");
        requireNonNull(discoveryInterval, "discoveryInterval");
        requireNonNull(acknowledge, "acknowledge");
    }

    boolean bounded() {
        return boundedMode == BoundedMode.LATEST;
    }
}
