package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code SubscriptionCreateResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record SubscriptionCreated(
        boolean created,
        String subscriberId,
        @Nullable String createdBy,
        @Nullable String dispatchMode,
        @Nullable String nextScheduledAt,
        @Nullable String principal,
        @Nullable String scheduleCron,
        @Nullable Long scheduleIntervalSeconds,
        @Nullable String scheduleTimezone,
        List<String> sourceTables,
        @Nullable TriggerConfig trigger,
        @Nullable String triggerType) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SubscriptionCreated {
        sourceTables = Copies.list(sourceTables);
    }
}
