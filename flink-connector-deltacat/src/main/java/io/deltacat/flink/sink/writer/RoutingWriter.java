package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.TableRouter;
import io.deltacat.flink.sink.commit.FinishedFile;
import java.io.IOException;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Writes each record to the table that a router names. Confined to the mailbox thread.
 *
 * @param <T> class of the records
 */
@Internal
final class RoutingWriter<T> implements RecordWriter<T> {
    private final TableRouter<T> router;
    private final RoutedTables tables;

    RoutingWriter(TableRouter<T> router, RoutedTables tables) {
        this.router = requireNonNull(router, "router");
        this.tables = requireNonNull(tables, "tables");
    }

    @Override
    public boolean write(T record) throws InterruptedException {
        return tables.write(router.route(record));
    }

    @Override
    public List<FinishedFile> finish() throws InterruptedException {
        return tables.finish();
    }

    @Override
    public void close() throws IOException {
        tables.close();
    }
}
