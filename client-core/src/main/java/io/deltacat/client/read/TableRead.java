package io.deltacat.client.read;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.catalog.CatalogClient;
import io.deltacat.client.catalog.PlanPages;
import io.deltacat.client.catalog.PlanRequest;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.transaction.TransactionClient;
import io.deltacat.format.file.ReadOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configures one read of a table; obtained from {@code catalog().read(table)}. A read sees one snapshot, however many pages
 * its plan has. Confined to one thread.
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
    private final StorageAccess storage;
    private final PlanRequestBuilder request = PlanRequestBuilder.builder();
    private int batchRows = ReadOptions.DEFAULT_BATCH_ROWS;
    private long batchBytes = ReadOptions.DEFAULT_BATCH_BYTES;

    /**
     * Begins a read; programs use {@code catalog().read(table)}.
     *
     * @param table table to read
     * @param catalog calls on plans
     * @param transactions calls that tell the server's time
     * @param storage where files are
     */
    public TableRead(TableRef table, CatalogClient catalog, TransactionClient transactions, StorageAccess storage) {
        this.table = requireNonNull(table, "table");
        this.catalog = requireNonNull(catalog, "catalog");
        this.transactions = requireNonNull(transactions, "transactions");
        this.storage = requireNonNull(storage, "storage");
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
     * @throws io.deltacat.client.InvalidRequest if a named column does not exist
     * @throws io.deltacat.client.Unsupported if the table needs something this client cannot read
     * @throws io.deltacat.client.DeltaCatException if planning failed
     */
    public TableBatches openBatches() {
        PlanRequest wanted = request.build();
        Pages pages = pages(wanted);
        ReadOptions options = ReadOptions.columns(ScanFiles.columns(table, pages.first, wanted.columns()))
                .withBatchRows(batchRows)
                .withBatchBytes(batchBytes);
        return new TableBatches(table, pages, storage, options);
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
