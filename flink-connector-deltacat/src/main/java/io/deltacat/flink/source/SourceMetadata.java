package io.deltacat.flink.source;

import java.util.Optional;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** What a source can tell about a row besides its values. Rows of a merged snapshot have no delta and no file of their own. */
@PublicEvolving
public enum SourceMetadata {
    /** What the row's delta does: {@code add}, {@code append}, {@code upsert}, {@code delete}; {@code merged} in snapshots. */
    DELTA_KIND("delta-kind", DataTypes.STRING().notNull()),
    /** Stream position of the row's delta; of a merged snapshot, the last position in it. */
    STREAM_POSITION("stream-position", DataTypes.BIGINT().notNull()),
    /** Id of the stream. */
    STREAM_ID("stream-id", DataTypes.STRING().notNull()),
    /** Id of the partition. */
    PARTITION_ID("partition-id", DataTypes.STRING().notNull()),
    /** Location of the row's file; null in a merged snapshot. */
    FILE_PATH("file-path", DataTypes.STRING());

    private final String key;
    private final DataType type;

    SourceMetadata(String key, DataType type) {
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
    public DataType type() {
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
