package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code TriggerConfigResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record TriggerConfig(String mode, @Nullable ScheduleConfig schedule) {}
