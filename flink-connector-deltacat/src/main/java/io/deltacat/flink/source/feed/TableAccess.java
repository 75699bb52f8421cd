package io.deltacat.flink.source.feed;

import io.deltacat.client.Page;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.TableDescription;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The few calls about one table that feeds need. Every method may block on the network and throws
 * {@link io.deltacat.client.DeltaCatException} when the server refuses or cannot be reached. Not thread-safe.
 */
@Internal
public interface TableAccess {
    /**
     * Returns the name used in error texts.
     *
     * @return {@code namespace.table}
     */
    String tableName();

    /**
     * Returns the column whose statistics are wanted of every file.
     *
     * @return the column of event times, or empty when none matters
     */
    default Optional<EventTimeColumn> eventTime() {
        return Optional.empty();
    }

    /**
     * Describes the table, without counters.
     *
     * @return the description
     */
    TableDescription describe();

    /**
     * Plans a read without listing files; cheap, and its {@code snapshot_id} changes with every commit.
     *
     * @return the plan
     */
    ReadPlan metadata();

    /**
     * Lists the live partitions of a stream.
     *
     * @param streamId the stream
     * @return all partitions
     */
    List<PartitionSummary> partitions(String streamId);

    /**
     * Describes one partition, live or replaced.
     *
     * @param partition the partition
     * @return the description, or empty when the server does not know it or does not describe partitions
     */
    Optional<PartitionDetail> partition(PartitionRef partition);

    /**
     * Lists deltas of a partition in ascending position order (protocol/data-plane.md §6.2).
     *
     * @param partition the partition
     * @param firstPosition first position, inclusive
     * @param lastPosition last position, inclusive
     * @param detail whether to include the files
     * @param limit most deltas on one page
     * @param pageToken token of the page, or null for the first
     * @return one page; an empty page without a token is the end
     */
    Page<DeltaDetail> deltas(
            PartitionRef partition,
            long firstPosition,
            long lastPosition,
            ListingDetail detail,
            int limit,
            @Nullable String pageToken);

    /**
     * Plans one page of a pinned snapshot with its files.
     *
     * @param asOfNanos commit time of the snapshot, in nanoseconds since the epoch
     * @param fileOffset index of the first file
     * @param maxFiles most files on the page
     * @param only the one partition wanted, or null for all; older servers give all even so
     * @return the plan
     */
    ReadPlan plan(long asOfNanos, long fileOffset, int maxFiles, @Nullable PartitionRef only);

    /**
     * Asks the server for its clock.
     *
     * @return a time in nanoseconds since the epoch at which all commits acknowledged before the call are visible
     */
    long snapshotTimeNanos();

    /** How much a delta listing says. */
    enum ListingDetail {
        /** Positions and kinds. */
        HEADERS,
        /** Files as well. */
        FILES
    }
}
