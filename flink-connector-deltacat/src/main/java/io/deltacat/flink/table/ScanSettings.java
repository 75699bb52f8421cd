package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * How a table is read, as far as options say. Immutable.
 *
 * @param range from where to where
 * @param changes what changes of the table mean
 * @param batch whether the job runs in batch mode
 * @param subscription what is followed and acknowledged, or null; always null in batch mode
 * @param discovery how new deltas are looked for
 * @param decoding how files are cut and decoded
 * @param parallelism number of readers, or null for the job's own
 */
@Internal
record ScanSettings(
        ScanRange range,
        ChangeSettings changes,
        boolean batch,
        @Nullable SubscriptionSettings subscription,
        DiscoverySettings discovery,
        DecodingSettings decoding,
        @Nullable Integer parallelism) {

    ScanSettings {
        requireNonNull(range, "range");
        requireNonNull(changes, "changes");
        requireNonNull(discovery, "discovery");
        requireNonNull(decoding, "decoding");
    }

    /** Returns these settings with another range. */
    ScanSettings within(ScanRange other) {
        return new ScanSettings(other, changes, batch, subscription, discovery, decoding, parallelism);
    }
}
