package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delta that a commit made (data-plane.md §1.3). Wire name {@code CommittedDeltaLocatorSummary}.
 *
 * @param contentFingerprint hash over the delta's files
 * @param streamPosition 1, 2, 3… for ordered deltas, random and above 2³² for {@code add}
 * @param partitionValues values in scheme order; null for an unpartitioned table
 */
@RecordBuilder
public record CommittedDeltaLocator(
        String contentFingerprint,
        String namespace,
        String partitionId,
        String streamId,
        long streamPosition,
        String table,
        String tableVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String deltaType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String manifestId,
        @Nullable List<@Nullable Object> partitionValues,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long previousStreamPosition,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String streamFormat) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public CommittedDeltaLocator {
        partitionValues = Copies.nullableList(partitionValues);
    }
}
