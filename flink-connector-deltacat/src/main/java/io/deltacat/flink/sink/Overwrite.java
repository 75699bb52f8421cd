package io.deltacat.flink.sink;

import io.deltacat.flink.sink.commit.DeltaMode;
import org.apache.flink.annotation.PublicEvolving;

/** What the rows of a job that commits once take the place of. */
@PublicEvolving
public enum Overwrite {
    /** Of nothing: they are added or merged. */
    NONE,
    /** Of everything that the table holds. */
    TABLE,
    /** Of everything in the partitions that get rows; other partitions stay. */
    PARTITIONS;

    /** Returns the mode of a table without merge keys. */
    DeltaMode deltaMode(SinkMode adding) {
        return switch (this) {
            case NONE -> adding.deltaMode();
            case TABLE -> DeltaMode.REPLACE;
            case PARTITIONS -> DeltaMode.REPLACE_PARTITION;
        };
    }
}
