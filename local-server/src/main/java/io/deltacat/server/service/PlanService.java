package io.deltacat.server.service;

import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.MorPlan;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ReadPlanBuilder;
import io.deltacat.server.machine.MergeOrderRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.TransactionState;
import io.deltacat.server.machine.scan.ScanPruning;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.TableVersionRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans reads: which files make up a table version at a snapshot (protocol/data-plane.md §2). Thread-safe. */
public final class PlanService {
    private static final String MIXED = "mixed";
    private static final String DEFAULT_CONTENT_TYPE = "parquet";
    private static final String DEFAULT_CONTENT_TYPE_PROPERTY = "default_content_type";
    private static final String HASH_BUCKETS_PROPERTY = "default_compaction_hash_bucket_count";
    private static final long DEFAULT_HASH_BUCKETS = 8;
    private static final String MERGE_INSTRUCTIONS = "Group the scan tasks by partition and walk each group in order of"
            + " stream_position. Keep the last row of each merge key, by mor_plan.sort_keys among rows of one position; a"
            + " delete removes the rows before it whose equality_field_locators match. Filter rows after the merge only.";

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
     * @param sink takes the plan; nothing of the store is held while it works
     * @throws UncheckedIOException if the sink's peer is gone
     */
    public void plan(PlanQuery query, PlanSink sink) {
        Snapshot snapshot = transactions.snapshot(query.transaction(), query.asOf());
        Begun begun = context.store().read(snapshot, view -> begin(view, query));
        PlanContents contents = begun.contents();
        try {
            sink.begin(begun.header());
            if (!query.includeFiles()) {
                sink.end(new PlanTotals(contents.files(), contents.records(), contents.bytes(), 0, false, null));
                return;
            }
            PlanWalk walk = begun.walk();
            List<PlanPiece> pieces = begun.first();
            while (!pieces.isEmpty() || !walk.isDone()) {
                for (PlanPiece piece : pieces) {
                    piece.to(sink);
                }
                pieces = walk.isDone()
                        ? List.of()
                        : context.store().read(begun.pinned(), view -> more(view, query, begun));
            }
            sink.end(
                    query.filter() == null
                            ? walk.page().totals(contents.files(), contents.records(), contents.bytes())
                            : walk.page().sums());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next pieces; a transaction must be as it was, for what it attached belongs to the plan. */
    private List<PlanPiece> more(ReadView view, PlanQuery query, Begun begun) {
        TransactionReference reference = query.transaction();
        if (reference != null
                && !Objects.equals(
                        transactions
                                .running(view.sessions(), reference.transactionId())
                                .transactionVersion(),
                        begun.header().transactionVersionSeen())) {
            throw Refusal.of(
                            RefusalKind.STALE_VERSION,
                            "transaction '" + reference.transactionId()
                                    + "' went on while its plan was read; plan again when it is at rest")
                    .with("transaction_id", reference.transactionId())
                    .asException();
        }
        return begun.walk().next(view);
    }

    /** Everything that is known before the first file is looked at. */
    private Begun begin(ReadView view, PlanQuery query) {
        TableLookup found = TableLookup.find(view, query.namespace(), query.table(), query.tableVersion());
        PlanChecks.check(query, found, context.roots());
        TableVersionRow version = found.version();
        PlanSchemas schemas = PlanSchemas.of(view, version);
        StreamRow stream = view.deltas()
                .currentStream(version.tableId(), version.tableVersion())
                .orElseThrow(() -> new IllegalStateException("table " + version.tableId() + " has no stream"));
        PlanPartitions partitions = new PlanPartitions(
                stream.streamId(),
                PlanPartitions.choices(query, found),
                pruning(query, found, schemas),
                schemas.partitionSchemes());
        PlanContents contents = PlanContents.of(view, version, partitions);
        boolean merge = !found.mergeKeys().isEmpty() && contents.needsMerge();
        PlanWalk walk = new PlanWalk(partitions, files, query, merge, found.mergeKeys());
        return new Begun(
                header(view, query, found, schemas, contents, merge),
                view.pinned(),
                contents,
                walk,
                query.includeFiles() ? walk.next(view) : List.of());
    }

    private static @Nullable ScanPruning pruning(PlanQuery query, TableLookup found, PlanSchemas schemas) {
        Filter filter = query.filter();
        return filter == null
                ? null
                : schemas.columnTypes(found.schema())
                        .map(types -> new ScanPruning(filter, types))
                        .orElse(null);
    }

    private ReadPlan header(
            ReadView view,
            PlanQuery query,
            TableLookup found,
            PlanSchemas schemas,
            PlanContents contents,
            boolean merge) {
        TableVersionRow version = found.version();
        SchemaSpec schema = found.schema();
        List<String> mergeKeys = found.mergeKeys();
        TransactionReference reference = query.transaction();
        return ReadPlanBuilder.builder()
                .namespace(query.namespace())
                .table(query.table())
                .tableVersion(version.tableVersion())
                .contentType(contentType(version, contents))
                .schema(schema == null ? null : schema.fields())
                .schemaSerialized(schema == null ? null : schema.serialized())
                .schemasById(schemas.fieldsById())
                .schemasSerializedById(schemas.serializedById())
                .mergeKeys(mergeKeys.isEmpty() ? null : mergeKeys)
                .partitionScheme(version.partitionScheme())
                .partitionSchemesById(schemas.partitionSchemes())
                .sortScheme(version.sortScheme())
                .sortSchemesById(schemas.sortSchemes())
                .requiresMor(merge)
                .morPlan(merge ? mergePlan(found) : null)
                .morInstructions(merge ? MERGE_INSTRUCTIONS : null)
                .scanTasks(List.of())
                .dataRoots(context.roots().describe())
                .credentials(query.includeFiles() ? Map.of() : null)
                .preferredRootUsed(query.preferredRoot() == null ? null : Boolean.TRUE)
                .expectedTableId(query.expectedTableId())
                .snapshotId(contents.snapshotId())
                .expiresAt(Math.addExact(
                        context.nowNanos(), context.sessionTimeToLive().toNanos()))
                .transactionId(reference == null ? null : reference.transactionId())
                .transactionVersionSeen(reference == null ? null : versionSeen(view, reference))
                .build();
    }

    /** The scan tasks of the merge are those of the plan; they are not sent twice. */
    private static MorPlan mergePlan(TableLookup found) {
        SchemaSpec schema = found.schema();
        long buckets = found.version().properties().containsKey(HASH_BUCKETS_PROPERTY)
                ? found.version().properties().get(HASH_BUCKETS_PROPERTY).asLong(DEFAULT_HASH_BUCKETS)
                : DEFAULT_HASH_BUCKETS;
        return new MorPlan(
                null,
                schema == null ? List.of() : MergeOrderRules.wireForm(MergeOrderRules.keys(schema.fields())),
                buckets);
    }

    private static @Nullable Long versionSeen(ReadView view, TransactionReference reference) {
        return view.sessions()
                .transaction(reference.transactionId())
                .map(TransactionState::transactionVersion)
                .orElse(null);
    }

    private static String contentType(TableVersionRow version, PlanContents contents) {
        if (contents.contentTypes().size() == 1) {
            return contents.contentTypes().iterator().next();
        }
        if (contents.contentTypes().size() > 1) {
            return MIXED;
        }
        return Optional.ofNullable(version.properties().get(DEFAULT_CONTENT_TYPE_PROPERTY))
                .map(value -> value.asText())
                .orElse(DEFAULT_CONTENT_TYPE);
    }

    /** A plan of which the header and the first pieces are known. */
    private record Begun(
            ReadPlan header, Snapshot pinned, PlanContents contents, PlanWalk walk, List<PlanPiece> first) {}
}
