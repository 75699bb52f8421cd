package io.deltacat.client.catalog;

import io.deltacat.client.TableRef;
import io.deltacat.client.model.ReadPlan;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pages of one pinned plan, each fetched when it is asked for. A delta's files may be spread over pages. Confined to one
 * thread.
 */
public final class PlanPages implements Iterator<ReadPlan> {
    private final CatalogClient catalog;
    private final TableRef table;
    private final PlanRequest request;
    private @Nullable ReadPlan last;
    private long offset;

    PlanPages(CatalogClient catalog, TableRef table, PlanRequest request) {
        this.catalog = catalog;
        this.table = table;
        this.request = request;
        this.offset = request.fileOffset() == null ? 0 : request.fileOffset();
    }

    @Override
    public boolean hasNext() {
        return last == null || last.truncated();
    }

    /**
     * Fetches the next page. Blocks as {@link CatalogClient#plan} does.
     *
     * @return the page
     * @throws io.deltacat.client.DeltaCatException if the call failed
     * @throws IllegalStateException if the pages do not belong together although they are pinned
     */
    @Override
    public ReadPlan next() {
        if (!hasNext()) {
            throw new NoSuchElementException("plan of '" + table + "' has no more pages");
        }
        ReadPlan page = catalog.plan(
                table,
                last == null
                        ? request
                        : PlanRequestBuilder.builder(request).fileOffset(offset).build());
        if (last != null && !Objects.equals(last.snapshotId(), page.snapshotId())) {
            throw new IllegalStateException("plan of '" + table + "' moved from snapshot '" + last.snapshotId()
                    + "' to '" + page.snapshotId() + "' between two pages although it is pinned; read it again");
        }
        if (page.truncated()) {
            offset = following(page);
        }
        last = page;
        return page;
    }

    private long following(ReadPlan page) {
        Long next = page.nextFileOffset();
        if (next == null || next <= offset) {
            throw new IllegalStateException("plan of '" + table + "' is truncated and its next_file_offset is " + next
                    + "; expected more than " + offset + ". The server cannot be paged; raise maxFiles.");
        }
        return next;
    }
}
