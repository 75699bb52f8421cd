package io.deltacat.flink.sink;

import io.deltacat.flink.sink.commit.DeltaMode;
import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;

/** How the rows of a checkpoint are added to a table. */
@PublicEvolving
public enum SinkMode {
    /** As one ordered delta per partition: cheap to follow, but two jobs that write at once run into conflicts. */
    APPEND(DeltaMode.APPEND),
    /** As one unordered delta: any number of jobs may write at once without conflicts. */
    ADD(DeltaMode.ADD);

    private final DeltaMode deltaMode;

    SinkMode(DeltaMode deltaMode) {
        this.deltaMode = deltaMode;
    }

    /** Returns the kind of delta that rows are added as. */
    @Internal
    public DeltaMode deltaMode() {
        return deltaMode;
    }
}
