package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.DeltaDetailBuilder;
import io.deltacat.client.model.Manifest;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionDetailBuilder;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.PartitionSummaryBuilder;
import io.deltacat.client.model.StreamDetail;
import io.deltacat.client.model.StreamDetailBuilder;
import io.deltacat.client.model.StreamSummary;
import io.deltacat.client.model.StreamSummaryBuilder;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.StreamRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use cases of streams, partitions and deltas (protocol/data-plane.md §6). Thread-safe. */
public final class StreamService {
    private static final String STREAM_FORMAT = "deltacat";
    private static final String COMMITTED = "committed";
    private static final String DEPRECATED = "deprecated";
    private static final long LARGEST_PAGE_ENTRIES = 50_000;

    private final TransactionScope transactions;
    private final Pages pages;
    private final FileReplies files;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public StreamService(ServiceContext context) {
        this.transactions = new TransactionScope(context);
        this.pages = new Pages(context, transactions);
        this.files = new FileReplies(context.roots());
    }

    /**
     * Where streams are looked for.
     *
     * @param namespace namespace of the table
     * @param table the table
     * @param tableVersion the version
     */
    public record Place(String namespace, String table, String tableVersion) {}

    /** Lists the current streams of a table version; there is one. */
    public Page<StreamSummary> streams(Place place, @Nullable String streamFormat, PageRequest request) {
        return pages.page(
                "streams",
                request,
                (view, after, limit) -> {
                    TableLookup found = find(view, place);
                    if (after != null || streamFormat != null && !streamFormat.equals(STREAM_FORMAT)) {
                        return List.of();
                    }
                    return view
                            .deltas()
                            .currentStream(
                                    found.version().tableId(), found.version().tableVersion())
                            .stream()
                            .toList();
                },
                StreamRow::streamId,
                (view, stream) -> StreamSummaryBuilder.builder()
                        .namespace(place.namespace())
                        .tableName(place.table())
                        .tableVersion(place.tableVersion())
                        .streamId(stream.streamId())
                        .streamFormat(STREAM_FORMAT)
                        .state(COMMITTED)
                        .previousStreamId(stream.previousStreamId())
                        .partitionSchemeId(schemeId(find(view, place)))
                        .build());
    }

    /** Describes a stream, current or replaced. */
    public StreamDetail stream(Place place, String streamId, @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            TableLookup found = find(view, place);
            StreamRow stream = stream(view, found, streamId);
            return StreamDetailBuilder.builder()
                    .namespace(place.namespace())
                    .tableName(place.table())
                    .tableVersion(place.tableVersion())
                    .streamId(stream.streamId())
                    .streamFormat(STREAM_FORMAT)
                    .state(view.deltas().isCurrent(stream) ? COMMITTED : DEPRECATED)
                    .previousStreamId(stream.previousStreamId())
                    .partitionScheme(found.version().partitionScheme())
                    .partitionSchemeId(schemeId(found))
                    .build();
        });
    }

    /**
     * Lists the current partitions of a stream.
     *
     * @param partitionValues the values wanted, JSON null for an unpartitioned table; null for all
     * @param partitionSchemeId the scheme wanted; null for all
     */
    public Page<PartitionSummary> partitions(
            Place place,
            String streamId,
            @Nullable JsonNode partitionValues,
            @Nullable String partitionSchemeId,
            PageRequest request) {
        return pages.page(
                "partitions",
                request,
                (view, after, limit) -> {
                    TableLookup found = find(view, place);
                    StreamRow stream = stream(view, found, streamId);
                    if (partitionValues == null) {
                        return partitions(view, stream, partitionSchemeId, after, limit);
                    }
                    String values = PartitionValues.lookup(partitionValues, found);
                    return after != null
                            ? List.of()
                            : view.deltas().partitionsOf(stream.streamId(), values).stream()
                                    .filter(row -> isOfScheme(row, partitionSchemeId))
                                    .toList();
                },
                partition -> Long.toString(partition.partitionKey()),
                (view, partition) -> summary(view, place, partition));
    }

    /** Partitions of one scheme are picked out of all, page after page, until there are enough. */
    private static List<PartitionRow> partitions(
            ReadView view, StreamRow stream, @Nullable String schemeId, @Nullable PageToken after, int limit) {
        List<PartitionRow> found = new ArrayList<>();
        long key = after == null ? 0 : after.afterNumber();
        while (true) {
            List<PartitionRow> page = view.deltas().partitions(stream.streamId(), key, limit);
            for (PartitionRow row : page) {
                key = row.partitionKey();
                if (isOfScheme(row, schemeId) && found.size() < limit) {
                    found.add(row);
                }
            }
            if (page.size() < limit || found.size() >= limit) {
                return found;
            }
        }
    }

    private static boolean isOfScheme(PartitionRow row, @Nullable String schemeId) {
        return schemeId == null || schemeId.equals(row.partitionSchemeId());
    }

    private static @Nullable String schemeId(TableLookup found) {
        PartitionScheme scheme = found.version().partitionScheme();
        return scheme == null || scheme.id() == null ? null : scheme.id().asText();
    }

    private static PartitionSummary summary(ReadView view, Place place, PartitionRow partition) {
        Optional<PartitionProgress> progress = view.deltas().progress(partition.partitionKey());
        return PartitionSummaryBuilder.builder()
                .namespace(place.namespace())
                .tableName(place.table())
                .tableVersion(place.tableVersion())
                .streamId(partition.streamId())
                .streamFormat(STREAM_FORMAT)
                .partitionId(partition.partitionId())
                .partitionValues(PartitionValues.decode(partition.partitionValues()))
                .partitionSchemeId(partition.partitionSchemeId())
                .previousPartitionId(partition.previousPartitionId())
                .state(COMMITTED)
                .contentTypes(progress.map(PartitionProgress::contentTypes).orElse(List.of()))
                .streamPosition(progress.map(PartitionProgress::orderedPosition).orElse(null))
                .previousStreamPosition(previousPosition(view, partition, progress))
                .revision(progress.map(PartitionProgress::revision).orElse(0L))
                .revisionTxnId(progress.map(PartitionProgress::transactionId).orElse(null))
                .revisionTransactionSuccessVisible(true)
                .build();
    }

    /**
     * Describes a partition, current or replaced.
     *
     * @param includeInitialDeltas whether the deltas that are embedded in the partition are wanted; this server embeds none
     */
    public PartitionDetail partition(
            Place place,
            String streamId,
            String partitionId,
            boolean includeInitialDeltas,
            @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            PartitionRow partition = partition(view, place, streamId, partitionId);
            Optional<PartitionProgress> progress = view.deltas().progress(partition.partitionKey());
            return PartitionDetailBuilder.builder()
                    .namespace(place.namespace())
                    .tableName(place.table())
                    .tableVersion(place.tableVersion())
                    .streamId(partition.streamId())
                    .streamFormat(STREAM_FORMAT)
                    .partitionId(partition.partitionId())
                    .partitionValues(PartitionValues.decode(partition.partitionValues()))
                    .partitionSchemeId(partition.partitionSchemeId())
                    .previousPartitionId(partition.previousPartitionId())
                    .state(view.deltas().isCurrent(partition) ? COMMITTED : DEPRECATED)
                    .contentTypes(progress.map(PartitionProgress::contentTypes).orElse(List.of()))
                    .streamPosition(
                            progress.map(PartitionProgress::orderedPosition).orElse(null))
                    .previousStreamPosition(previousPosition(view, partition, progress))
                    .revision(progress.map(PartitionProgress::revision).orElse(0L))
                    .revisionTxnId(
                            progress.map(PartitionProgress::transactionId).orElse(null))
                    .revisionTransactionSuccessVisible(true)
                    .initialDeltas(includeInitialDeltas ? List.of() : null)
                    .compactionRoundCompletionInfo(completionInfo(partition))
                    .build();
        });
    }

    private static @Nullable JsonNode completionInfo(PartitionRow partition) {
        String info = partition.completionInfo();
        return info == null ? null : PartitionValues.tree(info);
    }

    /**
     * Lists deltas by position. With files, a page ends early rather than hold very many of them.
     *
     * @param list name of the listing, for its tokens: they are not interchangeable
     * @param first smallest position wanted
     * @param last largest position wanted
     * @param includeManifest whether the files of each delta are wanted
     */
    public Page<DeltaDetail> deltas(
            String list,
            Place place,
            String streamId,
            String partitionId,
            long first,
            long last,
            boolean includeManifest,
            PageRequest request) {
        return pages.page(
                list + "/" + partitionId,
                request,
                (view, after, limit) -> {
                    PartitionRow partition = partition(view, place, streamId, partitionId);
                    long from = after == null ? first : Math.max(first, after.afterNumber() + 1);
                    return view.deltas().deltasByPosition(partition.partitionKey(), from, last, limit).stream()
                            .map(delta -> new Placed(partition, delta))
                            .toList();
                },
                placed -> Long.toString(placed.delta().streamPosition()),
                includeManifest ? placed -> placed.delta().entryCount() : placed -> 0L,
                LARGEST_PAGE_ENTRIES,
                (view, placed) -> show(view, place, placed.partition(), placed.delta(), includeManifest));
    }

    /** A delta with its partition. */
    private record Placed(PartitionRow partition, DeltaRow delta) {}

    /** Describes one delta with its files. */
    public DeltaDetail delta(
            Place place,
            String streamId,
            String partitionId,
            long streamPosition,
            @Nullable TransactionReference transaction) {
        return transactions.read(transaction, null, view -> {
            PartitionRow partition = partition(view, place, streamId, partitionId);
            DeltaRow delta = view.deltas()
                    .delta(partition.partitionKey(), streamPosition)
                    .orElseThrow(() -> Missing.delta(streamPosition));
            return show(view, place, partition, delta, true);
        });
    }

    private DeltaDetail show(
            ReadView view, Place place, PartitionRow partition, DeltaRow delta, boolean includeManifest) {
        return DeltaDetailBuilder.builder()
                .namespace(place.namespace())
                .tableName(place.table())
                .tableVersion(place.tableVersion())
                .streamId(partition.streamId())
                .streamFormat(STREAM_FORMAT)
                .partitionId(partition.partitionId())
                .partitionValues(PartitionValues.decode(partition.partitionValues()))
                .streamPosition(delta.streamPosition())
                .previousStreamPosition(delta.previousStreamPosition())
                .deltaType(delta.deltaType().wireName())
                .recordCount(delta.recordCount())
                .contentLength(delta.contentLength())
                .contentType(delta.contentType())
                .manifest(includeManifest ? manifest(view, delta) : null)
                .build();
    }

    private Manifest manifest(ReadView view, DeltaRow delta) {
        List<EntryRow> entries = view.deltas().entries(delta.deltaKey(), 0, Math.toIntExact(delta.entryCount()));
        return new Manifest(
                null,
                null,
                entries.stream()
                        .map(entry -> files.entry(entry, delta.manifestId(), delta.contentType()))
                        .toList(),
                delta.entryCount(),
                delta.manifestId());
    }

    private static @Nullable Long previousPosition(
            ReadView view, PartitionRow partition, Optional<PartitionProgress> progress) {
        return progress.map(PartitionProgress::orderedPosition)
                .flatMap(position -> view.deltas().delta(partition.partitionKey(), position))
                .map(DeltaRow::previousStreamPosition)
                .orElse(null);
    }

    private static TableLookup find(ReadView view, Place place) {
        return TableLookup.find(view, place.namespace(), place.table(), place.tableVersion());
    }

    private static StreamRow stream(ReadView view, TableLookup found, String streamId) {
        return view.deltas().stream(found.version().tableId(), found.version().tableVersion(), streamId)
                .orElseThrow(() -> Missing.stream(streamId));
    }

    private static PartitionRow partition(ReadView view, Place place, String streamId, String partitionId) {
        StreamRow stream = stream(view, find(view, place), streamId);
        return view.deltas()
                .partitionById(stream.streamId(), partitionId)
                .orElseThrow(() -> Missing.partition(partitionId));
    }
}
