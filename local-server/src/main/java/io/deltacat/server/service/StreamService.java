package io.deltacat.server.service;

import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.DeltaDetailBuilder;
import io.deltacat.client.model.Manifest;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionDetailBuilder;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Use cases of streams, partitions and deltas (protocol/data-plane.md §6). Thread-safe. */
public final class StreamService {
    private static final String STREAM_FORMAT = "deltacat";
    private static final String COMMITTED = "committed";
    private static final String DEPRECATED = "deprecated";

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
                    .build();
        });
    }

    /**
     * Lists the current partitions of a stream.
     *
     * @param partitionValues JSON text of the values wanted; null for all
     */
    public Page<PartitionSummary> partitions(
            Place place, String streamId, @Nullable String partitionValues, PageRequest request) {
        return pages.page(
                "partitions",
                request,
                (view, after, limit) -> {
                    StreamRow stream = stream(view, find(view, place), streamId);
                    if (partitionValues != null) {
                        return after != null
                                ? List.of()
                                : view.deltas().partition(stream.streamId(), partitionValues).stream()
                                        .toList();
                    }
                    return view.deltas().partitions(stream.streamId(), after == null ? 0 : after.afterNumber(), limit);
                },
                partition -> Long.toString(partition.partitionKey()),
                (view, partition) -> summary(view, place, partition));
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
                .previousStreamPosition(previousPosition(progress))
                .revision(progress.map(PartitionProgress::revision).orElse(0L))
                .revisionTxnId(progress.map(PartitionProgress::transactionId).orElse(null))
                .revisionTransactionSuccessVisible(true)
                .build();
    }

    /** Describes a partition, current or replaced. */
    public PartitionDetail partition(
            Place place, String streamId, String partitionId, @Nullable TransactionReference transaction) {
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
                    .previousStreamPosition(previousPosition(progress))
                    .revision(progress.map(PartitionProgress::revision).orElse(0L))
                    .revisionTxnId(
                            progress.map(PartitionProgress::transactionId).orElse(null))
                    .revisionTransactionSuccessVisible(true)
                    .initialDeltas(List.of())
                    .build();
        });
    }

    /**
     * Lists deltas by position.
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
                    return view.deltas().deltasByPosition(partition.partitionKey(), from, last, limit);
                },
                delta -> Long.toString(delta.streamPosition()),
                (view, delta) ->
                        show(view, place, partition(view, place, streamId, partitionId), delta, includeManifest));
    }

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

    private static @Nullable Long previousPosition(Optional<PartitionProgress> progress) {
        Long position = progress.map(PartitionProgress::orderedPosition).orElse(null);
        return position == null || position == 1 ? null : Long.valueOf(position - 1);
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
