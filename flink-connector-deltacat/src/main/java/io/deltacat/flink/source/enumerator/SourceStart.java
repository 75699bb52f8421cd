package io.deltacat.flink.source.enumerator;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.TableDescription;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.feed.Backfill;
import io.deltacat.flink.source.feed.DeltaFeed;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.ListingFeed;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PlanFeed;
import io.deltacat.flink.source.feed.PositionSet;
import io.deltacat.flink.source.feed.ReadableKinds;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.feed.TableAccess;
import io.deltacat.flink.source.feed.TableAccess.ListingDetail;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.WatermarkDocument;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import io.deltacat.flink.source.split.FileSlicing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where and how to read before the first poll. Order of precedence: restored state, the subscription's watermark,
 * the start mode (protocol/control-plane.md §12.2). Runs on the worker thread; may be repeated after a failure.
 */
@Internal
final class SourceStart {
    private static final Logger LOG = LoggerFactory.getLogger(SourceStart.class);

    private final EnumeratorOptions options;
    private final ServerAccess server;
    private final DeltaCatEnumeratorState restored;

    SourceStart(EnumeratorOptions options, ServerAccess server, DeltaCatEnumeratorState restored) {
        this.options = options;
        this.server = server;
        this.restored = restored;
    }

    /**
     * Asks the server.
     *
     * @return what the enumerator needs to run
     * @throws DeltaCatSourceException when the table or the subscription cannot be read like this
     */
    Started run() {
        TableDescription description = server.table().describe();
        requireReadable(description);
        WatermarkDocument document = null;
        SubscriptionGate.Gate gate = SubscriptionGate.Gate.OPEN;
        if (server.subscription().isPresent()) {
            SubscriptionAccess subscription = server.subscription().get();
            Optional<SubscriptionDetail> detail = found(subscription);
            gate = SubscriptionGate.gate(subscription.subscriptionId(), detail);
            SubscriptionGate.requireSource(
                    subscription.subscriptionId(),
                    detail.orElseThrow(),
                    options.table().namespace(),
                    options.table().table());
            document = WatermarkDocument.of(options.tableName(), subscription.watermark());
        }
        boolean listing = options.boundedness() == Boundedness.CONTINUOUS_UNBOUNDED && listingWanted();
        ReadableKinds kinds = options.reading().kinds();
        FileSlicing slicing = new FileSlicing(options.discovery().splitBytes());
        DeltaFeed feed = listing
                ? new ListingFeed(server.table(), kinds, options.history(), slicing::parts)
                : new PlanFeed(server.table(), kinds, options.history(), slicing::parts);
        FeedCursor cursor = restored.cursor() != null ? restored.cursor() : firstCursor(document, description, feed);
        Fingerprint lastSeen =
                restored.lastSeen() != null || document == null ? restored.lastSeen() : document.fingerprint();
        return new Started(feed, cursor, layout(description), gate, lastSeen);
    }

    /** Looks the subscription up, and creates it if it is missing and may be created. */
    private Optional<SubscriptionDetail> found(SubscriptionAccess subscription) {
        Optional<SubscriptionDetail> detail = subscription.find();
        if (detail.isPresent() || options.subscription().absence() == SubscriptionRules.Absence.FAIL) {
            return detail;
        }
        try {
            subscription.create(NewSubscription.request(
                    subscription.subscriptionId(), options.table(), restored.sourceId(), server.listsDeltas()));
            LOG.info(
                    "Subscription created table={} subscription={}",
                    options.tableName(),
                    subscription.subscriptionId());
        } catch (DeltaCatException e) {
            Optional<SubscriptionDetail> madeByOther = subscription.find();
            if (madeByOther.isEmpty()) {
                throw e;
            }
            return madeByOther;
        }
        return subscription.find();
    }

    /**
     * Finds out where reading goes on that was moved back.
     *
     * @return the start behind the watermark as it is now
     * @throws DeltaCatSourceException when the watermark cannot be used
     */
    Behind behindWatermark() {
        WatermarkDocument document =
                WatermarkDocument.of(options.tableName(), server.subscription().flatMap(SubscriptionAccess::watermark));
        FeedCursor start = afterWatermark(document, server.table().describe());
        boolean snapshotFirst = options.reading() == RowReading.UPSERTS
                && options.startMode() != StartMode.EARLIEST
                && start.partitions().isEmpty();
        return new Behind(
                snapshotFirst ? start.pinnedAt(server.table().snapshotTimeNanos(), Backfill.Way.MERGED) : start,
                document.fingerprint());
    }

    private boolean listingWanted() {
        return switch (options.discovery().feed()) {
            case AUTO -> server.listsDeltas();
            case LISTING -> true;
            case PLAN -> false;
        };
    }

    private FeedCursor firstCursor(@Nullable WatermarkDocument document, TableDescription description, DeltaFeed feed) {
        FeedCursor start = switch (options.startMode()) {
            case FULL, EARLIEST -> FeedCursor.start();
            case LATEST -> feed.skipToEnd();
            case TIMESTAMP -> feed.skipTo(options.range().startNanos());
            case SUBSCRIPTION -> document == null ? FeedCursor.start() : afterWatermark(document, description);
        };
        boolean merge = options.reading() == RowReading.UPSERTS
                && options.startMode() != StartMode.EARLIEST
                && start.partitions().isEmpty();
        if (options.boundedness() == Boundedness.BOUNDED) {
            long end = options.range().endNanos();
            return start.pinnedAt(end > 0 ? end : server.table().snapshotTimeNanos(), boundedWay(start, merge));
        }
        boolean snapshotFirst =
                merge && options.startMode() != StartMode.LATEST && options.startMode() != StartMode.TIMESTAMP;
        return snapshotFirst ? start.pinnedAt(server.table().snapshotTimeNanos(), Backfill.Way.MERGED) : start;
    }

    private Backfill.Way boundedWay(FeedCursor start, boolean merge) {
        if (merge && options.startMode() != StartMode.TIMESTAMP) {
            return Backfill.Way.MERGED;
        }
        return start.partitions().isEmpty() && options.reading() == RowReading.INSERTS
                ? Backfill.Way.DELTAS
                : Backfill.Way.CHANGES;
    }

    private FeedCursor afterWatermark(WatermarkDocument document, TableDescription description) {
        Optional<Progress> exact;
        try {
            exact = document.progress();
        } catch (CorruptStateException e) {
            throw unusable(e.getMessage());
        }
        if (exact.isPresent()) {
            return FeedCursor.of(exact.get().partitions());
        }
        OptionalLong position = document.slotPosition();
        if (position.isEmpty() || document.writer().isPresent()) {
            return FeedCursor.start();
        }
        if (layout(description) == SlotLayout.PARTITIONED) {
            throw unusable(
                    "its watermark has position %d for the whole partitioned table %s; expected one for each partition. Start with 'scan.startup.mode' full or latest."
                            .formatted(position.getAsLong(), options.tableName()));
        }
        PartitionRef partition = document.slotIdentity().orElseGet(() -> onlyPartition(description, position));
        requireNoAdds(partition, position.getAsLong());
        return FeedCursor.of(Map.of(partition, new PartitionCursor(position.getAsLong(), PositionSet.empty())));
    }

    private PartitionRef onlyPartition(TableDescription description, OptionalLong position) {
        String stream = description.streamId();
        List<PartitionSummary> partitions =
                stream == null ? List.of() : server.table().partitions(stream);
        String id = partitions.size() == 1 ? partitions.get(0).partitionId() : null;
        if (stream == null || id == null) {
            throw unusable(
                    "its watermark has position %d but names no partition, and table %s has %d of them; expected one. Start with 'scan.startup.mode' full or latest."
                            .formatted(position.getAsLong(), options.tableName(), partitions.size()));
        }
        return new PartitionRef(stream, id);
    }

    private void requireNoAdds(PartitionRef partition, long position) {
        if (!server.listsDeltas()) {
            return;
        }
        TableAccess table = server.table();
        boolean any = !table.deltas(
                        partition, DeltaRef.LAST_ORDERED_POSITION + 1, Long.MAX_VALUE, ListingDetail.HEADERS, 1, null)
                .items()
                .isEmpty();
        if (any) {
            throw unusable(
                    "its watermark was written by another worker and says position %d, which does not tell which add deltas of partition %s were read. Start with 'scan.startup.mode' full or latest."
                            .formatted(position, partition));
        }
    }

    private void requireReadable(TableDescription description) {
        List<String> keys = description.mergeKeys();
        boolean keyed = keys != null && !keys.isEmpty();
        if (keyed && options.reading() == RowReading.INSERTS) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s has merge keys %s, but the job was built for a table without. Build the job again."
                            .formatted(options.tableName(), keys));
        }
        if (!keyed && options.reading() == RowReading.UPSERTS) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s has no merge keys, but the job was built for a table that has. Build the job again."
                            .formatted(options.tableName()));
        }
    }

    private static SlotLayout layout(TableDescription description) {
        PartitionScheme scheme = description.partitionScheme();
        boolean partitioned =
                scheme != null && scheme.keys() != null && !scheme.keys().isEmpty();
        return partitioned ? SlotLayout.PARTITIONED : SlotLayout.UNPARTITIONED;
    }

    private DeltaCatSourceException.UnusableSubscription unusable(@Nullable String problem) {
        String id =
                server.subscription().map(SubscriptionAccess::subscriptionId).orElse("none");
        return new DeltaCatSourceException.UnusableSubscription("Subscription '%s': %s".formatted(id, problem));
    }

    /**
     * Where a watermark is. Immutable.
     *
     * @param cursor the start behind it
     * @param seen the document it was found in
     */
    record Behind(FeedCursor cursor, Fingerprint seen) {}

    /**
     * What the enumerator needs to run. Immutable but for the feed.
     *
     * @param feed where new deltas come from
     * @param cursor where discovery starts
     * @param layout how partitions are spelled as slots
     * @param gate whether the subscription is paused
     * @param lastSeen the watermark document to compare the next one with, or null when there is no subscription
     */
    record Started(
            DeltaFeed feed,
            FeedCursor cursor,
            SlotLayout layout,
            SubscriptionGate.Gate gate,
            @Nullable Fingerprint lastSeen) {}
}
