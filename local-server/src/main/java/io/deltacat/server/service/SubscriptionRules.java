package io.deltacat.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.ScheduleConfig;
import io.deltacat.client.model.ScheduleConfigRequest;
import io.deltacat.client.model.TriggerConfig;
import io.deltacat.client.model.TriggerConfigRequest;
import io.deltacat.client.model.UpdateSubscriptionRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SubscriptionState;
import io.deltacat.server.machine.SubscriptionStateBuilder;
import io.deltacat.server.machine.SubscriptionStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the settings of subscriptions. */
final class SubscriptionRules {
    private static final List<String> MODES = List.of("delta", "version");
    private static final List<String> DISPATCH_MODES = List.of("local", "custom", "osmo", "ray");
    private static final List<String> TRIGGER_MODES = List.of("event", "manual", "schedule");
    private static final List<String> SCHEDULE_KINDS = List.of("interval", "cron");
    private static final String DEFAULT_TYPE = "custom";
    private static final String DEFAULT_MODE = "delta";
    private static final String DEFAULT_CONFIG = "{}";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SubscriptionRules() {}

    static SubscriptionState create(CreateSubscriptionRequest request, @Nullable String user, long nowNanos) {
        String mode = request.subscriberMode() == null ? DEFAULT_MODE : request.subscriberMode();
        requireOneOf("subscriber_mode", mode, MODES);
        requireDispatchMode(request.dispatchMode());
        String config = request.configJson() == null ? DEFAULT_CONFIG : request.configJson();
        requireObject("config_json", config);
        return SubscriptionStateBuilder.builder()
                .subscriberId(request.subscriberId())
                .status(SubscriptionStatus.ACTIVE)
                .sourceTables(sourceTables(request.sourceTables()))
                .subscriberType(request.subscriberType() == null ? DEFAULT_TYPE : request.subscriberType())
                .subscriberMode(mode)
                .configJson(config)
                .dispatchMode(request.dispatchMode())
                .dispatchConfig(request.dispatchConfig())
                .errorTable(request.errorTable())
                .trigger(trigger(request.trigger()))
                .createdBy(user)
                .managers(List.of())
                .createdAt(nowNanos)
                .updatedAt(nowNanos)
                .build();
    }

    static SubscriptionState update(SubscriptionState state, UpdateSubscriptionRequest request) {
        requireDispatchMode(request.dispatchMode());
        String config = request.configJson();
        if (config != null) {
            requireObject("config_json", config);
        }
        TriggerConfig trigger = trigger(request.trigger());
        return SubscriptionStateBuilder.builder(state)
                .configJson(config == null ? state.configJson() : config)
                .dispatchMode(request.dispatchMode() == null ? state.dispatchMode() : request.dispatchMode())
                .dispatchConfig(request.dispatchConfig() == null ? state.dispatchConfig() : request.dispatchConfig())
                .errorTable(request.errorTable() == null ? state.errorTable() : request.errorTable())
                .trigger(trigger == null ? state.trigger() : trigger)
                .build();
    }

    /** {@code namespace.table} of a source table. */
    static String tableName(Map<String, String> sourceTable) {
        return sourceTable.get("namespace") + "." + sourceTable.get("table");
    }

    private static List<Map<String, String>> sourceTables(List<Map<String, String>> given) {
        if (given.isEmpty()) {
            throw refused("source_tables", "is empty; expected at least one {namespace, table}");
        }
        List<Map<String, String>> tables = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            Map<String, String> table = given.get(i);
            String where = "source_tables[" + i + "]";
            if (table == null) {
                throw refused(where, "is null; expected {namespace, table}");
            }
            if (table.get("table") == null || table.get("table").isBlank()) {
                throw refused(where + ".table", "is missing; expected the name of a table");
            }
            Map<String, String> known = new LinkedHashMap<>();
            known.put("namespace", NamespaceService.DEFAULT_NAMESPACE);
            table.forEach((key, value) -> {
                if (value != null) {
                    known.put(key, value);
                }
            });
            tables.add(known);
        }
        return tables;
    }

    private static @Nullable TriggerConfig trigger(@Nullable TriggerConfigRequest request) {
        if (request == null) {
            return null;
        }
        if (request.mode() == null) {
            throw refused("trigger.mode", "is missing; expected one of " + String.join(", ", TRIGGER_MODES));
        }
        requireOneOf("trigger.mode", request.mode(), TRIGGER_MODES);
        ScheduleConfigRequest schedule = request.schedule();
        boolean scheduled = request.mode().equals("schedule");
        if (scheduled != (schedule != null)) {
            throw refused(
                    "trigger.schedule",
                    scheduled ? "is missing; mode schedule needs one" : "does not fit mode '" + request.mode() + "'");
        }
        return new TriggerConfig(request.mode(), schedule == null ? null : schedule(schedule));
    }

    private static ScheduleConfig schedule(ScheduleConfigRequest request) {
        String kind = request.kind();
        if (kind == null) {
            kind = request.cron() == null ? "interval" : "cron";
        }
        requireOneOf("trigger.schedule.kind", kind, SCHEDULE_KINDS);
        boolean byCron = kind.equals("cron");
        if (byCron ? request.cron() == null : request.intervalSeconds() == null) {
            throw refused(
                    byCron ? "trigger.schedule.cron" : "trigger.schedule.interval_seconds",
                    "is missing; kind " + kind + " needs it");
        }
        if (byCron ? request.intervalSeconds() != null : request.cron() != null) {
            throw refused("trigger.schedule", "has both cron and interval_seconds; expected exactly one");
        }
        Long interval = request.intervalSeconds();
        if (interval != null && interval < 1) {
            throw refused("trigger.schedule.interval_seconds", "is " + interval + "; expected 1 or more");
        }
        if (!byCron && request.timezone() != null) {
            throw refused("trigger.schedule.timezone", "fits kind cron only; leave it out");
        }
        return new ScheduleConfig(kind, request.cron(), interval, request.timezone());
    }

    private static void requireDispatchMode(@Nullable String mode) {
        if (mode != null) {
            requireOneOf("dispatch_mode", mode, DISPATCH_MODES);
        }
    }

    private static void requireOneOf(String field, String value, List<String> known) {
        if (!known.contains(value)) {
            throw refused(field, "is '" + value + "'; expected one of " + String.join(", ", known));
        }
    }

    private static void requireObject(String field, String text) {
        try {
            if (MAPPER.readTree(text).isObject()) {
                return;
            }
        } catch (JsonProcessingException | NumberFormatException e) {
            throw refused(field, "is no JSON text; expected a JSON object as a string");
        }
        throw refused(field, "is no JSON object; expected a JSON object as a string");
    }

    private static RefusedException refused(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
