package io.deltacat.server.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a partition is compacted, and where the outcome goes (protocol/data-plane.md §6.2). Pure. */
public final class CompactionRules {
    private static final String LEVEL = "read_optimization_level";
    private static final String DELTAS = "appended_delta_count_compaction_trigger";
    private static final String FILES = "appended_file_count_compaction_trigger";
    private static final String RECORDS = "appended_record_count_compaction_trigger";
    private static final String RECORDS_PER_FILE = "records_per_compacted_file";
    private static final long DEFAULT_DELTAS = 100;
    private static final long DEFAULT_FILES = 1_000;
    private static final long DEFAULT_RECORDS_PER_FILE = 4_000_000;
    private static final long RECORDS_PER_TRIGGER = 16;

    private CompactionRules() {}

    /** How eager compaction is. */
    public enum Level {
        /** Only on request. */
        NEVER,
        /** When a counter reaches its trigger. */
        BY_COUNTERS,
        /** After every write. */
        ALWAYS
    }

    /**
     * What the properties of a table say about compaction.
     *
     * @param level how eager
     * @param levelName the property's value; null if it is not set
     * @param deltas deltas since the last compaction that make one due
     * @param files files likewise
     * @param records rows likewise
     * @param recordsPerFile most rows of a compacted file
     */
    public record Settings(
            Level level, @Nullable String levelName, long deltas, long files, long records, long recordsPerFile) {
        /**
         * Reads them.
         *
         * @param version properties of the table version; they win
         * @param table properties of the table
         * @return the settings, with defaults where nothing is said
         */
        public static Settings of(Map<String, JsonNode> version, Map<String, JsonNode> table) {
            JsonNode named = version.getOrDefault(LEVEL, table.get(LEVEL));
            String name = named == null || named.isNull() ? null : named.asText();
            Level level = switch (name == null ? "" : name) {
                case "none" -> Level.NEVER;
                case "max" -> Level.ALWAYS;
                default -> Level.BY_COUNTERS;
            };
            long perFile = count(version, table, RECORDS_PER_FILE, DEFAULT_RECORDS_PER_FILE);
            return new Settings(
                    level,
                    name,
                    count(version, table, DELTAS, DEFAULT_DELTAS),
                    count(version, table, FILES, DEFAULT_FILES),
                    count(version, table, RECORDS, Math.multiplyExact(RECORDS_PER_TRIGGER, DEFAULT_RECORDS_PER_FILE)),
                    perFile);
        }

        private static long count(
                Map<String, JsonNode> version, Map<String, JsonNode> table, String name, long otherwise) {
            JsonNode value = version.getOrDefault(name, table.get(name));
            long number = value == null ? otherwise : value.asLong(otherwise);
            return number > 0 ? number : otherwise;
        }
    }

    /**
     * What a partition holds.
     *
     * @param deltas deltas
     * @param files files
     * @param records rows
     * @param merges whether an upsert or delete is among them
     */
    public record Load(long deltas, long files, long records, boolean merges) {}

    /**
     * Whether a partition should be compacted without being asked.
     *
     * @param settings the table's settings
     * @param now what it holds
     * @param compacted what the compaction that made it left; empty load if none did
     * @return true if it is due
     */
    public static boolean isDue(Settings settings, Load now, Load compacted) {
        long deltas = now.deltas() - compacted.deltas();
        long files = now.files() - compacted.files();
        long records = now.records() - compacted.records();
        return switch (settings.level()) {
            case NEVER -> false;
            case ALWAYS -> deltas > 0 && (now.deltas() > 1 || now.files() > 1 || now.merges());
            case BY_COUNTERS ->
                now.deltas() > 1
                        && (deltas >= settings.deltas() || files >= settings.files() || records >= settings.records());
        };
    }

    /**
     * Whether compaction on request would change anything.
     *
     * @param now what the partition holds
     * @param compacted what the compaction that made it left
     * @return false if the partition is the outcome of a compaction and nothing more, or one file
     */
    public static boolean isWorthwhile(Load now, Load compacted) {
        return now.deltas() > compacted.deltas() && (now.deltas() > 1 || now.files() > 1 || now.merges());
    }

    /**
     * Position of the compacted delta: that of the last ordered delta in it, and always after the compacted delta before.
     *
     * @param highestOrdered position of the last ordered delta of the input; null if there is none
     * @param previousCompacted position of the compacted delta of the input; null if there is none
     * @return the position
     */
    public static long position(@Nullable Long highestOrdered, @Nullable Long previousCompacted) {
        long highest = highestOrdered == null ? 1 : highestOrdered;
        return previousCompacted == null ? highest : Math.max(highest, previousCompacted + 1);
    }

    /**
     * Whether ordered deltas that came meanwhile keep their order behind the compacted one.
     *
     * @param compacted position of the compacted delta
     * @param firstCarried position of the first ordered delta that came meanwhile; null if none came
     * @return false if the compaction has to be done again with them
     */
    public static boolean fits(long compacted, @Nullable Long firstCarried) {
        return firstCarried == null || firstCarried > compacted;
    }

    /**
     * The mark of a compacted partition, as listings show it.
     *
     * @param streamId stream of the partition
     * @param partitionId the new partition
     * @param position position of the compacted delta
     * @param highestOrdered position of the last ordered delta of the input; null if there is none
     * @param left what the compaction left
     * @param inputDeltas how many deltas went into it
     * @return the mark
     */
    public static ObjectNode completionInfo(
            String streamId,
            String partitionId,
            long position,
            @Nullable Long highestOrdered,
            Load left,
            long inputDeltas) {
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("high_watermark", highestOrdered);
        info.putObject("compacted_delta_locator")
                .put("stream_id", streamId)
                .put("partition_id", partitionId)
                .put("stream_position", position);
        info.put("input_delta_count", inputDeltas);
        info.put("compacted_file_count", left.files());
        info.put("compacted_record_count", left.records());
        return info;
    }

    /**
     * Position of the compacted delta of a partition.
     *
     * @param info its mark; null if it was not compacted
     * @return the position; null likewise
     */
    public static @Nullable Long compactedPosition(@Nullable JsonNode info) {
        JsonNode position =
                info == null ? null : info.path("compacted_delta_locator").path("stream_position");
        return position == null || !position.isIntegralNumber() ? null : Long.valueOf(position.longValue());
    }

    /**
     * What a compaction left in its partition.
     *
     * @param info the partition's mark; null if it was not compacted
     * @return the load of the compacted delta; nothing if there is none
     */
    public static Load left(@Nullable JsonNode info) {
        return info == null
                ? new Load(0, 0, 0, false)
                : new Load(
                        1,
                        info.path("compacted_file_count").asLong(),
                        info.path("compacted_record_count").asLong(),
                        false);
    }
}
