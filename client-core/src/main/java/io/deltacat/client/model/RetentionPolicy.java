package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long replaced contents of a table are kept. Wire name {@code RetentionPolicyResponse}.
 *
 * @param effectiveRetentionPolicy limits by name; null without limits
 * @param unlimited whether everything is kept; null if the server does not say
 */
@RecordBuilder
public record RetentionPolicy(
        String namespace,
        String table,
        @Nullable Map<String, JsonNode> effectiveRetentionPolicy,
        @Nullable Boolean unlimited) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public RetentionPolicy {
        effectiveRetentionPolicy = Copies.nullableMap(effectiveRetentionPolicy);
    }
}
