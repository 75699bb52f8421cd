package io.deltacat.flink.source.feed;

import io.deltacat.client.NotFound;
import io.deltacat.client.Page;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.Manifest;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.feed.TableAccess.ListingDetail;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Lists the deltas of partitions, live or replaced, and checks what the listings say. Confined to one worker thread. */
@Internal
final class DeltaListing {
    private static final int HEADERS_PER_PAGE = 1_000;
    private static final int DELTAS_WITH_FILES_PER_PAGE = 100;
    private static final String USE_PLANS = "Use the plan feed ('scan.discovery.feed' = 'plan') with this server.";

    private final TableAccess table;
    private final ReadableKinds kinds;
    private long deltasSeen;
    private long filesSeen;

    DeltaListing(TableAccess table, ReadableKinds kinds) {
        this.table = table;
        this.kinds = kinds;
    }

    /**
     * Visits ordered deltas after a position, until the visitor has enough.
     *
     * @param files about how many files the visitor will take
     */
    void ordered(PartitionRef partition, long after, int files, DeltaVisitor visitor) {
        forEach(partition, after + 1, DeltaRef.LAST_ORDERED_POSITION, ListingDetail.FILES, deltasFor(files), visitor);
    }

    /** Estimates how many deltas have so many files, by those seen so far, so that few are listed for nothing. */
    private int deltasFor(int files) {
        long filesOfDelta = deltasSeen == 0 ? 1 : Math.max(1, filesSeen / deltasSeen);
        return (int) Math.max(1, Math.min(DELTAS_WITH_FILES_PER_PAGE, files / filesOfDelta + 1));
    }

    /** Visits the headers of all {@code add} deltas, until the visitor has enough. Returns whether all were visited. */
    boolean addHeaders(PartitionRef partition, DeltaVisitor visitor) {
        return forEach(partition, DeltaRef.LAST_ORDERED_POSITION + 1, Long.MAX_VALUE, ListingDetail.HEADERS, visitor);
    }

    /** Visits the headers of all deltas. */
    void headers(PartitionRef partition, DeltaVisitor visitor) {
        forEach(partition, 0, Long.MAX_VALUE, ListingDetail.HEADERS, visitor);
    }

    /** Visits the deltas of a range with their files. */
    boolean files(PartitionRef partition, long first, long last, DeltaVisitor visitor) {
        return forEach(partition, first, last, ListingDetail.FILES, visitor);
    }

    /** Whether deltas of this partition can be listed; a replaced one may be gone for good. */
    boolean known(PartitionRef partition) {
        try {
            table.deltas(partition, 0, Long.MAX_VALUE, ListingDetail.HEADERS, 1, null);
            return true;
        } catch (NotFound e) {
            return false;
        }
    }

    private boolean forEach(PartitionRef partition, long first, long last, ListingDetail detail, DeltaVisitor visitor) {
        int limit = detail == ListingDetail.HEADERS ? HEADERS_PER_PAGE : DELTAS_WITH_FILES_PER_PAGE;
        return forEach(partition, first, last, detail, limit, visitor);
    }

    private boolean forEach(
            PartitionRef partition, long first, long last, ListingDetail detail, int limit, DeltaVisitor visitor) {
        String token = null;
        do {
            Page<DeltaDetail> page = table.deltas(partition, first, last, detail, limit, token);
            for (DeltaDetail delta : page.items()) {
                DeltaRef ref = ref(partition, delta);
                if (!visitor.visit(ref, kinds.kind(table.tableName(), ref, delta.deltaType()), delta)) {
                    return false;
                }
            }
            token = page.items().isEmpty() ? null : page.nextToken();
        } while (token != null);
        return true;
    }

    /**
     * Returns the files of a listed delta.
     *
     * @param paths makes urls absolute
     * @param ref the delta
     * @param delta what the listing says, with manifest
     */
    List<SourceFile> filesOf(FilePaths paths, DeltaRef ref, DeltaDetail delta) {
        deltasSeen++;
        Manifest manifest = delta.manifest();
        if (manifest == null) {
            Long records = delta.recordCount();
            if (records != null && records == 0) {
                return List.of();
            }
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s, delta %s: the listing has no manifest; expected its files. %s"
                            .formatted(table.tableName(), ref, USE_PLANS));
        }
        List<SourceFile> files = new ArrayList<>(manifest.entries().size());
        for (ManifestEntry entry : manifest.entries()) {
            String url = entry.url();
            if (url == null) {
                throw new DeltaCatSourceException.UnsupportedTable(
                        "Table %s, delta %s: a manifest entry has no url; expected the location of a file. %s"
                                .formatted(table.tableName(), ref, USE_PLANS));
            }
            filesSeen++;
            files.add(WireFiles.of(entry, paths.absolute(ref, url), delta.contentType(), table.eventTime()));
        }
        return files;
    }

    /** Returns the identity of a listed partition. */
    PartitionRef ref(PartitionSummary partition) {
        String stream = partition.streamId();
        String id = partition.partitionId();
        if (stream == null || id == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s: the server lists a partition without ids (stream '%s', partition '%s'); expected both. %s"
                            .formatted(table.tableName(), stream, id, USE_PLANS));
        }
        return new PartitionRef(stream, id);
    }

    private DeltaRef ref(PartitionRef partition, DeltaDetail delta) {
        @Nullable Long position = delta.streamPosition();
        if (position == null) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "Table %s, partition %s: the server lists a delta without a stream position. %s"
                            .formatted(table.tableName(), partition, USE_PLANS));
        }
        return new DeltaRef(partition, position);
    }

    /** Looks at one delta and tells whether to go on. */
    interface DeltaVisitor {
        boolean visit(DeltaRef ref, DeltaKind kind, DeltaDetail delta);
    }
}
