package io.deltacat.flink.source.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What {@code compaction_round_completion_info} of a partition says (protocol/data-plane.md §6.2): that the partition holds
 * the rows of its predecessor, rewritten. Keys are read in camel and snake case. Immutable.
 *
 * @param position position of the rewritten delta in the new partition, or empty when the marker does not say
 */
@Internal
record CompactionMarker(OptionalLong position) {

    /** Reads the marker; empty when the partition is not the outcome of a compaction. */
    static Optional<CompactionMarker> of(@Nullable JsonNode info) {
        if (info == null || info.isNull() || info.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode locator = either(info, "compactedDeltaLocator", "compacted_delta_locator");
        JsonNode position = either(locator, "streamPosition", "stream_position");
        if (!position.isIntegralNumber()) {
            position = either(info, "compactedStreamPosition", "compacted_stream_position");
        }
        if (!position.isIntegralNumber()) {
            position = either(info, "highWatermark", "high_watermark");
        }
        return Optional.of(new CompactionMarker(
                position.isIntegralNumber() ? OptionalLong.of(position.longValue()) : OptionalLong.empty()));
    }

    private static JsonNode either(JsonNode node, String camel, String snake) {
        JsonNode found = node.path(camel);
        return found.isMissingNode() || found.isNull() ? node.path(snake) : found;
    }
}
