package io.deltacat.format.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;

/** Walks once over a text that spells a date, a time or a timestamp. Confined to one thread. */
final class TemporalCursor {
    private static final int MAX_YEAR_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final char[] text;
    private final int start;
    private final int end;
    private final String expected;
    private int at;
    private long fractionNanos;

    TemporalCursor(char[] text, int start, int end, String expected) {
        this.text = text;
        this.start = start;
        this.end = end;
        this.expected = expected;
        this.at = start;
    }

    boolean hasMore() {
        return at < end;
    }

    void expectEnd() {
        if (at != end) {
            throw malformed();
        }
    }

    MalformedTextException malformed() {
        return MalformedTextException.of(text, start, end, expected);
    }

    long date() {
        boolean negative = take('-');
        if (!negative) {
            take('+');
        }
        int yearStart = at;
        int year = 0;
        while (at < end && isDigit(text[at])) {
            if (at - yearStart == MAX_YEAR_DIGITS) {
                throw malformed();
            }
            year = year * 10 + (text[at++] - '0');
        }
        if (at - yearStart < 4) {
            throw malformed();
        }
        expect('-');
        int month = twoDigits();
        expect('-');
        int day = twoDigits();
        try {
            return LocalDate.of(negative ? -year : year, month, day).toEpochDay();
        } catch (DateTimeException noSuchDay) {
            throw malformed();
        }
    }

    long timeOfDayAfterSeparator() {
        if (!take(' ')) {
            expect('T');
        }
        return timeOfDay();
    }

    /** Returns the second of the day; the fraction is kept for {@link #inUnit}. */
    long timeOfDay() {
        int hour = twoDigits();
        expect(':');
        int minute = twoDigits();
        int second = 0;
        if (take(':')) {
            second = twoDigits();
            fractionNanos = take('.') ? fraction() : 0;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw malformed();
        }
        return hour * 3600L + minute * 60L + second;
    }

    long fractionNanos() {
        return fractionNanos;
    }

    /** Returns the seconds east of UTC, 0 if there is no offset. */
    long offsetSeconds() {
        if (!hasMore() || take('Z')) {
            return 0;
        }
        boolean west = take('-');
        if (!west) {
            expect('+');
        }
        int hour = twoDigits();
        int minute = 0;
        if (take(':') || hasMore()) {
            minute = twoDigits();
        }
        if (hour > 18 || minute > 59) {
            throw malformed();
        }
        long seconds = hour * 3600L + minute * 60L;
        return west ? -seconds : seconds;
    }

    /** Returns seconds and fraction in a unit, refusing to lose digits or to overflow. */
    long inUnit(long second, long perSecond) {
        long nanosPerUnit = NANOS_PER_SECOND / perSecond;
        if (fractionNanos % nanosPerUnit != 0) {
            throw new MalformedTextException("text '" + String.valueOf(text, start, end - start)
                    + "' has more fraction digits than the column's unit keeps");
        }
        try {
            return exact(second, perSecond, fractionNanos / nanosPerUnit);
        } catch (ArithmeticException tooFar) {
            throw malformed();
        }
    }

    long duration(long perSecond) {
        boolean negative = take('-');
        if (end - at < 3 || Character.toUpperCase(text[at]) != 'P') {
            at = start;
            return wholeNumber();
        }
        try {
            String iso = String.valueOf(text, at, end - at).toUpperCase(Locale.ROOT);
            Duration parsed = Duration.parse(iso);
            Duration value = negative ? parsed.negated() : parsed;
            fractionNanos = value.getNano();
            return inUnit(value.getSeconds(), perSecond);
        } catch (DateTimeException | ArithmeticException e) {
            throw malformed();
        }
    }

    int toInt(long value) {
        if (value != (int) value) {
            throw malformed();
        }
        return (int) value;
    }

    private long wholeNumber() {
        try {
            return Long.parseLong(String.valueOf(text, start, end - start));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    /** Multiplies in a way that also reaches the smallest long, whose seconds alone would overflow. */
    private static long exact(long second, long perSecond, long fraction) {
        if (second < 0 && fraction > 0) {
            return Math.addExact(Math.multiplyExact(second + 1, perSecond), fraction - perSecond);
        }
        return Math.addExact(Math.multiplyExact(second, perSecond), fraction);
    }

    private long fraction() {
        int digits = 0;
        long value = 0;
        while (at < end && isDigit(text[at])) {
            if (digits == 9) {
                if (text[at] != '0') {
                    throw malformed();
                }
            } else {
                value = value * 10 + (text[at] - '0');
                digits++;
            }
            at++;
        }
        if (digits == 0) {
            throw malformed();
        }
        for (; digits < 9; digits++) {
            value *= 10;
        }
        return value;
    }

    private int twoDigits() {
        if (end - at < 2 || !isDigit(text[at]) || !isDigit(text[at + 1])) {
            throw malformed();
        }
        int value = (text[at] - '0') * 10 + (text[at + 1] - '0');
        at += 2;
        return value;
    }

    private boolean take(char expectedChar) {
        if (at < end && text[at] == expectedChar) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char expectedChar) {
        if (!take(expectedChar)) {
            throw malformed();
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
