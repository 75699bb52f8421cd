package io.deltacat.client.read;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.read.file.FilteredBatch;
import io.deltacat.client.read.file.RowBatches;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Rows of a table whose files are read as they are, one after the other in the plan's order. Confined to one thread. */
final class PlainRows implements RowBatches {
    private final Iterator<ReadPlan> pages;
    private final StoredFiles files;
    private final FilteredBatch columns;
    private final ReadOptions options;
    private final BiPredicate<DataFile, StoredFile> wanted;
    private final Deque<StoredFile> waiting = new ArrayDeque<>();
    private @Nullable BatchReader reader;

    PlainRows(
            Iterator<ReadPlan> pages,
            StoredFiles files,
            FilteredBatch columns,
            ReadOptions limits,
            BiPredicate<DataFile, StoredFile> wanted) {
        this.pages = pages;
        this.files = files;
        this.columns = columns;
        this.options = columns.options(limits);
        this.wanted = wanted;
    }

    @Override
    public boolean nextBatch() throws IOException {
        while (true) {
            BatchReader open = reader;
            if (open == null) {
                StoredFile next = nextFile();
                if (next == null) {
                    return false;
                }
                reader = files.open(next, options);
            } else if (!open.nextBatch(columns.filled())) {
                close();
            } else if (columns.selectAll()) {
                return true;
            }
        }
    }

    private @Nullable StoredFile nextFile() {
        while (waiting.isEmpty() && pages.hasNext()) {
            ReadPlan page = pages.next();
            PlannedFiles planned = new PlannedFiles(page);
            for (ScanTask task : page.scanTasks()) {
                if (MergePlans.type(task) == DeltaType.DELETE) {
                    throw MergePlans.unsupported(
                            "table '" + page.namespace() + "." + page.table() + "' has a delete delta at position "
                                    + task.streamPosition() + " although its plan asks for no merge",
                            "Compact the table, or read it from a server that plans merges.");
                }
                for (DataFile file : task.files()) {
                    StoredFile stored = planned.stored(file);
                    if (wanted.test(file, stored)) {
                        waiting.add(stored);
                    }
                }
            }
        }
        return waiting.poll();
    }

    @Override
    public ColumnBatch batch() {
        return columns.shown();
    }

    @Override
    public int selectedCount() {
        return columns.selectedCount();
    }

    @Override
    public int selected(int index) {
        return columns.selected(index);
    }

    @Override
    public void skip(long rows) {
        columns.skip(rows);
    }

    @Override
    public void close() throws IOException {
        BatchReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
