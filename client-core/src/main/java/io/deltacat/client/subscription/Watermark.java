package io.deltacat.client.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The watermark document of a subscription (protocol/control-plane.md §1.1): per slot, the stream position up to which
 * deltas were processed, that one included. A slot is an opaque name; {@code namespace.table} stands for a whole table.
 * Keys this client does not know are kept and written back. Immutable.
 *
 * @param partitionWatermarks slot to position
 * @param knownPartitions slots that were seen, whether or not they have a position
 * @param partitionIdentities slot to the stream and partition its position belongs to
 * @param unknown other keys of the document
 */
public record Watermark(
        Map<String, Long> partitionWatermarks,
        Set<String> knownPartitions,
        Map<String, PartitionIdentity> partitionIdentities,
        Map<String, JsonNode> unknown) {
    /** A document without any slot. */
    public static final Watermark EMPTY = new Watermark(Map.of(), Set.of(), Map.of(), Map.of());

    private static final String POSITIONS = "partition_watermarks";
    private static final String KNOWN = "known_partitions";
    private static final String IDENTITIES = "partition_identities";

    /**
     * The physical partition behind a slot.
     *
     * @param streamId stream
     * @param partitionId partition
     */
    public record PartitionIdentity(String streamId, String partitionId) {}

    /** Copies the collections in their order. */
    public Watermark {
        partitionWatermarks = Collections.unmodifiableMap(new LinkedHashMap<>(partitionWatermarks));
        knownPartitions = Collections.unmodifiableSet(new LinkedHashSet<>(knownPartitions));
        partitionIdentities = Collections.unmodifiableMap(new LinkedHashMap<>(partitionIdentities));
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    }

    /**
     * Returns this document with one slot moved; every other slot and key stays.
     *
     * @param slot slot name
     * @param position new position
     * @param identity physical partition the position belongs to
     * @return the changed document
     */
    public Watermark with(String slot, long position, PartitionIdentity identity) {
        Map<String, Long> positions = new LinkedHashMap<>(partitionWatermarks);
        positions.put(slot, position);
        Set<String> known = new LinkedHashSet<>(knownPartitions);
        known.add(slot);
        Map<String, PartitionIdentity> identities = new LinkedHashMap<>(partitionIdentities);
        identities.put(slot, identity);
        return new Watermark(positions, known, identities, unknown);
    }

    /**
     * Returns this document without some slots; every other slot and key stays.
     *
     * @param slots slot names
     * @return the changed document
     */
    public Watermark without(Collection<String> slots) {
        Map<String, Long> positions = new LinkedHashMap<>(partitionWatermarks);
        positions.keySet().removeAll(slots);
        Set<String> known = new LinkedHashSet<>(knownPartitions);
        known.removeAll(Set.copyOf(slots));
        Map<String, PartitionIdentity> identities = new LinkedHashMap<>(partitionIdentities);
        identities.keySet().removeAll(slots);
        return new Watermark(positions, known, identities, unknown);
    }

    /**
     * Reads a document. Identities are read in both spellings, list and object.
     *
     * @param document JSON object of the wire
     * @return the watermark
     * @throws IllegalArgumentException naming the key, if a known key is not of its documented shape
     */
    public static Watermark fromJson(JsonNode document) {
        if (!document.isObject()) {
            throw malformed("document", document, "an object");
        }
        Map<String, Long> positions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : document.path(POSITIONS).properties()) {
            if (!entry.getValue().canConvertToExactIntegral()
                    || !entry.getValue().canConvertToLong()) {
                throw malformed(POSITIONS + "." + entry.getKey(), entry.getValue(), "an integer");
            }
            positions.put(entry.getKey(), entry.getValue().longValue());
        }
        Set<String> known = new LinkedHashSet<>();
        for (JsonNode slot : document.path(KNOWN)) {
            if (!slot.isTextual()) {
                throw malformed(KNOWN, slot, "slot names");
            }
            known.add(slot.textValue());
        }
        Map<String, PartitionIdentity> identities = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : document.path(IDENTITIES).properties()) {
            identities.put(entry.getKey(), identity(entry.getKey(), entry.getValue()));
        }
        Map<String, JsonNode> unknown = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            if (!List.of(POSITIONS, KNOWN, IDENTITIES).contains(entry.getKey())) {
                unknown.put(entry.getKey(), entry.getValue().deepCopy());
            }
        }
        return new Watermark(positions, known, identities, unknown);
    }

    /**
     * Writes the document as the wire wants it, with identities as lists.
     *
     * @return a new JSON object
     */
    public ObjectNode toJson() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode positions = document.putObject(POSITIONS);
        partitionWatermarks.forEach(positions::put);
        List<String> known = new ArrayList<>(knownPartitions);
        known.forEach(document.putArray(KNOWN)::add);
        ObjectNode identities = document.putObject(IDENTITIES);
        partitionIdentities.forEach((slot, identity) ->
                identities.putArray(slot).add(identity.streamId()).add(identity.partitionId()));
        unknown.forEach(document::set);
        return document;
    }

    private static PartitionIdentity identity(String slot, JsonNode value) {
        JsonNode stream = value.isArray() ? value.path(0) : value.path("stream_id");
        JsonNode partition = value.isArray() ? value.path(1) : value.path("partition_id");
        if (!stream.isTextual() || !partition.isTextual()) {
            throw malformed(IDENTITIES + "." + slot, value, "a stream id and a partition id");
        }
        return new PartitionIdentity(stream.textValue(), partition.textValue());
    }

    private static IllegalArgumentException malformed(String key, JsonNode value, String expected) {
        return new IllegalArgumentException("Subscription watermark: '" + key + "' is '" + value + "'; expected "
                + expected + ". Set the watermark anew or delete it.");
    }
}
