package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.catalog.PlanPages;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import java.util.function.Predicate;
import org.apache.flink.annotation.Internal;

/**
 * Searches the newest state of a table for files by their names, which are unique; servers may change the directory part
 * of a path. Costs a request per page of the plan, so it is for recovery only. Confined to one thread.
 */
@Internal
final class TableFiles {
    private final DeltaCatClient client;
    private final TableRef table;

    TableFiles(DeltaCatClient client, TableRef table) {
        this.client = requireNonNull(client, "client");
        this.table = requireNonNull(table, "table");
    }

    /**
     * Searches.
     *
     * @param names file names without directory
     * @return true if at least one is visible now
     */
    boolean containAny(Predicate<String> names) {
        ReadPlan first = client.catalog()
                .plan(
                        table,
                        PlanRequestBuilder.builder().includeColumnStats(false).build());
        if (hasAny(first, names)) {
            return true;
        }
        return first.truncated() && pagesContainAny(names);
    }

    /** Pages are plans of their own: a transaction that begins now keeps them at one snapshot. It is left to expire. */
    private boolean pagesContainAny(Predicate<String> names) {
        TransactionRef snapshot = TransactionRef.of(client.transactions()
                .begin(TransactionCreateRequestBuilder.builder()
                        .commitMessage("Search for files of table " + table + "; nothing is written")
                        .build()));
        PlanPages pages = client.catalog()
                .planPages(
                        table,
                        PlanRequestBuilder.builder()
                                .includeColumnStats(false)
                                .transaction(snapshot)
                                .build());
        while (pages.hasNext()) {
            if (hasAny(pages.next(), names)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAny(ReadPlan page, Predicate<String> names) {
        for (ScanTask task : page.scanTasks()) {
            for (DataFile file : task.files()) {
                if (names.test(nameOf(file.path()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Takes the directory off a path.
     *
     * @param path path or address of a file
     * @return what follows the last slash
     */
    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
