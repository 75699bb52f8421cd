package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code UpdateSubscriptionRequest} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record UpdateSubscriptionRequest(
        @Nullable String configJson,
        @Nullable String dispatchConfig,
        @Nullable String dispatchMode,
        @Nullable Map<String, String> errorTable,
        @Nullable TriggerConfigRequest trigger) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public UpdateSubscriptionRequest {
        errorTable = Copies.nullableMap(errorTable);
    }
}
