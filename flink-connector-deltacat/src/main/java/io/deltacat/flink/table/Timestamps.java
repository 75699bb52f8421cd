package io.deltacat.flink.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Reads points in time of options: ISO 8601 with a zone, or milliseconds since the epoch. Stateless. */
final class Timestamps {
    /** What a value must be, for messages. */
    static final String EXPECTED = "a time such as '2026-01-31T08:00:00Z', or milliseconds since 1970";

    private Timestamps() {}

    /** Returns the time, or empty if the text is none after 1970. */
    static Optional<Instant> parse(String text) {
        try {
            boolean number = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
            Instant time = number ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
            return time.isAfter(Instant.EPOCH) && time.getEpochSecond() < Long.MAX_VALUE / 1_000_000_000L
                    ? Optional.of(time)
                    : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
