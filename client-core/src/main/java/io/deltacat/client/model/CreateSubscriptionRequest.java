package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates a subscription (control-plane.md §1). Closed. It has no start position: set the watermark afterwards. Wire
 * name {@code CreateSubscriptionRequest}.
 *
 * @param sourceTables free maps of texts, usually {@code namespace} and {@code table}
 * @param configJson JSON as text; null means {@code {}}
 * @param dispatchConfig JSON as text, such as worker tags
 * @param dispatchMode {@code local}, {@code custom}, {@code osmo} or {@code ray}; null for the server's choice
 * @param subscriberMode {@code delta} or {@code version}; null means {@code delta}
 * @param subscriberType free text; null means {@code custom}
 * @param trigger when the server runs it, or null
 */
@RecordBuilder
public record CreateSubscriptionRequest(
        List<Map<String, String>> sourceTables,
        String subscriberId,
        @Nullable String configJson,
        @Nullable String dispatchConfig,
        @Nullable String dispatchMode,
        @Nullable Map<String, String> errorTable,
        @Nullable String subscriberMode,
        @Nullable String subscriberType,
        @Nullable TriggerConfigRequest trigger) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CreateSubscriptionRequest {
        sourceTables = Copies.list(sourceTables);
        errorTable = Copies.nullableMap(errorTable);
    }
}
