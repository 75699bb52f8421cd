package io.deltacat.server.service;

import io.deltacat.client.model.MorPlan;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ReadPlanBuilder;
import io.deltacat.client.model.SchemaField;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableVersionRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plans reads: which files make up a table version at a snapshot (protocol/data-plane.md §2). Thread-safe. */
public final class PlanService {
    private static final int PARTITION_PAGE = 1_000;
    private static final String MIXED = "mixed";
    private static final String DEFAULT_CONTENT_TYPE = "parquet";
    private static final String DEFAULT_CONTENT_TYPE_PROPERTY = "default_content_type";

    private final ServiceContext context;
    private final TransactionScope transactions;
    private final FileReplies files;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public PlanService(ServiceContext context) {
        this.context = context;
        this.transactions = new TransactionScope(context);
        this.files = new FileReplies(context.roots());
    }

    /**
     * Plans a read.
     *
     * @param query what is wanted
     * @param sink takes the plan; called inside the snapshot
     * @throws UncheckedIOException if the sink's peer is gone
     */
    public void plan(PlanQuery query, PlanSink sink) {
        Snapshot snapshot = transactions.snapshot(query.transaction(), query.asOf());
        context.store().read(snapshot, view -> {
            TableLookup found = TableLookup.find(view, query.namespace(), query.table(), query.tableVersion());
            checkColumns(query, found);
            Contents contents = contents(view, query, found);
            try {
                sink.begin(header(view, query, found, contents));
                if (query.includeFiles()) {
                    new PlanPage(view, files, query).write(contents.streamId(), contents.partitions(), sink);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
    }

    private static void checkColumns(PlanQuery query, TableLookup found) {
        List<String> columns = query.columns();
        SchemaSpec schema = found.schema();
        if (columns == null || schema == null) {
            return;
        }
        for (String column : columns) {
            if (schema.fields().stream().noneMatch(field -> column.equals(field.name()))) {
                throw Refusal.of(
                                RefusalKind.INVALID_REQUEST,
                                "query parameter 'columns' names '" + column + "', which table '" + query.namespace()
                                        + "." + query.table() + "' does not have; describe the table for its columns")
                        .with("field", "columns")
                        .asException();
            }
        }
    }

    private static Contents contents(ReadView view, PlanQuery query, TableLookup found) {
        TableVersionRow version = found.version();
        Optional<StreamRow> stream = view.deltas().currentStream(version.tableId(), version.tableVersion());
        if (stream.isEmpty()) {
            throw new IllegalStateException("table " + version.tableId() + " has no stream");
        }
        List<PartitionRow> kept = new ArrayList<>();
        List<PartitionProgress> progress = new ArrayList<>();
        String streamId = stream.get().streamId();
        long after = 0;
        boolean more = true;
        while (more) {
            List<PartitionRow> page = view.deltas().partitions(streamId, after, PARTITION_PAGE);
            for (PartitionRow partition : page) {
                after = partition.partitionKey();
                Optional<PartitionProgress> state = view.deltas().progress(partition.partitionKey());
                if (state.isPresent() && isWanted(query, partition)) {
                    kept.add(partition);
                    progress.add(state.get());
                }
            }
            more = page.size() == PARTITION_PAGE;
        }
        return new Contents(streamId, kept, progress);
    }

    private static boolean isWanted(PlanQuery query, PartitionRow partition) {
        List<PlanQuery.PartitionChoice> choices = query.partitions();
        return choices == null
                || choices.stream()
                        .anyMatch(choice -> partition.partitionId().equals(choice.partitionId())
                                || partition.partitionValues().equals(choice.partitionValues()));
    }

    private ReadPlan header(ReadView view, PlanQuery query, TableLookup found, Contents contents) {
        TableVersionRow version = found.version();
        SchemaSpec schema = found.schema();
        long total = contents.files();
        long returned = query.includeFiles() ? returnedFiles(query, total) : 0;
        long next = query.fileOffset() + returned;
        boolean truncated = query.includeFiles() && next < total;
        List<String> mergeKeys = found.mergeKeys();
        boolean merge = !mergeKeys.isEmpty() && contents.needsMerge();
        TransactionReference reference = query.transaction();
        return ReadPlanBuilder.builder()
                .namespace(query.namespace())
                .table(query.table())
                .tableVersion(version.tableVersion())
                .contentType(contentType(version, contents))
                .schema(schema == null ? null : schema.fields())
                .schemaSerialized(schema == null ? null : schema.serialized())
                .schemasById(schemasById(view, version))
                .schemasSerializedById(schemasSerializedById(view, version))
                .mergeKeys(mergeKeys.isEmpty() ? null : mergeKeys)
                .partitionScheme(version.partitionScheme())
                .partitionSchemesById(SchemeHistory.partitionSchemes(view, version))
                .sortScheme(version.sortScheme())
                .sortSchemesById(SchemeHistory.sortSchemes(view, version))
                .requiresMor(merge)
                .morPlan(merge ? new MorPlan(null, List.of(), null) : null)
                .totalFiles(total)
                .totalRecords(contents.records())
                .totalBytes(contents.bytes())
                .returnedFiles(returned)
                .truncated(truncated)
                .nextFileOffset(truncated ? next : null)
                .scanTasks(List.of())
                .dataRoots(context.roots().describe())
                .credentials(Map.of())
                .snapshotId(contents.snapshotId(version))
                .expiresAt(Math.addExact(
                        context.nowNanos(), context.sessionTimeToLive().toNanos()))
                .transactionId(reference == null ? null : reference.transactionId())
                .transactionVersionSeen(reference == null ? null : versionSeen(view, reference))
                .build();
    }

    private static long returnedFiles(PlanQuery query, long total) {
        long left = Math.max(0, total - query.fileOffset());
        Long limit = query.maxFiles();
        return limit == null ? left : Math.min(left, limit);
    }

    private static @Nullable Long versionSeen(ReadView view, TransactionReference reference) {
        return view.sessions()
                .transaction(reference.transactionId())
                .map(TransactionState::transactionVersion)
                .orElse(null);
    }

    private static String contentType(TableVersionRow version, Contents contents) {
        Set<String> types = new TreeSet<>();
        contents.progress().forEach(state -> types.addAll(state.contentTypes()));
        if (types.size() == 1) {
            return types.iterator().next();
        }
        if (types.size() > 1) {
            return MIXED;
        }
        return version.properties().containsKey(DEFAULT_CONTENT_TYPE_PROPERTY)
                ? version.properties().get(DEFAULT_CONTENT_TYPE_PROPERTY).asText()
                : DEFAULT_CONTENT_TYPE;
    }

    private static Map<String, List<SchemaField>> schemasById(ReadView view, TableVersionRow version) {
        Map<String, List<SchemaField>> schemas = new LinkedHashMap<>();
        schemas(view, version).forEach((id, schema) -> schemas.put(id, schema.fields()));
        return schemas;
    }

    private static Map<String, String> schemasSerializedById(ReadView view, TableVersionRow version) {
        Map<String, String> schemas = new LinkedHashMap<>();
        schemas(view, version).forEach((id, schema) -> schemas.put(id, schema.serialized()));
        return schemas;
    }

    private static Map<String, SchemaSpec> schemas(ReadView view, TableVersionRow version) {
        Map<String, SchemaSpec> schemas = new LinkedHashMap<>();
        view.catalog()
                .schemas(version.tableId(), version.tableVersion())
                .forEach((id, schema) -> schemas.put(id.toString(), schema));
        return schemas;
    }

    /** What a plan is made of: partitions with how far each got. */
    private record Contents(String streamId, List<PartitionRow> partitions, List<PartitionProgress> progress) {
        long files() {
            return progress.stream().mapToLong(PartitionProgress::entries).sum();
        }

        long records() {
            return progress.stream().mapToLong(PartitionProgress::records).sum();
        }

        long bytes() {
            return progress.stream().mapToLong(PartitionProgress::bytes).sum();
        }

        boolean needsMerge() {
            return progress.stream().anyMatch(PartitionProgress::merges);
        }

        String snapshotId(TableVersionRow version) {
            StringBuilder contents = new StringBuilder(version.tableId())
                    .append('|')
                    .append(version.tableVersion())
                    .append('|')
                    .append(streamId);
            for (int i = 0; i < partitions.size(); i++) {
                contents.append('|')
                        .append(partitions.get(i).partitionId())
                        .append(':')
                        .append(progress.get(i).chain());
            }
            return ReplyCodec.digest(contents.toString());
        }
    }
}
