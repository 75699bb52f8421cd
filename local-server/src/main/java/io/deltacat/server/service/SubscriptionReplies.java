package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.ScheduleConfig;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.SubscriptionDetailBuilder;
import io.deltacat.client.model.SubscriptionSummary;
import io.deltacat.client.model.SubscriptionSummaryBuilder;
import io.deltacat.client.model.TriggerConfig;
import io.deltacat.server.machine.SubscriptionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows subscriptions the way the protocol does. */
final class SubscriptionReplies {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private SubscriptionReplies() {}

    static SubscriptionDetail detail(SubscriptionState state) {
        TriggerConfig trigger = state.trigger();
        ScheduleConfig schedule = state.schedule();
        return SubscriptionDetailBuilder.builder()
                .subscriberId(state.subscriberId())
                .status(state.status().wireName())
                .sourceTables(tables(state))
                .subscriberType(state.subscriberType())
                .subscriberMode(state.subscriberMode())
                .configJson(state.configJson())
                .dispatchMode(state.dispatchMode())
                .dispatchConfig(state.dispatchConfig())
                .errorTable(errorTable(state))
                .trigger(trigger)
                .triggerType(trigger == null ? null : trigger.mode())
                .scheduleCron(schedule == null ? null : schedule.cron())
                .scheduleIntervalSeconds(schedule == null ? null : schedule.intervalSeconds())
                .scheduleTimezone(schedule == null ? null : schedule.timezone())
                .createdBy(state.createdBy())
                .managers(state.managers())
                .createdAt(time(state.createdAt()))
                .updatedAt(time(state.updatedAt()))
                .build();
    }

    static SubscriptionSummary summary(SubscriptionState state) {
        TriggerConfig trigger = state.trigger();
        ScheduleConfig schedule = state.schedule();
        return SubscriptionSummaryBuilder.builder()
                .subscriberId(state.subscriberId())
                .status(state.status().wireName())
                .sourceTables(tables(state))
                .subscriberType(state.subscriberType())
                .subscriberMode(state.subscriberMode())
                .configJson(state.configJson())
                .dispatchMode(state.dispatchMode())
                .dispatchConfig(state.dispatchConfig())
                .errorTable(errorTable(state))
                .trigger(trigger)
                .triggerType(trigger == null ? null : trigger.mode())
                .scheduleCron(schedule == null ? null : schedule.cron())
                .scheduleIntervalSeconds(schedule == null ? null : schedule.intervalSeconds())
                .scheduleTimezone(schedule == null ? null : schedule.timezone())
                .createdBy(state.createdBy())
                .managers(state.managers())
                .createdAt(time(state.createdAt()))
                .updatedAt(time(state.updatedAt()))
                .build();
    }

    private static List<JsonNode> tables(SubscriptionState state) {
        return state.sourceTables().stream()
                .<JsonNode>map(SubscriptionReplies::object)
                .toList();
    }

    private static @Nullable JsonNode errorTable(SubscriptionState state) {
        Map<String, String> table = state.errorTable();
        return table == null ? null : object(table);
    }

    private static ObjectNode object(Map<String, String> values) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        values.forEach(node::put);
        return node;
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND)
                .toString();
    }
}
