package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merge-on-read part of a read plan (protocol/data-plane.md §2.3, §2.5).
 *
 * @param scanTasks tasks to merge, or null when the plan's own scan tasks are meant
 * @param sortKeys order in which the last row of a run wins; already inverted by the server
 * @param hashBucketCount number of hash buckets of the partition, or null
 */
public record MorPlan(
        @Nullable List<ScanTask> scanTasks,
        List<JsonNode> sortKeys,
        @Nullable Long hashBucketCount) {
    /** Copies the lists. */
    public MorPlan {
        scanTasks = Copies.nullableList(scanTasks);
        sortKeys = Copies.list(sortKeys);
    }
}
