package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.source.StartMode;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read, as far as options say. Immutable.
 *
 * @param startMode where a job that is not restored begins
 * @param boundedMode where reading ends; always {@link BoundedMode#LATEST} in batch mode
 * @param subscription what is followed and acknowledged, or null; always null in batch mode
 * @param discovery how new deltas are looked for
 * @param decoding how files are cut and decoded
 * @param parallelism number of readers, or null for the job's own
 */
@Internal
record ScanSettings(
        StartMode startMode,
        BoundedMode boundedMode,
        @Nullable SubscriptionSettings subscription,
        DiscoverySettings discovery,
        DecodingSettings decoding,
        @Nullable Integer parallelism) {

    ScanSettings {
        requireNonNull(startMode, "startMode");
        requireNonNull(boundedMode, "boundedMode");
        requireNonNull(discovery, "discovery");
        requireNonNull(decoding, "decoding");
    }
}
