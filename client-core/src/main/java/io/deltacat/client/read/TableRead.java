package io.deltacat.client.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.catalog.CatalogClient;
import io.deltacat.client.catalog.PlanPages;
import io.deltacat.client.catalog.PlanRequest;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.read.file.FilteredBatch;
import io.deltacat.client.read.file.RowBatches;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.client.transaction.TransactionClient;
import io.deltacat.format.file.ReadOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Configures one read of a table; obtained from {@code catalog().read(table)}. A read sees one snapshot, however many pages
 * its plan has, and one row per merge key where the table has them. Confined to one thread.
 *
 * <pre>{@code
 * try (TableRows rows = client.catalog().read(TableRef.of("sales", "orders")).columns("id", "item").openRows()) {
 *     while (rows.hasNext()) {
 *         System.out.println(rows.next());
 *     }
 * }
 * }</pre>
 */
public final class TableRead {
    private final TableRef table;
    private final CatalogClient catalog;
    private final TransactionClient transactions;
    private final StoredFiles files;
    private final PlanRequestBuilder request = PlanRequestBuilder.builder();
    private int batchRows = ReadOptions.DEFAULT_BATCH_ROWS;
    private long batchBytes = ReadOptions.DEFAULT_BATCH_BYTES;
    private long mergeBytes = MergeOptions.DEFAULT_MAX_INDEX_BYTES;
    private @Nullable Filter filter;

    /**
     * Begins a read; programs use {@code catalog().read(table)}.
     *
     * @param table table to read
     * @param catalog calls on plans
     * @param transactions calls that tell the server's time
     * @param files opens data files
     */
    public TableRead(TableRef table, CatalogClient catalog, TransactionClient transactions, StoredFiles files) {
        this.table = requireNonNull(table, "table");
        this.catalog = requireNonNull(catalog, "catalog");
        this.transactions = requireNonNull(transactions, "transactions");
        this.files = requireNonNull(files, "files");
    }

    /**
     * Reads only some columns, in the given order; all stored columns unless set.
     *
     * @param names column names
     * @return this read
     */
    public TableRead columns(String... names) {
        return columns(List.of(names));
    }

    /**
     * Reads only some columns, in the given order; all stored columns unless set.
     *
     * @param names column names
     * @return this read
     */
    public TableRead columns(List<String> names) {
        request.columns(List.copyOf(names));
        return this;
    }

    /**
     * Reads the table as it was. Commits before this time are seen.
     *
     * @param time a past time by the server's clock
     * @return this read
     */
    public TableRead asOf(Instant time) {
        request.asOf(Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()));
        return this;
    }

    /**
     * Reads in a transaction: its snapshot and its own writes.
     *
     * @param value transaction at its present version
     * @return this read
     */
    public TableRead transaction(TransactionRef value) {
        request.transaction(requireNonNull(value, "transaction"));
        return this;
    }

    /**
     * Limits how much of the table is in memory at a time.
     *
     * @param rows most rows per batch, positive
     * @param bytes about how many bytes of values per batch, positive
     * @return this read
     */
    public TableRead batchLimits(int rows, long bytes) {
        this.batchRows = rows;
        this.batchBytes = bytes;
        return this;
    }

    /**
     * Reads only the rows that satisfy a filter. The server leaves out files that cannot hold such a row; of the others,
     * rows are tested one by one, after the merge where there is one. Columns of the filter need not be read.
     *
     * @param value the filter, see {@link io.deltacat.client.filter.Filters}
     * @return this read
     */
    public TableRead where(Filter value) {
        this.filter = requireNonNull(value, "filter");
        request.filterPredicate(value.toJson());
        return this;
    }

    /**
     * Reads only some partitions. Servers before 0.1.3 do not know this and give all.
     *
     * @param values values of each partition in scheme-key order, as the plan's {@code partition_values} has them
     * @return this read
     */
    public TableRead partitions(List<? extends List<?>> values) {
        List<JsonNode> wanted = new ArrayList<>();
        for (List<?> one : values) {
            ObjectNode partition = JsonNodeFactory.instance.objectNode();
            one.forEach(partition.putArray("partition_values")::addPOJO);
            wanted.add(partition);
        }
        request.partitionFilter(wanted);
        return this;
    }

    /**
     * Limits the heap that merging the rows of a partition may take, if the table has merge keys. Where the keys of a
     * partition need more, its key columns are read several times.
     *
     * @param bytes heap in bytes, 256 MiB unless set
     * @return this read
     */
    public TableRead mergeMemory(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("Read of '" + table + "': mergeMemory is " + bytes
                    + "; expected a positive number of bytes. Leave it out for 256 MiB.");
        }
        this.mergeBytes = bytes;
        return this;
    }

    /**
     * Limits how many files one page of the plan names; the server's own limit unless set.
     *
     * @param files number of files, positive
     * @return this read
     */
    public TableRead filesPerPage(long files) {
        request.maxFiles(files);
        return this;
    }

    /**
     * Plans the read and opens it batch by batch. Files are opened one after the other as they are reached.
     *
     * @return batches the caller closes
     * @throws io.deltacat.client.NotFound if the table does not exist
     * @throws io.deltacat.client.InvalidRequest if a named column, or one of the filter, does not exist
     * @throws io.deltacat.client.Unsupported if the table needs something this client cannot read
     * @throws io.deltacat.client.DeltaCatException if planning failed
     */
    public TableBatches openBatches() {
        PlanRequest wanted = request.build();
        Pages pages = pages(wanted);
        ReadPlan first = pages.first;
        TableColumns columns = TableColumns.of(table, first, wanted.columns(), filter);
        FilteredBatch batch = new FilteredBatch(columns.stored(), columns.wanted(), filter);
        ReadOptions limits = ReadOptions.all().withBatchRows(batchRows).withBatchBytes(batchBytes);
        RowBatches rows = first.requiresMor()
                ? merged(pages, columns.stored(), batch, limits)
                : new PlainRows(pages, files, batch, limits, pruning(columns.stored()));
        return new TableBatches(table, columns.wanted(), rows);
    }

    private RowBatches merged(Pages pages, Schema stored, FilteredBatch batch, ReadOptions limits) {
        MergeOptions options = MergePlans.options(pages.first, stored, mergeBytes);
        // rows of one key satisfy a filter on the keys together or not at all, so only such a filter may leave files
        // out
        List<Field> keys = stored.getFields().stream()
                .filter(field -> options.mergeKeys().contains(field.getName()))
                .toList();
        BiPredicate<DataFile, StoredFile> mayMatch = pruning(new Schema(keys));
        PartitionDeltas.FileChoice matters =
                (type, file, opened) -> type == DeltaType.DELETE || mayMatch.test(file, opened);
        return new MergedTable(PartitionDeltas.of(pages, files, limits, matters), options, batch);
    }

    private BiPredicate<DataFile, StoredFile> pruning(Schema known) {
        return filter == null ? (file, stored) -> true : new StatisticsPruning(filter, known)::mayMatch;
    }

    /**
     * Plans the read and opens it row by row.
     *
     * @return rows the caller closes
     * @throws io.deltacat.client.DeltaCatException as {@link #openBatches()}
     */
    public TableRows openRows() {
        return new TableRows(openBatches());
    }

    /**
     * Reads all rows into memory; for tables that fit.
     *
     * @return maps from column name to Java value, as {@link VectorValues} makes them
     * @throws io.deltacat.client.DeltaCatException as {@link #openBatches()} and {@link TableBatches#next()}
     */
    public List<Map<String, @Nullable Object>> toList() {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        try (TableRows rows = openRows()) {
            while (rows.hasNext()) {
                all.add(rows.next());
            }
        }
        return all;
    }

    /** Pages of one snapshot. They are separate plans: without a pin a commit between two of them would tear it. */
    private Pages pages(PlanRequest wanted) {
        PlanRequest pinned = wanted;
        if (wanted.asOf() == null && wanted.transaction() == null) {
            ReadPlan whole = catalog.plan(table, wanted);
            if (!whole.truncated()) {
                return new Pages(whole, Collections.emptyIterator());
            }
            pinned = PlanRequestBuilder.builder(wanted).asOf(serverTime()).build();
        }
        PlanPages rest = catalog.planPages(table, pinned);
        return new Pages(rest.next(), rest);
    }

    /** The server's clock, told by a transaction that does nothing. */
    private long serverTime() {
        RemoteTransaction probe = transactions.begin(TransactionCreateRequestBuilder.builder()
                .commitMessage("tells the snapshot time of a paged read")
                .build());
        transactions.abort(probe.transactionId(), probe.transactionVersion(), "it only told the time");
        return probe.createdAt();
    }

    /** A page that was fetched already, and the ones after it. */
    private static final class Pages implements Iterator<ReadPlan> {
        private final ReadPlan first;
        private final Iterator<ReadPlan> rest;
        private boolean begun;

        private Pages(ReadPlan first, Iterator<ReadPlan> rest) {
            this.first = first;
            this.rest = rest;
        }

        @Override
        public boolean hasNext() {
            return !begun || rest.hasNext();
        }

        @Override
        public ReadPlan next() {
            if (begun) {
                return rest.next();
            }
            begun = true;
            return first;
        }
    }
}
