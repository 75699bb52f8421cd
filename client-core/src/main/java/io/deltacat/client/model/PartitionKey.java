package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of a partition scheme. Wire name {@code PartitionKeySummary}.
 *
 * @param key column names, of which the first counts
 * @param transform such as {@code identity}, {@code year}, {@code bucket(16)}, {@code truncate(4)}, {@code void};
 *     null means {@code identity}
 */
@RecordBuilder
public record PartitionKey(List<String> key, @Nullable String transform) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public PartitionKey {
        key = Copies.list(key);
    }
}
