package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commits a write session, or attaches it to its transaction (data-plane.md §1.11). Wire name {@code
 * WriteSessionCommitRequest}.
 *
 * @param entries files to register
 * @param operationId idempotency key: the same id with the same entries is applied once
 * @param sessionVersion version last seen
 * @param commitObligations not sent while empty
 * @param transactionVersion version of the transaction the session is bound to, or null
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
