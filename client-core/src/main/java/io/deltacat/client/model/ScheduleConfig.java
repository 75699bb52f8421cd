package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ScheduleConfigResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record ScheduleConfig(
        String kind,
        @Nullable String cron,
        @Nullable Long intervalSeconds,
        @Nullable String timezone) {}
