package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Request body {@code WriteSessionCommitRequest} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record WriteSessionCommitRequest(
        List<WriteEntry> entries,
        String operationId,
        long sessionVersion,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, JsonNode>> commitObligations,
        @Nullable Long transactionVersion) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public WriteSessionCommitRequest {
        entries = Copies.list(entries);
        commitObligations = Copies.list(commitObligations);
    }
}
