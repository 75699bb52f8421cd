package io.deltacat.format.text;

import io.deltacat.format.schema.TimeUnits;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.apache.arrow.vector.types.TimeUnit;

/**
 * Dates, times and timestamps as text. Written as {@code 2024-02-29}, {@code 23:59:59.999999} and
 * {@code 2024-02-29 23:59:59.999999}, with the fraction digits of the unit; read with fewer or more digits, with
 * {@code T} for the space and with an offset such as {@code Z}, {@code -0500} or {@code +05:30}. Thread-safe.
 */
public final class TemporalText {
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private TemporalText() {}

    /**
     * Appends a date.
     *
     * @throws DateTimeException if the day is more than 999 999 999 years away
     */
    public static void appendDate(StringBuilder target, long epochDay) {
        target.append(LocalDate.ofEpochDay(epochDay));
    }

    /** Appends a time of day given in a unit since midnight. */
    public static void appendTime(StringBuilder target, long value, TimeUnit unit) {
        long perSecond = TimeUnits.perSecond(unit);
        long second = Math.floorDiv(value, perSecond);
        if (second < 0 || second >= SECONDS_PER_DAY) {
            throw new DateTimeException("time of day " + value + " is outside the day");
        }
        appendTwo(target, second / 3600);
        target.append(':');
        appendTwo(target, second / 60 % 60);
        target.append(':');
        appendTwo(target, second % 60);
        appendFraction(target, Math.floorMod(value, perSecond), perSecond);
    }

    /**
     * Appends a timestamp in UTC, without a zone.
     *
     * @param separator what stands between date and time
     * @throws DateTimeException if the date is more than 999 999 999 years away
     */
    public static void appendTimestamp(StringBuilder target, long value, TimeUnit unit, char separator) {
        long perDay = SECONDS_PER_DAY * TimeUnits.perSecond(unit);
        appendDate(target, Math.floorDiv(value, perDay));
        target.append(separator);
        appendTime(target, Math.floorMod(value, perDay), unit);
    }

    /** Reads a date as days since the epoch; a time of day must be midnight. */
    public static int parseDate(char[] text, int start, int end) {
        TemporalCursor cursor = new TemporalCursor(text, start, end, "a date such as 2024-02-29");
        long day = cursor.date();
        if (cursor.hasMore() && (cursor.timeOfDayAfterSeparator() != 0 || cursor.fractionNanos() != 0)) {
            throw cursor.malformed();
        }
        cursor.expectEnd();
        return cursor.toInt(day);
    }

    /** Reads a time of day in a unit since midnight. */
    public static long parseTime(char[] text, int start, int end, TimeUnit unit) {
        TemporalCursor cursor = new TemporalCursor(text, start, end, "a time such as 23:59:59.999");
        long second = cursor.timeOfDay();
        cursor.expectEnd();
        return cursor.inUnit(second, TimeUnits.perSecond(unit));
    }

    /** Reads a timestamp in a unit since the epoch, UTC if the text names no offset. */
    public static long parseTimestamp(char[] text, int start, int end, TimeUnit unit) {
        TemporalCursor cursor = new TemporalCursor(text, start, end, "a timestamp such as 2024-02-29 23:59:59.999");
        long second = cursor.date() * SECONDS_PER_DAY;
        if (cursor.hasMore()) {
            second += cursor.timeOfDayAfterSeparator();
            second -= cursor.offsetSeconds();
        }
        cursor.expectEnd();
        return cursor.inUnit(second, TimeUnits.perSecond(unit));
    }

    /** Reads a duration: a whole number in the unit, or seconds as {@code PT1.5S}. */
    public static long parseDuration(char[] text, int start, int end, TimeUnit unit) {
        TemporalCursor cursor = new TemporalCursor(text, start, end, "a duration such as 1500 or PT1.5S");
        return cursor.duration(TimeUnits.perSecond(unit));
    }

    private static void appendTwo(StringBuilder target, long value) {
        target.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    private static void appendFraction(StringBuilder target, long fraction, long perSecond) {
        if (perSecond == 1) {
            return;
        }
        target.append('.');
        for (long digit = perSecond / 10; digit > 0; digit /= 10) {
            target.append((char) ('0' + fraction / digit % 10));
        }
    }
}
