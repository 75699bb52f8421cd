package io.deltacat.flink.source.progress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PositionSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's watermark document (protocol/control-plane.md §1.1), seen by the source of one table. Everything this
 * source does not own is kept: foreign slots, unknown keys, other tables' entries. Immutable.
 *
 * <p><b>Shared part.</b> {@code partition_watermarks}, {@code known_partitions} and {@code partition_identities} hold one
 * integer for each slot, which is all that other workers understand: the last ordered position read. The slot of an
 * unpartitioned table is {@code namespace.table}. The spelling for partitioned tables is unknown, so a slot of theirs is
 * written only where the document already ties one to the partition's identity.
 *
 * <p><b>Own part.</b> One integer cannot say which {@code add} deltas were read: their positions are random. The lossless
 * record is in the key {@value #OWN_KEY}, one entry for each table:
 * <pre>{@code
 * "flink": {"sales.orders": {"version": 1, "writer": "<source id>", "slots": {"sales.orders": 41},
 *     "partitions": [{"stream_id": "s", "partition_id": "p", "position": 41, "adds": "<base64>"}]}}
 * }</pre>
 * {@code adds} is the exact set of add deltas read; {@code slots} repeats what was written into the shared part. An entry may
 * also name the {@code job} and {@code operator} of its writer, so that two sources of one job notice each other.
 *
 * <p><b>Rule for a start from the document.</b>
 * <ul>
 *   <li>No document, neither slot nor own entry, or an own entry whose slot somebody removed: start of history.
 *   <li>An own entry whose {@code slots} agree with the shared part: exactly what it says. No delta is lost or read twice,
 *       {@code add} deltas included.
 *   <li>An own entry whose slot another worker moved: that worker's position counts, the set of adds stays.
 *   <li>A slot without own entry: its position counts, and which adds were read is unknown; the source then starts only if
 *       the partition has none.
 * </ul>
 */
@Internal
public final class WatermarkDocument {
    /** Key of this connector's own part. */
    public static final String OWN_KEY = "flink";

    private static final int VERSION = 1;
    private static final String POSITIONS = "partition_watermarks";
    private static final String KNOWN = "known_partitions";
    private static final String IDENTITIES = "partition_identities";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String table;
    private final @Nullable ObjectNode root;

    private WatermarkDocument(String table, @Nullable ObjectNode root) {
        this.table = table;
        this.root = root;
    }

    /**
     * Looks at a document.
     *
     * @param table {@code namespace.table}, which is also the slot when the table is unpartitioned
     * @param document the document, or empty when the subscription has none
     * @return the view
     */
    public static WatermarkDocument of(String table, Optional<? extends JsonNode> document) {
        return new WatermarkDocument(
                table,
                document.filter(JsonNode::isObject)
                        .map(node -> (ObjectNode) node.deepCopy())
                        .orElse(null));
    }

    /**
     * Returns who wrote this table's entry.
     *
     * @return id of the source, or empty when no source of this connector did
     */
    public Optional<String> writer() {
        JsonNode writer = entry().path("writer");
        return writer.isTextual() ? Optional.of(writer.textValue()) : Optional.empty();
    }

    /**
     * Tells whether the shared slots are as this table's entry says they were written.
     *
     * @return false when somebody moved or removed one since
     */
    public boolean undisturbed() {
        return slotMovement() == SlotMovement.NONE;
    }

    /** Compares the shared slots with what this table's entry says was written there. */
    SlotMovement slotMovement() {
        SlotMovement movement = SlotMovement.NONE;
        for (Map.Entry<String, JsonNode> slot : entry().path("slots").properties()) {
            long now = position(slot.getKey()).orElse(-1);
            if (now > slot.getValue().asLong()) {
                return SlotMovement.OTHER;
            }
            movement = now < slot.getValue().asLong() ? SlotMovement.BACK : movement;
        }
        return movement;
    }

    /** Tells whether a source of this connector left an entry for the table. */
    boolean hasEntry() {
        return !entry().isMissingNode();
    }

    /** Returns the entries of all tables. */
    Map<String, Entry> entries() {
        Map<String, Entry> entries = new TreeMap<>();
        JsonNode own = root == null ? JSON.missingNode() : root.path(OWN_KEY);
        own.properties()
                .forEach(entry -> entries.put(
                        entry.getKey(),
                        new Entry(
                                new SourceOrigin(
                                        entry.getValue().path("job").asText(""),
                                        entry.getValue().path("operator").asText("")),
                                Fingerprint.of("", entry.getValue().toString()).own())));
        return entries;
    }

    /** Returns the partitions of this table's entry as far as they can be read; none when it cannot. */
    SortedMap<PartitionRef, PartitionCursor> recorded() {
        try {
            return progress().orElse(Progress.none()).partitions();
        } catch (CorruptStateException e) {
            return Progress.none().partitions();
        }
    }

    /**
     * Returns the position of the table's slot.
     *
     * @return the last ordered position read, or empty when the document has no slot of that name
     */
    public OptionalLong slotPosition() {
        return position(table);
    }

    /**
     * Returns the identity of the table's slot.
     *
     * @return the partition the slot speaks of, or empty when the document does not say
     */
    public Optional<PartitionRef> slotIdentity() {
        return root == null ? Optional.empty() : identity(root.path(IDENTITIES).path(table));
    }

    /**
     * Returns what the document says was read, as far as it says so exactly.
     *
     * @return the progress; empty when the document has no entry of this connector for the table, or a slot of that entry
     *     was removed
     * @throws CorruptStateException when the entry was not written by any release of this connector
     */
    public Optional<Progress> progress() throws CorruptStateException {
        JsonNode entry = entry();
        if (entry.isMissingNode()) {
            return Optional.empty();
        }
        if (entry.path("version").asInt() != VERSION) {
            throw new CorruptStateException(
                    "Watermark entry '%s' of table %s has version %s; this release reads version %d. Use a release that wrote it, or start with mode full or latest."
                            .formatted(OWN_KEY, table, entry.path("version"), VERSION));
        }
        Map<PartitionRef, Long> moved = new TreeMap<>();
        for (Map.Entry<String, JsonNode> slot : entry.path("slots").properties()) {
            OptionalLong now = position(slot.getKey());
            if (now.isEmpty()) {
                return Optional.empty();
            }
            Optional<PartitionRef> partition = root == null
                    ? Optional.empty()
                    : identity(root.path(IDENTITIES).path(slot.getKey()));
            if (partition.isPresent() && now.getAsLong() != slot.getValue().asLong()) {
                moved.put(partition.get(), now.getAsLong());
            }
        }
        SortedMap<PartitionRef, PartitionCursor> partitions = new TreeMap<>();
        for (JsonNode node : entry.path("partitions")) {
            PartitionRef partition = new PartitionRef(
                    node.path("stream_id").asText(), node.path("partition_id").asText());
            PositionSet adds =
                    node.has("adds") ? PositionText.decode(node.path("adds").asText()) : PositionSet.empty();
            long position = moved.getOrDefault(partition, node.path("position").asLong());
            partitions.put(partition, new PartitionCursor(position, adds));
        }
        return Optional.of(new Progress(partitions));
    }

    /**
     * Writes this table's progress into a copy of the document.
     *
     * @param progress what has been read
     * @param layout whether the table is partitioned
     * @param writer id of this source
     * @param origin where this source is
     * @return the new document
     */
    public ObjectNode with(Progress progress, SlotLayout layout, String writer, SourceOrigin origin) {
        ObjectNode next = root == null ? JSON.objectNode() : root.deepCopy();
        ObjectNode positions = next.withObjectProperty(POSITIONS);
        ObjectNode identities = next.withObjectProperty(IDENTITIES);
        ArrayNode known = next.withArrayProperty(KNOWN);
        ObjectNode slots = JSON.objectNode();
        ArrayNode partitions = JSON.arrayNode();
        progress.partitions().forEach((partition, read) -> {
            slotOf(partition, layout).ifPresent(slot -> {
                slots.put(slot, read.orderedPosition());
                positions.put(slot, read.orderedPosition());
                identities.putArray(slot).add(partition.streamId()).add(partition.partitionId());
                addOnce(known, slot);
            });
            ObjectNode node = partitions.addObject();
            node.put("stream_id", partition.streamId());
            node.put("partition_id", partition.partitionId());
            node.put("position", read.orderedPosition());
            if (!read.adds().isEmpty()) {
                node.put("adds", PositionText.encode(read.adds()));
            }
        });
        ObjectNode entry = JSON.objectNode();
        entry.put("version", VERSION);
        entry.put("writer", writer);
        if (!origin.job().isEmpty()) {
            entry.put("job", origin.job());
            entry.put("operator", origin.operator());
        }
        entry.set("slots", slots);
        entry.set("partitions", partitions);
        next.withObjectProperty(OWN_KEY).set(table, entry);
        return next;
    }

    /**
     * Identifies the content that concerns this table, to notice changes.
     *
     * @return equal values for equal content
     */
    public Fingerprint fingerprint() {
        if (root == null) {
            return Fingerprint.of("", "");
        }
        String shared =
                root.path(POSITIONS).path(table) + "|" + root.path(IDENTITIES).path(table);
        return Fingerprint.of(shared.equals("|") ? "" : shared, entry().isMissingNode() ? "" : entry().toString());
    }

    private Optional<String> slotOf(PartitionRef partition, SlotLayout layout) {
        if (root != null) {
            for (Map.Entry<String, JsonNode> slot : root.path(IDENTITIES).properties()) {
                if (identity(slot.getValue()).filter(partition::equals).isPresent()) {
                    return Optional.of(slot.getKey());
                }
            }
        }
        return layout == SlotLayout.UNPARTITIONED ? Optional.of(table) : Optional.empty();
    }

    private JsonNode entry() {
        return root == null ? JSON.missingNode() : root.path(OWN_KEY).path(table);
    }

    private OptionalLong position(String slot) {
        JsonNode position =
                root == null ? JSON.missingNode() : root.path(POSITIONS).path(slot);
        return position.isIntegralNumber() ? OptionalLong.of(position.longValue()) : OptionalLong.empty();
    }

    private static Optional<PartitionRef> identity(JsonNode node) {
        JsonNode stream = node.isArray() ? node.path(0) : node.path("stream_id");
        JsonNode partition = node.isArray() ? node.path(1) : node.path("partition_id");
        boolean usable = stream.isTextual()
                && partition.isTextual()
                && !stream.textValue().isEmpty()
                && !partition.textValue().isEmpty();
        return usable ? Optional.of(new PartitionRef(stream.textValue(), partition.textValue())) : Optional.empty();
    }

    private static void addOnce(ArrayNode array, String value) {
        for (JsonNode node : array) {
            if (node.asText().equals(value)) {
                return;
            }
        }
        array.add(value);
    }

    /** What happened to the shared slots since this connector wrote them. */
    enum SlotMovement {
        /** They are as they were written. */
        NONE,
        /** Some are lower or gone, none is higher. */
        BACK,
        /** Some are higher. */
        OTHER
    }

    /**
     * What the entry of a table says about its writer. Immutable.
     *
     * @param origin where the writer is
     * @param digest equal for equal entries
     */
    record Entry(SourceOrigin origin, String digest) {}

    /** How the table's partitions are spelled as slots. */
    public enum SlotLayout {
        /** One slot, {@code namespace.table}. */
        UNPARTITIONED,
        /** Only slots that the document already ties to a partition. */
        PARTITIONED
    }
}
