package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code CreateSubscriptionRequest} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
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
