package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription (control-plane.md §1). Times are texts. Wire name {@code SubscriptionDetailResponse}.
 *
 * @param configJson JSON as text
 * @param errorMessage last error of the server about it
 * @param executionLease who runs it now, null if nobody
 * @param sourceTables maps of texts; key spelling varies
 * @param status such as {@code active}, {@code paused}, {@code error}; an open set
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
