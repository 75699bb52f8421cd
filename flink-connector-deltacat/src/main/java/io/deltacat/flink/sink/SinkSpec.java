package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.CommitOrigin;
import io.deltacat.flink.sink.writer.EvolvedTable;
import io.deltacat.flink.sink.writer.MissingTable;
import io.deltacat.format.file.Codec;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * All options of a sink, checked. Immutable.
 *
 * @param connection how to reach the server
 * @param target what is written
 * @param sinkId identity of the sink
 * @param rows how rows become deltas
 * @param files how files are written
 * @param commits how checkpoints are committed
 */
@Internal
record SinkSpec(DeltaCatConnection connection, Target target, String sinkId, Rows rows, Files files, Commits commits)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 2L;

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if the id is blank
     */
    SinkSpec {
        requireNonNull(connection, "connection");
        requireNonNull(target, "target");
        requireNonNull(rows, "rows");
        requireNonNull(files, "files");
        requireNonNull(commits, "commits");
        check(!sinkId.isBlank(), "sink.id", sinkId, "a name");
    }

    TableRef table() {
        return target.table();
    }

    CommitPath commitPath() {
        return new CommitPath(connection, sinkId, commits);
    }

    /**
     * What is written.
     *
     * @param table table that is written
     * @param rowType type of the rows
     * @param layout merge keys and partitions that the table has, or is created with; null if they are not known yet
     * @param checkAtBuild whether the table is looked at while the job graph is built
     * @param createIfMissing whether writers create the table if it is not there
     * @param evolution what writers may change in the columns of the table
     */
    record Target(
            TableRef table,
            RowType rowType,
            @Nullable TableLayout layout,
            boolean checkAtBuild,
            boolean createIfMissing,
            SchemaEvolution evolution)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        Target {
            requireNonNull(table, "table");
            requireNonNull(rowType, "rowType");
            requireNonNull(evolution, "evolution");
        }

        /**
         * Creates or changes the table as far as that was asked for. Blocks for a few calls; safe to be done by many.
         *
         * @param client the server
         * @throws io.deltacat.client.DeltaCatException if the server cannot be asked, or refuses
         */
        void makeReady(DeltaCatClient client) {
            if (createIfMissing) {
                MissingTable.createIfMissing(client, table, rowType, layout);
            }
            if (evolution != SchemaEvolution.NONE) {
                EvolvedTable.evolve(client, table, rowType, evolution);
            }
        }

        boolean isMadeReady() {
            return createIfMissing || evolution != SchemaEvolution.NONE;
        }
    }

    /**
     * How rows become deltas.
     *
     * @param mode how rows are added to a table without merge keys
     * @param overwrite what the rows take the place of
     * @param distribution how rows are spread over the writers
     * @param upsertBufferBytes bytes of changes that a writer keeps in memory
     * @param invalid what becomes of rows that the table cannot hold
     */
    record Rows(
            SinkMode mode,
            Overwrite overwrite,
            Distribution distribution,
            long upsertBufferBytes,
            InvalidRowPolicy invalid)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        Rows {
            requireNonNull(mode, "mode");
            requireNonNull(overwrite, "overwrite");
            requireNonNull(distribution, "distribution");
            requireNonNull(invalid, "invalid");
            check(upsertBufferBytes > 0, "sink.upsert.buffer-size", upsertBufferBytes, "a positive size");
        }
    }

    /**
     * How files are written.
     *
     * @param codec compression
     * @param targetBytes size at which a file ends
     * @param maxRows rows at which a file ends
     * @param maxAge age at which a file ends
     * @param maxOpen files of one writer that are open at the same time
     * @param memoryBytes bytes that the open files of one writer may hold
     * @param uploadParallelism files of one writer that are finished at the same time
     */
    record Files(
            Codec codec,
            long targetBytes,
            long maxRows,
            Duration maxAge,
            int maxOpen,
            long memoryBytes,
            int uploadParallelism)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        Files {
            requireNonNull(codec, "codec");
            check(targetBytes > 0, "sink.target-file-size", targetBytes, "a positive size");
            check(maxRows > 0, "sink.max-rows-per-file", maxRows, "1 or more");
            check(isPositive(maxAge), "sink.file-roll-interval", maxAge, "a positive duration");
            check(maxOpen > 0, "sink.max-open-files", maxOpen, "1 or more");
            check(memoryBytes > 0, "sink.open-files-memory", memoryBytes, "a positive size");
            check(uploadParallelism > 0, "sink.upload.parallelism", uploadParallelism, "1 or more");
        }
    }

    /**
     * How checkpoints are committed.
     *
     * @param prepareTimeout longest time to prepare a checkpoint, or null for the default, which never exceeds what the
     *     checkpoint itself may take
     * @param commitTimeout longest time to commit a checkpoint
     * @param bySavepoint whether unbounded input is taken without checkpoints
     * @param message message of transactions, with placeholders
     */
    record Commits(@Nullable Duration prepareTimeout, Duration commitTimeout, boolean bySavepoint, String message)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        Commits {
            if (prepareTimeout != null) {
                check(isPositive(prepareTimeout), "sink.prepare.timeout", prepareTimeout, "a positive duration");
            }
            check(
                    CommitOrigin.isTemplate(message),
                    "sink.commit.message",
                    message,
                    "a text whose placeholders are among " + new TreeSet<>(CommitOrigin.PLACEHOLDERS));
            check(isPositive(commitTimeout), "sink.commit.timeout", commitTimeout, "a positive duration");
        }

        /**
         * Gives the longest time to prepare a checkpoint.
         *
         * @param checkpointTimeout what the job allows a checkpoint, or null if it takes none
         * @return the user's choice, or the default, at most half of what a checkpoint may take
         * @throws IllegalArgumentException if the user's choice is not below the checkpoint's time-out
         */
        Duration prepareWithin(@Nullable Duration checkpointTimeout) {
            if (prepareTimeout == null) {
                Duration usual = DeltaCatSinkBuilder.DEFAULT_PREPARE_TIMEOUT;
                Duration most = checkpointTimeout == null ? usual : checkpointTimeout.dividedBy(2);
                return most.compareTo(usual) < 0 ? most : usual;
            }
            check(
                    checkpointTimeout == null || prepareTimeout.compareTo(checkpointTimeout) < 0,
                    "sink.prepare.timeout",
                    prepareTimeout,
                    "less than 'execution.checkpointing.timeout' (" + checkpointTimeout + ")");
            return prepareTimeout;
        }
    }

    /**
     * What only a sink of many tables has.
     *
     * @param createTables whether missing tables are created
     * @param evolution what may be changed in columns
     * @param maxOpenTables tables of one writer that are open at the same time
     * @param writersPerTable over how many writers the rows of one table are spread
     */
    record Routing(boolean createTables, SchemaEvolution evolution, int maxOpenTables, int writersPerTable)
            implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        Routing {
            requireNonNull(evolution, "evolution");
            check(maxOpenTables > 0, "sink.max-open-tables", maxOpenTables, "1 or more");
            check(writersPerTable > 0, "sink.writers-per-table", writersPerTable, "1 or more");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    /** Refuses an option. */
    static void check(boolean holds, String option, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Sink: option '" + option + "' is '" + value + "'; expected " + expected + ". Fix the option.");
        }
    }
}
