package io.deltacat.flink.source;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;

/**
 * The source cannot go on, and repeating the same thing would not help. The message names the table, subscription or file,
 * what was found, what was expected, and the cure. Failures of the server itself are
 * {@link io.deltacat.client.DeltaCatException}.
 */
@PublicEvolving
public abstract sealed class DeltaCatSourceException extends RuntimeException
        permits DeltaCatSourceException.HistoryChanged,
                DeltaCatSourceException.UnsupportedTable,
                DeltaCatSourceException.UnusableSubscription,
                DeltaCatSourceException.ForeignWatermark,
                DeltaCatSourceException.Redriven,
                DeltaCatSourceException.DiscoveryFailed,
                DeltaCatSourceException.UnreadableFile {
    @Serial
    private static final long serialVersionUID = 1L;

    private DeltaCatSourceException(String message) {
        super(message);
    }

    private DeltaCatSourceException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Deltas that were not read yet are gone, or rows that were read may have been rewritten: a compaction, a replace, a
     * truncate, or retention overtook the source. Start again from a snapshot.
     */
    public static final class HistoryChanged extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes the change.
         *
         * @param message the whole text
         */
        public HistoryChanged(String message) {
            super(message);
        }
    }

    /** The table has something this source cannot read as inserts, such as merge keys or an unknown delta type. */
    public static final class UnsupportedTable extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes what is not supported.
         *
         * @param message the whole text
         */
        public UnsupportedTable(String message) {
            super(message);
        }
    }

    /** The subscription is missing, deleted, in error, follows another table, or has a document that cannot be used. */
    public static final class UnusableSubscription extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes what is wrong with it.
         *
         * @param message the whole text
         */
        public UnusableSubscription(String message) {
            super(message);
        }
    }

    /** Somebody else wrote the subscription's watermark, and the policy is to stop then. */
    public static final class ForeignWatermark extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes the change.
         *
         * @param message the whole text
         */
        public ForeignWatermark(String message) {
            super(message);
        }
    }

    /** Somebody moved the subscription's watermark back, and the policy is to stop then. */
    public static final class Redriven extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes where the watermark is.
         *
         * @param message the whole text
         */
        public Redriven(String message) {
            super(message);
        }
    }

    /** The server could not be asked for longer than the source may tolerate, or refused for good. */
    public static final class DiscoveryFailed extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes the failure.
         *
         * @param message the whole text
         * @param cause what the last attempt said
         */
        public DiscoveryFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A data file is corrupt, or does not fit the columns the job reads. */
    public static final class UnreadableFile extends DeltaCatSourceException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Describes the file.
         *
         * @param message the whole text, naming file and delta
         * @param cause what the format said
         */
        public UnreadableFile(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
