package io.deltacat.client.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Statistics of one column of one data file, as sent in {@code column_stats} (protocol/data-plane.md §1.6).
 *
 * @param min smallest value as a JSON scalar (ISO text for temporal types, decimal text for decimals), or null when all
 *     values are null or the type has no usable bounds (binary, NaN, infinities)
 * @param max largest value, same encoding
 * @param nullCount number of nulls; always sent by this client, since a file without it may be pruned wrongly
 *     (data-plane.md §2.2)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnStatistics(
        @Nullable JsonNode min,
        @Nullable JsonNode max,
        @Nullable Long nullCount) {}
