package io.deltacat.flink.source.feed;

import io.deltacat.client.Page;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.Manifest;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.TableDescription;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.feed.TableAccess.ListingDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Finds new deltas by listing streams, partitions and deltas, so a poll costs as much as there is new
 * (protocol/data-plane.md §6.1, §6.2). An idle poll is one request: a plan without files, whose snapshot id is compared.
 *
 * <p>Ordered deltas are those after the last known position. {@code add} deltas have random positions and leave the
 * partition's record untouched, so their headers are listed whenever the snapshot id moved, and the known ones are taken
 * away. Files of the new ones are then listed by position ranges.
 */
@Internal
public final class ListingFeed implements DeltaFeed {
    private static final int HEADERS_PER_PAGE = 1_000;
    private static final int DELTAS_WITH_FILES_PER_PAGE = 100;

    private final TableAccess table;
    private @Nullable FilePaths paths;
    private @Nullable String settledSnapshot;
    private @Nullable FeedCursor settledCursor;

    /**
     * Builds a feed over a server that can list deltas.
     *
     * @param table access to the table
     */
    public ListingFeed(TableAccess table) {
        this.table = Objects.requireNonNull(table, "table");
    }

    @Override
    public FeedPage poll(FeedCursor cursor, int maxFiles) {
        ReadPlan metadata = table.metadata();
        String snapshot = metadata.snapshotId();
        if (snapshot != null && snapshot.equals(settledSnapshot) && cursor.equals(settledCursor)) {
            return new FeedPage(List.of(), cursor, true);
        }
        paths = FilePaths.of(table.tableName(), metadata);
        List<PartitionSummary> partitions = livePartitions(cursor);
        PageBuilder page = new PageBuilder(cursor, maxFiles);
        resumePartial(cursor, page);
        for (PartitionSummary summary : partitions) {
            if (page.full()) {
                break;
            }
            PartitionRef partition = ref(summary);
            page.know(partition);
            orderedDeltas(partition, summary, page);
            if (!page.full()) {
                addDeltas(partition, cursor.partition(partition).adds(), cursor, page);
            }
        }
        boolean caughtUp = !page.full();
        FeedPage result = page.build(caughtUp);
        settledSnapshot = caughtUp ? snapshot : null;
        settledCursor = caughtUp ? result.next() : null;
        return result;
    }

    @Override
    public FeedCursor skipToEnd() {
        PageBuilder page = new PageBuilder(FeedCursor.start(), 1);
        for (PartitionSummary summary : livePartitions(FeedCursor.start())) {
            PartitionRef partition = ref(summary);
            page.know(partition);
            forEachDelta(partition, 0, Long.MAX_VALUE, ListingDetail.HEADERS, delta -> {
                DeltaRef ref = ref(partition, delta);
                page.cover(ref, WireFiles.insertOnlyKind(table.tableName(), ref, delta.deltaType()));
                return true;
            });
        }
        return page.cursor();
    }

    private List<PartitionSummary> livePartitions(FeedCursor cursor) {
        TableDescription description = table.describe();
        String streamId = description.streamId();
        if (streamId == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s has no stream; expected a table that can hold deltas. Check that its version is active."
                            .formatted(table.tableName()));
        }
        Map<PartitionRef, PartitionSummary> live = new TreeMap<>();
        for (PartitionSummary partition : table.partitions(streamId)) {
            live.put(ref(partition), partition);
        }
        for (Map.Entry<PartitionRef, PartitionCursor> known :
                cursor.partitions().entrySet()) {
            if (!live.containsKey(known.getKey()) && !known.getValue().equals(PartitionCursor.START)) {
                throw new DeltaCatSourceException.HistoryChanged(
                        "Table %s: partition %s, read up to position %d, is gone; its data was replaced, truncated or compacted (current stream '%s'). Start the job without state from a snapshot."
                                .formatted(
                                        table.tableName(),
                                        known.getKey(),
                                        known.getValue().orderedPosition(),
                                        streamId));
            }
        }
        return new ArrayList<>(live.values());
    }

    private void resumePartial(FeedCursor cursor, PageBuilder page) {
        cursor.unfinishedDelta().ifPresent(partial -> {
            DeltaRef ref = partial.delta();
            boolean found =
                    forEachDelta(ref.partition(), ref.position(), ref.position(), ListingDetail.FILES, delta -> {
                        page.offer(ref, partial.kind(), files(ref, delta));
                        return false;
                    });
            if (!found) {
                throw gone(ref);
            }
        });
    }

    private void orderedDeltas(PartitionRef partition, PartitionSummary summary, PageBuilder page) {
        long known = page.orderedPosition(partition);
        Long current = summary.streamPosition();
        if (current != null && current <= known) {
            return;
        }
        forEachDelta(partition, known + 1, DeltaRef.LAST_ORDERED_POSITION, ListingDetail.FILES, delta -> {
            DeltaRef ref = ref(partition, delta);
            DeltaKind kind = WireFiles.insertOnlyKind(table.tableName(), ref, delta.deltaType());
            if (!kind.ordered()) {
                return true;
            }
            Long previous = delta.previousStreamPosition();
            long reached = page.orderedPosition(partition);
            if (reached > 0 && previous != null && previous > reached) {
                throw new DeltaCatSourceException.HistoryChanged(
                        "Table %s: delta %s follows position %d, but only position %d was read; the deltas between are gone. Start the job without state from a snapshot."
                                .formatted(table.tableName(), ref, previous, reached));
            }
            return page.offer(ref, kind, files(ref, delta));
        });
    }

    private void addDeltas(PartitionRef partition, PositionSet known, FeedCursor cursor, PageBuilder page) {
        DeltaRef begun = cursor.unfinishedDelta().map(PartialDelta::delta).orElse(null);
        NewRuns runs = new NewRuns();
        forEachDelta(partition, DeltaRef.LAST_ORDERED_POSITION + 1, Long.MAX_VALUE, ListingDetail.HEADERS, delta -> {
            DeltaRef ref = ref(partition, delta);
            boolean isNew = !known.contains(ref.position()) && !ref.equals(begun);
            runs.next(ref.position(), isNew);
            return runs.newDeltas() <= page.budget();
        });
        for (NewRuns.Run run : runs.runs()) {
            if (page.full()) {
                return;
            }
            forEachDelta(partition, run.first(), run.last(), ListingDetail.FILES, delta -> {
                DeltaRef ref = ref(partition, delta);
                if (known.contains(ref.position())) {
                    return true;
                }
                DeltaKind kind = WireFiles.insertOnlyKind(table.tableName(), ref, delta.deltaType());
                return page.offer(ref, kind, files(ref, delta));
            });
        }
    }

    private boolean forEachDelta(
            PartitionRef partition, long first, long last, ListingDetail detail, DeltaVisitor visitor) {
        int limit = detail == ListingDetail.HEADERS ? HEADERS_PER_PAGE : DELTAS_WITH_FILES_PER_PAGE;
        boolean any = false;
        String token = null;
        do {
            Page<DeltaDetail> page = table.deltas(partition, first, last, detail, limit, token);
            for (DeltaDetail delta : page.items()) {
                any = true;
                if (!visitor.visit(delta)) {
                    return any;
                }
            }
            token = page.items().isEmpty() ? null : page.nextToken();
        } while (token != null);
        return any;
    }

    private List<SourceFile> files(DeltaRef ref, DeltaDetail delta) {
        Manifest manifest = delta.manifest();
        if (manifest == null) {
            Long records = delta.recordCount();
            if (records != null && records == 0) {
                return List.of();
            }
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s, delta %s: the listing has no manifest; expected its files. Use the plan feed ('scan.discovery.feed' = 'plan') with this server."
                            .formatted(table.tableName(), ref));
        }
        FilePaths resolver = Objects.requireNonNull(paths, "paths");
        List<SourceFile> files = new ArrayList<>(manifest.entries().size());
        for (ManifestEntry entry : manifest.entries()) {
            String url = entry.url();
            if (url == null) {
                throw new DeltaCatSourceException.UnsupportedTable(
                        "Table %s, delta %s: a manifest entry has no url; expected the location of a file. Use the plan feed ('scan.discovery.feed' = 'plan') with this server."
                                .formatted(table.tableName(), ref));
            }
            files.add(WireFiles.of(entry, resolver.absolute(ref, url), delta.contentType()));
        }
        return files;
    }

    private PartitionRef ref(PartitionSummary partition) {
        String stream = partition.streamId();
        String id = partition.partitionId();
        if (stream == null || id == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s: the server lists a partition without ids (stream '%s', partition '%s'); expected both. Use the plan feed ('scan.discovery.feed' = 'plan') with this server."
                            .formatted(table.tableName(), stream, id));
        }
        return new PartitionRef(stream, id);
    }

    private DeltaRef ref(PartitionRef partition, DeltaDetail delta) {
        Long position = delta.streamPosition();
        if (position == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s, partition %s: the server lists a delta without a stream position. Use the plan feed ('scan.discovery.feed' = 'plan') with this server."
                            .formatted(table.tableName(), partition));
        }
        return new DeltaRef(partition, position);
    }

    private DeltaCatSourceException gone(DeltaRef delta) {
        return new DeltaCatSourceException.HistoryChanged(
                "Table %s: delta %s is gone before all its files were read. Start the job without state from a snapshot."
                        .formatted(table.tableName(), delta));
    }

    /** Looks at one delta and tells whether to go on. */
    private interface DeltaVisitor {
        boolean visit(DeltaDetail delta);
    }
}
