package io.deltacat.flink.source.split;

import java.io.Serial;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator's word how early rows may have happened of splits that no reader has. Its loss costs time only: the next
 * one says it again. Immutable.
 */
@Internal
public final class EventTimeFloor implements SourceEvent {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = 1;
    private final long millis;

    /**
     * Makes the word.
     *
     * @param millis milliseconds since 1970; {@code Long.MIN_VALUE} when nothing can be said, {@code Long.MAX_VALUE} when there
     *     are no such splits
     */
    public EventTimeFloor(long millis) {
        this.millis = millis;
    }

    /**
     * Returns the time.
     *
     * @return milliseconds since 1970
     */
    public long millis() {
        return millis;
    }

    @Override
    public String toString() {
        return "EventTimeFloor[version=" + version + ", millis=" + millis + "]";
    }
}
