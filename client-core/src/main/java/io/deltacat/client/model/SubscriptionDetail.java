package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code SubscriptionDetailResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record SubscriptionDetail(
        String subscriberId,
        @Nullable String configJson,
        @Nullable String createdAt,
        @Nullable String createdBy,
        @Nullable String dispatchConfig,
        @Nullable String dispatchMode,
        @Nullable String errorMessage,
        @Nullable JsonNode errorTable,
        @Nullable JsonNode executionLease,
        @Nullable String lastScheduleError,
        @Nullable String lastScheduledSlot,
        @Nullable String lastTriggerOrigin,
        @Nullable String lastTriggeredAt,
        List<String> managers,
        @Nullable String nextScheduledAt,
        @Nullable String scheduleCron,
        @Nullable Long scheduleIntervalSeconds,
        @Nullable String scheduleTimezone,
        List<JsonNode> sourceTables,
        @Nullable String status,
        @Nullable String subscriberMode,
        @Nullable String subscriberType,
        @Nullable TriggerConfig trigger,
        @Nullable String triggerType,
        @Nullable String updatedAt) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public SubscriptionDetail {
        managers = Copies.list(managers);
        sourceTables = Copies.list(sourceTables);
    }
}
