package io.deltacat.client.catalog;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.NotFound;
import io.deltacat.client.Page;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.http.Repeatability;
import io.deltacat.client.http.WireCall;
import io.deltacat.client.http.WireClient;
import io.deltacat.client.model.AlterNamespaceRequest;
import io.deltacat.client.model.AlterTableRequest;
import io.deltacat.client.model.AlterTableRequestBuilder;
import io.deltacat.client.model.CatalogDescription;
import io.deltacat.client.model.CatalogList;
import io.deltacat.client.model.CatalogSummary;
import io.deltacat.client.model.CreateNamespaceRequest;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.NamespaceDescription;
import io.deltacat.client.model.NamespaceExists;
import io.deltacat.client.model.NamespaceMutation;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.RetentionPolicy;
import io.deltacat.client.model.RollbackRequest;
import io.deltacat.client.model.StreamDetail;
import io.deltacat.client.model.StreamSummary;
import io.deltacat.client.model.TableCreated;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.model.TableExists;
import io.deltacat.client.model.TableMutation;
import io.deltacat.client.model.TableRenamed;
import io.deltacat.client.model.TableRolledBack;
import io.deltacat.client.model.TableSummary;
import io.deltacat.client.model.TableTruncated;
import io.deltacat.client.model.TableVersionSummary;
import io.deltacat.client.read.TableRead;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.transaction.TransactionClient;
import io.deltacat.client.transaction.WriteSessionClient;
import io.deltacat.client.write.TableWrite;
import io.deltacat.format.registry.FormatRegistry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls on catalogs, namespaces, tables, plans, streams, partitions and deltas. Each method is one request (listings: one
 * per page), blocks up to the client's request time-out per attempt, and throws a {@link DeltaCatException}. Reads are
 * retried as the client's policy says; mutations are sent once. Thread-safe and immutable.
 *
 * <p>The class is long because it is a flat list of documented calls; there is no decision in it.
 */
public final class CatalogClient {
    private final WireClient wire;
    private final StorageAccess storage;
    private final StoredFiles files;
    private final @Nullable TransactionRef transaction;

    /**
     * Creates the calls over a wire client; programs use {@code DeltaCatClient.catalog()}.
     *
     * @param wire sends the calls
     * @param storage reaches data files for {@link #read} and {@link #write}
     */
    public CatalogClient(WireClient wire, StorageAccess storage) {
        this(wire, storage, new StoredFiles(storage, FormatRegistry.load(CatalogClient.class.getClassLoader())), null);
    }

    private CatalogClient(
            WireClient wire, StorageAccess storage, StoredFiles files, @Nullable TransactionRef transaction) {
        this.wire = requireNonNull(wire, "wire");
        this.storage = requireNonNull(storage, "storage");
        this.files = files;
        this.transaction = transaction;
    }

    /**
     * Binds the calls to a transaction: reads see its snapshot and its own writes, mutations become visible with its
     * commit. Each mutation raises the transaction's version; take the new one from its reply and bind again.
     *
     * @param bound transaction at its present version
     * @return a client whose calls carry it
     */
    public CatalogClient within(TransactionRef bound) {
        return new CatalogClient(wire, storage, files, requireNonNull(bound, "bound"));
    }

    /**
     * Begins to read a table: choose columns and time, then open batches or rows. Sends nothing yet.
     *
     * @param table the table, at its current version if the reference has none
     * @return the read to configure
     */
    public TableRead read(TableRef table) {
        TableRead read = new TableRead(table, this, new TransactionClient(wire), files);
        return transaction == null ? read : read.transaction(transaction);
    }

    /**
     * Begins to write a table: choose a mode, then write rows. Sends nothing yet.
     *
     * @param table the table, at its current version if the reference has none
     * @return the write to configure
     */
    public TableWrite write(TableRef table) {
        TableWrite write = new TableWrite(table, new WriteSessionClient(wire), storage, wire.pacing(), files.formats());
        return transaction == null ? write : write.transaction(transaction);
    }

    /**
     * Gives the calls that change or look after one table: alter, rename, truncate, roll back, preview, statistics,
     * compaction, retention. Sends nothing yet.
     *
     * @param table the table, at its current version if the reference has none
     * @return the calls
     */
    public TableMaintenance maintenance(TableRef table) {
        return new TableMaintenance(wire, table, transaction);
    }

    /**
     * Lists the catalogs of the server.
     *
     * @return the catalogs the identity may see
     */
    public List<CatalogSummary> listCatalogs() {
        return wire.send(WireCall.get("v1", "catalogs"), CatalogList.class).catalogs();
    }

    /**
     * Describes a catalog.
     *
     * @param name catalog name
     * @return its roots and settings
     * @throws NotFound if there is none of this name
     */
    public CatalogDescription describeCatalog(String name) {
        return wire.send(WireCall.get("v1", "catalogs", name), CatalogDescription.class);
    }

    /**
     * Creates a namespace.
     *
     * @param request name and properties
     * @return what the server did
     * @throws Conflict if it exists
     */
    public NamespaceMutation createNamespace(CreateNamespaceRequest request) {
        return wire.send(
                mutation("POST", "v1", "namespaces").body(request),
                NamespaceMutation.class,
                reply -> Refusals.ofFlag(reply.created(), "namespace '" + request.namespace() + "' was not created"));
    }

    /**
     * Describes a namespace.
     *
     * @param namespace its name
     * @return name and properties
     * @throws NotFound if it does not exist
     */
    public NamespaceDescription describeNamespace(String namespace) {
        return wire.send(scoped(WireCall.get("v1", "namespaces", namespace)), NamespaceDescription.class);
    }

    /**
     * Asks whether a namespace exists.
     *
     * @param namespace its name
     * @return true if it exists
     */
    public boolean namespaceExists(String namespace) {
        return wire.send(scoped(WireCall.get("v1", "namespaces", namespace, "exists")), NamespaceExists.class)
                .exists();
    }

    /**
     * Lists all namespaces.
     *
     * @return all of them, over as many pages as it takes
     */
    public List<NamespaceDescription> listNamespaces() {
        return wire.sendForAllPages(token -> paged(token, "v1", "namespaces"), NamespaceDescription.class);
    }

    /**
     * Alters a namespace: given properties replace or, as null, remove; a new name takes its tables along.
     *
     * @param namespace its name
     * @param request the changes
     * @return what the server did
     * @throws NotFound if it does not exist
     * @throws io.deltacat.client.Conflict if the new name is taken
     */
    public NamespaceMutation alterNamespace(String namespace, AlterNamespaceRequest request) {
        return wire.send(
                mutation("PUT", "v1", "namespaces", namespace).body(request),
                NamespaceMutation.class,
                reply -> Refusals.ofFlag(reply.altered(), "namespace '" + namespace + "' was not altered"));
    }

    /**
     * Drops a namespace.
     *
     * @param namespace its name
     * @param contents what happens to what is in it
     * @return what the server did
     * @throws NotFound if it does not exist
     */
    public NamespaceMutation dropNamespace(String namespace, DropContents contents) {
        return wire.send(
                mutation("DELETE", "v1", "namespaces", namespace).query("purge", contents.purge()),
                NamespaceMutation.class,
                reply -> Refusals.ofFlag(reply.dropped(), "namespace '" + namespace + "' was not dropped"));
    }

    /**
     * Creates a table. The request's own table name must be the reference's.
     *
     * @param table namespace and name; its version is not used, {@code request} names it
     * @param request schema and properties
     * @return what the server did; {@code created} is false if the table existed and {@code failIfExists} is false
     * @throws Conflict if it exists and {@code failIfExists} is not false
     * @throws NotFound if the namespace is missing and {@code autoCreateNamespace} is false
     * @throws IllegalArgumentException if the two names differ
     */
    public TableCreated createTable(TableRef table, CreateTableRequest request) {
        if (!request.table().equals(table.table())) {
            throw new IllegalArgumentException("createTable: request names table '" + request.table()
                    + "', reference names '" + table + "'; expected the same. Fix one of them.");
        }
        boolean mayExist = Boolean.FALSE.equals(request.failIfExists());
        return wire.send(
                mutation("POST", "v1", "namespaces", table.namespace(), "tables")
                        .body(request),
                TableCreated.class,
                reply -> Refusals.ofFlag(reply.created() || mayExist, "table '" + table + "' was not created"));
    }

    /**
     * Describes a table.
     *
     * @param table the table, at its current version if the reference has none
     * @return the description, without counts on newer servers
     * @throws NotFound if it does not exist
     */
    public TableDescription describeTable(TableRef table) {
        return wire.send(scoped(tableCall(table)).query("table_version", table.tableVersion()), TableDescription.class);
    }

    /**
     * Describes a table with its counts of rows, bytes, files and deltas, as far as the server keeps them.
     *
     * @param table the table, at its current version if the reference has none
     * @return the description; counts may lag behind, and are null where the server does not know them
     * @throws NotFound if it does not exist
     */
    public TableDescription describeTableWithCounts(TableRef table) {
        return wire.send(
                scoped(tableCall(table))
                        .query("table_version", table.tableVersion())
                        .query("include_stats", true),
                TableDescription.class);
    }

    /**
     * Describes a table with counts that are exact at this moment. The server walks all of the table's deltas for it.
     *
     * @param table the table, at its current version if the reference has none
     * @return the description; on servers before 0.1.67 the counts are those the server keeps
     * @throws NotFound if it does not exist
     */
    public TableDescription describeTableWithExactCounts(TableRef table) {
        return wire.send(
                scoped(tableCall(table))
                        .query("table_version", table.tableVersion())
                        .query("exact_stats", true),
                TableDescription.class);
    }

    /**
     * Looks a table up.
     *
     * @param table the table, at its current version if the reference has none
     * @return the description, empty if the table does not exist
     * @throws NotFound if the server does not know the route at all
     */
    public Optional<TableDescription> findTable(TableRef table) {
        try {
            return Optional.of(describeTable(table));
        } catch (NotFound e) {
            if (e.routeMissing()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Asks whether a table exists.
     *
     * @param table the table, or one version of it
     * @return true if it exists
     */
    public boolean tableExists(TableRef table) {
        return wire.send(
                        scoped(tableCall(table, "exists")).query("table_version", table.tableVersion()),
                        TableExists.class)
                .exists();
    }

    /**
     * Lists the tables of a namespace.
     *
     * @param namespace its name
     * @return all tables, over as many pages as it takes
     */
    public List<TableSummary> listTables(String namespace) {
        return wire.sendForAllPages(token -> paged(token, "v1", "namespaces", namespace, "tables"), TableSummary.class);
    }

    /**
     * Lists the versions of a table.
     *
     * @param table the table; a version in the reference is not used
     * @return all versions, over as many pages as it takes
     */
    public List<TableVersionSummary> listTableVersions(TableRef table) {
        return wire.sendForAllPages(
                token -> paged(token, "v1", "namespaces", table.namespace(), "tables", table.table(), "versions"),
                TableVersionSummary.class);
    }

    /**
     * Drops a table with all its versions.
     *
     * @param table the table; a version in the reference is not used
     * @param contents what happens to its files
     * @return what the server did
     * @throws NotFound if it does not exist
     */
    public TableMutation dropTable(TableRef table, DropContents contents) {
        return wire.send(
                mutation("DELETE", "v1", "namespaces", table.namespace(), "tables", table.table())
                        .query("purge", contents.purge()),
                TableMutation.class,
                reply -> Refusals.ofFlag(reply.dropped(), "table '" + table + "' was not dropped"));
    }

    /**
     * Alters a table version: what the request names changes, the rest stays. Data files are not rewritten.
     *
     * @param table the table, at its current version if neither the reference nor the request names one
     * @param request the changes
     * @return what the server did
     * @throws NotFound if the table, or a column that the changes name, does not exist
     * @throws io.deltacat.client.Conflict if another transaction changes the same, or a column to add is there already
     */
    public TableMutation alterTable(TableRef table, AlterTableRequest request) {
        AlterTableRequest body = request.tableVersion() == null
                ? AlterTableRequestBuilder.builder(request)
                        .tableVersion(table.tableVersion())
                        .build()
                : request;
        return wire.send(
                mutation("PUT", "v1", "namespaces", table.namespace(), "tables", table.table())
                        .body(body),
                TableMutation.class,
                reply -> Refusals.ofFlag(reply.altered(), "table '" + table + "' was not altered"));
    }

    /**
     * Gives a table another name, and another namespace if the new name says so. Its id, versions, contents and files stay.
     *
     * @param table the table; a version in the reference is not used
     * @param newName where it goes; a version in the reference is not used
     * @return what the server did
     * @throws NotFound if the table or the new namespace does not exist
     * @throws io.deltacat.client.Conflict if the new name is taken
     */
    public TableRenamed renameTable(TableRef table, TableRef newName) {
        return wire.send(
                mutation("POST", "v1", "namespaces", table.namespace(), "tables", table.table(), "rename")
                        .query("new_name", newName.table())
                        .query("new_namespace", newName.namespace()),
                TableRenamed.class,
                reply -> Refusals.ofFlag(reply.renamed(), "table '" + table + "' was not renamed"));
    }

    /**
     * Empties a table version. What was in it stays readable as of earlier times.
     *
     * @param table the table, at its current version if the reference has none
     * @return what the server did
     * @throws NotFound if it does not exist
     */
    public TableTruncated truncateTable(TableRef table) {
        return wire.send(
                mutation("POST", "v1", "namespaces", table.namespace(), "tables", table.table(), "truncate")
                        .query("table_version", table.tableVersion()),
                TableTruncated.class,
                reply -> Refusals.ofFlag(reply.truncated(), "table '" + table + "' was not truncated"));
    }

    /**
     * Takes the contents of a table version back to what they were just before a time. Its schema, schemes and properties stay.
     * Servers refuse this inside a transaction.
     *
     * @param table the table, at its current version if the reference has none
     * @param asOf nanoseconds since the epoch, not after the server's time
     * @return what the server did
     * @throws NotFound if it does not exist
     */
    public TableRolledBack rollbackTable(TableRef table, long asOf) {
        return wire.send(
                mutation("POST", "v1", "namespaces", table.namespace(), "tables", table.table(), "rollback")
                        .query("table_version", table.tableVersion())
                        .body(new RollbackRequest(asOf, null)),
                TableRolledBack.class,
                reply -> Refusals.ofFlag(reply.rolledBack(), "table '" + table + "' was not rolled back"));
    }

    /**
     * Tells how long replaced contents of a table are kept.
     *
     * @param table the table; a version in the reference is not used
     * @return the limits that hold
     * @throws NotFound if it does not exist
     */
    public RetentionPolicy retentionPolicy(TableRef table) {
        return wire.send(
                scoped(WireCall.get("v1", "namespaces", table.namespace(), "tables", table.table(), "retention")),
                RetentionPolicy.class);
    }

    /**
     * Plans a read: which files of which deltas hold the table's rows. A plan changes nothing, so it is retried as a read.
     * A reply with {@code truncated} is one page of several; {@link #planPages} collects them.
     *
     * @param table the table, at its current version if the reference has none
     * @param request what the plan shall cover
     * @return one page of the plan
     * @throws NotFound if the table does not exist
     */
    public ReadPlan plan(TableRef table, PlanRequest request) {
        TransactionRef bound = request.transaction() == null ? transaction : request.transaction();
        WireCall call = WireCall.of(
                        "POST",
                        Repeatability.READ,
                        "v1",
                        "namespaces",
                        table.namespace(),
                        "tables",
                        table.table(),
                        "plan")
                .query("catalog", wire.options().catalog())
                .query("table_version", table.tableVersion())
                .query("as_of", request.asOf())
                .query("columns", json(request.columns()))
                .query("filter_predicate", json(request.filterPredicate()))
                .query("file_offset", request.fileOffset())
                .query("max_files", request.maxFiles())
                .query("include_column_stats", request.includeColumnStats())
                .query("include_files", request.includeFiles())
                .query("preferred_root", request.preferredRoot())
                .query("partition_filter", json(request.partitionFilter()));
        if (bound != null) {
            call.query("transaction_id", bound.transactionId())
                    .query("transaction_version", bound.transactionVersion());
        }
        return wire.send(call, ReadPlan.class);
    }

    /**
     * Plans a read page by page. Pages are separate plans, so the request has to pin them by {@code asOf} or a
     * transaction; each page is checked against the first one's {@code snapshot_id}.
     *
     * @param table the table
     * @param request what the plan shall cover, with {@code asOf} or a transaction
     * @return pages, fetched as they are asked for; to be used by one thread
     * @throws IllegalArgumentException if the request is not pinned
     */
    public PlanPages planPages(TableRef table, PlanRequest request) {
        if (request.asOf() == null && request.transaction() == null && transaction == null) {
            throw new IllegalArgumentException("planPages of '" + table
                    + "': the request has neither asOf nor transaction; expected one, since pages are planned one by one. "
                    + "Set asOf to the time to read at.");
        }
        return new PlanPages(this, table, request);
    }

    /**
     * Lists the streams of a table version.
     *
     * @param table table with its version
     * @return all streams, over as many pages as it takes
     * @throws NotFound if the table is missing, or with {@link NotFound#routeMissing()} on servers before 0.1.28
     */
    public List<StreamSummary> listStreams(TableRef table) {
        return wire.sendForAllPages(token -> paged(token, streamPath(table)), StreamSummary.class);
    }

    /**
     * Describes a stream.
     *
     * @param table table with its version
     * @param streamId the stream
     * @return its state and watermarks
     * @throws NotFound if it does not exist
     */
    public StreamDetail getStream(TableRef table, String streamId) {
        return wire.send(scoped(WireCall.get(streamPath(table, streamId))), StreamDetail.class);
    }

    /**
     * Lists the partitions of a stream.
     *
     * @param table table with its version
     * @param streamId the stream
     * @return all partitions, over as many pages as it takes
     * @throws NotFound if the stream does not exist
     */
    public List<PartitionSummary> listPartitions(TableRef table, String streamId) {
        return wire.sendForAllPages(
                token -> paged(token, streamPath(table, streamId, "partitions")), PartitionSummary.class);
    }

    /**
     * Describes a partition without its embedded deltas.
     *
     * @param table table with its version
     * @param streamId the stream
     * @param partitionId the partition
     * @return its position, revision and, if a compaction made it, its completion info
     * @throws NotFound if it does not exist
     */
    public PartitionDetail getPartition(TableRef table, String streamId, String partitionId) {
        return wire.send(
                scoped(WireCall.get(streamPath(table, streamId, "partitions", partitionId))), PartitionDetail.class);
    }

    /**
     * Lists deltas of a partition in ascending order of position, one page. The token pins the snapshot of the first page.
     *
     * @param range which deltas
     * @param pageToken token of the page before, or null for the first page
     * @return the page; its token is absent at the end
     * @throws NotFound if the partition does not exist
     */
    public Page<DeltaDetail> listDeltas(DeltaRange range, @Nullable String pageToken) {
        return wire.sendForPage(deltaCall(range, "deltas", pageToken), DeltaDetail.class);
    }

    /**
     * Lists deltas of a partition cheaply and unordered, one page. A page may be empty and still have a token; the server
     * may end the listing with a {@link Conflict} or {@link NotFound} when the partition changes, and the caller starts
     * over. Tokens of the two listings are not interchangeable.
     *
     * @param range which deltas
     * @param pageToken token of the page before, or null for the first page
     * @return the page; its token is absent at the end
     * @throws NotFound if the partition is missing, or with {@link NotFound#routeMissing()} on servers before 0.1.32
     */
    public Page<DeltaDetail> listDeltaPages(DeltaRange range, @Nullable String pageToken) {
        return wire.sendForPage(deltaCall(range, "delta-pages", pageToken), DeltaDetail.class);
    }

    /**
     * Gets one delta with its manifest.
     *
     * @param table table with its version
     * @param streamId the stream
     * @param partitionId the partition
     * @param streamPosition position of the delta
     * @return the delta
     * @throws NotFound if it does not exist
     */
    public DeltaDetail getDelta(TableRef table, String streamId, String partitionId, long streamPosition) {
        return wire.send(
                scoped(WireCall.get(streamPath(
                        table, streamId, "partitions", partitionId, "deltas", Long.toString(streamPosition)))),
                DeltaDetail.class);
    }

    private WireCall deltaCall(DeltaRange range, String listing, @Nullable String pageToken) {
        return scoped(WireCall.get(
                        streamPath(range.table(), range.streamId(), "partitions", range.partitionId(), listing)))
                .query("first_stream_position", range.firstPosition())
                .query("last_stream_position", range.lastPosition())
                .query("include_manifest", range.includeManifest())
                .query("limit", range.pageSize())
                .query("next_token", pageToken);
    }

    private static String[] streamPath(TableRef table, String... more) {
        String[] path = new String[7 + more.length + 1];
        String[] head = {
            "v1",
            "namespaces",
            table.namespace(),
            "tables",
            table.table(),
            "versions",
            table.requireVersion(),
            "streams"
        };
        System.arraycopy(head, 0, path, 0, head.length);
        System.arraycopy(more, 0, path, head.length, more.length);
        return path;
    }

    private static WireCall tableCall(TableRef table, String... more) {
        String[] path = new String[5 + more.length];
        String[] head = {"v1", "namespaces", table.namespace(), "tables", table.table()};
        System.arraycopy(head, 0, path, 0, head.length);
        System.arraycopy(more, 0, path, head.length, more.length);
        return WireCall.get(path);
    }

    private WireCall paged(@Nullable String token, String... path) {
        return scoped(WireCall.get(path)).query("next_token", token);
    }

    private WireCall mutation(String method, String... path) {
        return scoped(WireCall.of(method, Repeatability.ONCE, path)).query("operation_id", OperationIds.random());
    }

    private WireCall scoped(WireCall call) {
        call.query("catalog", wire.options().catalog());
        if (transaction != null) {
            call.query("transaction_id", transaction.transactionId())
                    .query("transaction_version", transaction.transactionVersion());
        }
        return call;
    }

    private @Nullable String json(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return wire.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("query value cannot be written as JSON: " + value, e);
        }
    }
}
