package io.deltacat.format.schema;

import org.apache.arrow.vector.types.TimeUnit;

/** The size of Arrow's time units. */
public final class TimeUnits {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private TimeUnits() {}

    /** Returns how many of a unit make a second. */
    public static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1L;
            case MILLISECOND -> 1_000L;
            case MICROSECOND -> 1_000_000L;
            case NANOSECOND -> NANOS_PER_SECOND;
        };
    }

    /** Returns how many nanoseconds make one of a unit. */
    public static long nanosPer(TimeUnit unit) {
        return NANOS_PER_SECOND / perSecond(unit);
    }
}
