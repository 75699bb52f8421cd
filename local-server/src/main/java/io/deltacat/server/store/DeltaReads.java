package io.deltacat.server.store;

import io.deltacat.server.machine.StagedDelta;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads of streams, partitions, deltas and manifest entries at the view's snapshot. Inside a transaction they show what it
 * attached as well, at the places it will have unless another commit comes in between.
 */
public interface DeltaReads {
    /** The stream that holds the contents of a table version. */
    Optional<StreamRow> currentStream(String tableId, String tableVersion);

    /** A stream of a table version by id, current at the snapshot or replaced before it. */
    Optional<StreamRow> stream(String tableId, String tableVersion, String streamId);

    /** Whether a stream is the current one of its table version at the snapshot. */
    boolean isCurrent(StreamRow stream);

    /** Up to {@code limit} current partitions of a stream with a key above {@code afterKey}, in order of key. */
    List<PartitionRow> partitions(String streamId, long afterKey, int limit);

    /** The current partition of a stream with these values under a scheme; null for the unpartitioned one. */
    Optional<PartitionRow> partition(String streamId, String partitionValues, @Nullable String partitionSchemeId);

    /** The current partitions of a stream with these values: one for each scheme that the table had. */
    List<PartitionRow> partitionsOf(String streamId, String partitionValues);

    /** A partition of a stream by id, current at the snapshot or replaced before it. */
    Optional<PartitionRow> partitionById(String streamId, String partitionId);

    /** A partition by key, current at the snapshot or replaced before it. */
    Optional<PartitionRow> partitionByKey(long partitionKey);

    /** A stream by id alone, current at the snapshot or replaced before it. */
    Optional<StreamRow> streamById(String streamId);

    /**
     * Up to {@code limit} changes of partitions in order of commit, after the one given; a partition that changed several
     * times comes as often.
     *
     * @param after the last change seen
     * @param limit most changes
     * @return the changes
     */
    List<PartitionChange> changes(PartitionChange after, int limit);

    /** Whether a partition is current at the snapshot. */
    boolean isCurrent(PartitionRow partition);

    /** Adds the deltas of a partition up one by one; what {@link #progress} should say. */
    DeltaSums sums(long partitionKey);

    /** How far a partition got; empty if it has no delta yet. */
    Optional<PartitionProgress> progress(long partitionKey);

    /** Up to {@code limit} deltas with positions from {@code first} to {@code last}, both included, ascending. */
    List<DeltaRow> deltasByPosition(long partitionKey, long first, long last, int limit);

    /**
     * Up to {@code limit} deltas in order of commit, and of position within a commit, after the one given.
     *
     * @param afterCreatedAt commit time of the last delta seen; -1 to begin
     * @param afterPosition position of the last delta seen
     */
    List<DeltaRow> deltasByCommit(long partitionKey, long afterCreatedAt, long afterPosition, int limit);

    /** A delta by position. */
    Optional<DeltaRow> delta(long partitionKey, long streamPosition);

    /** Up to {@code limit} entries of a manifest from an ordinal on. */
    List<EntryRow> entries(long deltaKey, long fromOrdinal, int limit);

    /** All that a running transaction attached, in order. */
    List<StagedDelta> staged(String transactionId);

    /** Streams that a running transaction replaces, in whatever state other commits left them. */
    List<StreamRow> replacedBy(String transactionId);

    /** A delta that a writer brought into a stream at or after a time; empty if none did. */
    Optional<DeltaRow> changeSince(String streamId, long timeNanos);

    /** What a session attached, in order. */
    List<StagedDelta> stagedBySession(String sessionId);
}
