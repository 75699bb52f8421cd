package io.deltacat.flink.source.split;

import io.deltacat.flink.source.feed.DeltaRef;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * Identity of a split inside its delta. The text form is what Flink sees and what events carry. Immutable.
 *
 * @param deltaText {@link DeltaRef#text()} of the delta
 * @param ordinal number of the split in the delta, from 0
 */
@Internal
public record SplitId(String deltaText, int ordinal) {
    private static final char SEPARATOR = '#';

    /** Checks the ordinal. */
    public SplitId {
        Objects.requireNonNull(deltaText, "deltaText");
        if (ordinal < 0) {
            throw new IllegalArgumentException("Delta %s: split number %d is negative".formatted(deltaText, ordinal));
        }
    }

    /**
     * Names a split of a delta.
     *
     * @param delta the delta
     * @param ordinal number of the split, from 0
     * @return the identity
     */
    public static SplitId of(DeltaRef delta, int ordinal) {
        return new SplitId(delta.text(), ordinal);
    }

    /**
     * Reads the text form.
     *
     * @param text what {@link #text()} returned
     * @return the identity, or empty when the text is not one
     */
    public static Optional<SplitId> parse(String text) {
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator <= 0) {
            return Optional.empty();
        }
        try {
            int ordinal = Integer.parseInt(text.substring(separator + 1));
            return ordinal < 0 ? Optional.empty() : Optional.of(new SplitId(text.substring(0, separator), ordinal));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the text form.
     *
     * @return {@code stream/partition/position#ordinal}
     */
    public String text() {
        return deltaText + SEPARATOR + ordinal;
    }

    @Override
    public String toString() {
        return text();
    }
}
