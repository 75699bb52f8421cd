package io.deltacat.server.machine;

import io.deltacat.client.model.ScheduleConfig;
import io.deltacat.client.model.TriggerConfig;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subscription. Immutable; changed by {@link SubscriptionMachine} only. Times are nanoseconds since the epoch.
 *
 * @param subscriberId its id, chosen by its creator
 * @param status where it stands
 * @param sourceTables tables it follows, each a free map with at least {@code namespace} and {@code table}
 * @param subscriberType free name of its kind
 * @param subscriberMode {@code delta} or {@code version}
 * @param configJson JSON text of its parameters
 * @param dispatchMode who runs it; null for the server's default
 * @param dispatchConfig text for the dispatcher; null if none
 * @param errorTable where its failures go; null if nowhere
 * @param trigger when it runs; null for by hand
 * @param createdBy user that made it; null if unknown
 * @param managers users that may change it
 * @param createdAt when it was made
 * @param updatedAt when it last changed
 */
@RecordBuilder
public record SubscriptionState(
        String subscriberId,
        SubscriptionStatus status,
        List<Map<String, String>> sourceTables,
        String subscriberType,
        String subscriberMode,
        String configJson,
        @Nullable String dispatchMode,
        @Nullable String dispatchConfig,
        @Nullable Map<String, String> errorTable,
        @Nullable TriggerConfig trigger,
        @Nullable String createdBy,
        List<String> managers,
        long createdAt,
        long updatedAt)
        implements SubscriptionStateBuilder.With {
    /** Copies collections. */
    public SubscriptionState {
        sourceTables = List.copyOf(sourceTables);
        managers = List.copyOf(managers);
    }

    /** When it runs by the clock; null if it does not. */
    public @Nullable ScheduleConfig schedule() {
        TriggerConfig config = trigger;
        return config == null ? null : config.schedule();
    }
}
