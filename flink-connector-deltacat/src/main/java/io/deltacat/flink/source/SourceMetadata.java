package io.deltacat.flink.source;

import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;

/** What a source can tell about a row besides its values. Rows of a merged snapshot have no delta and no file of their own. */
@PublicEvolving
public enum SourceMetadata {
    /** What the row's delta does: {@code add}, {@code append}, {@code upsert}, {@code delete}; {@code merged} in snapshots. */
    DELTA_KIND("delta-kind", new VarCharType(false, VarCharType.MAX_LENGTH)),
    /** Stream position of the row's delta; of a merged snapshot, the last position in it. */
    STREAM_POSITION("stream-position", new BigIntType(false)),
    /** Id of the stream. */
    STREAM_ID("stream-id", new VarCharType(false, VarCharType.MAX_LENGTH)),
    /** Id of the partition. */
    PARTITION_ID("partition-id", new VarCharType(false, VarCharType.MAX_LENGTH)),
    /** Location of the row's file; null in a merged snapshot. */
    FILE_PATH("file-path", new VarCharType(true, VarCharType.MAX_LENGTH));

    private final String key;
    private final LogicalType type;

    SourceMetadata(String key, LogicalType type) {
        this.key = key;
        this.type = type;
    }

    /**
     * Returns the name in {@code METADATA FROM '…'}.
     *
     * @return the key
     */
    public String key() {
        return key;
    }

    /**
     * Returns the type of the column.
     *
     * @return the type
     */
    public LogicalType type() {
        return type;
    }

    /**
     * Finds what a key stands for.
     *
     * @param key a name
     * @return the metadata, or empty for an unknown name
     */
    public static Optional<SourceMetadata> ofKey(String key) {
        for (SourceMetadata metadata : values()) {
            if (metadata.key.equals(key)) {
                return Optional.of(metadata);
            }
        }
        return Optional.empty();
    }
}
