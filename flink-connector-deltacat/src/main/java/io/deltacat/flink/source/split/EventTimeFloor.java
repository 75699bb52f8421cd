package io.deltacat.flink.source.split;

import java.io.Serial;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * The enumerator's word how far event time may come at a reader. Its loss costs time only: the next one says it again.
 * Immutable.
 */
@Internal
public final class EventTimeFloor implements SourceEvent {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = 1;
    private final long waiting;
    private final long latest;

    /**
     * Makes the word.
     *
     * @param waiting how early rows may have happened of splits that no reader has, in milliseconds since 1970;
     *     {@code Long.MIN_VALUE} when nothing can be said, {@code Long.MAX_VALUE} when there are no such splits
     * @param latest the latest of the earliest event times of all files there are; {@code Long.MIN_VALUE} when none is known
     */
    public EventTimeFloor(long waiting, long latest) {
        this.waiting = waiting;
        this.latest = latest;
    }

    /**
     * Returns the bound of splits that no reader has.
     *
     * @return milliseconds since 1970
     */
    public long waiting() {
        return waiting;
    }

    /**
     * Returns the bound of the latest file.
     *
     * @return milliseconds since 1970
     */
    public long latest() {
        return latest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventTimeFloor floor && floor.waiting == waiting && floor.latest == latest;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(waiting) * 31 + Long.hashCode(latest);
    }

    @Override
    public String toString() {
        return "EventTimeFloor[version=" + version + ", waiting=" + waiting + ", latest=" + latest + "]";
    }
}
