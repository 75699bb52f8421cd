package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.flink.sink.RoutedRow;
import io.deltacat.flink.sink.RoutedTable;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.commit.FinishedFile;
import io.deltacat.flink.types.RowMapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The tables that one parallel writer has open. When there are too many, the one that waited longest for a row is closed;
 * when they hold too much memory, the largest turns it into files. Confined to the mailbox thread.
 */
@Internal
final class RoutedTables implements RecordWriter<RoutedRow> {
    private static final int ROWS_BETWEEN_LOOKS = 1024;
    private static final int MAPPINGS_PER_TABLE = 16;

    private final Opener opener;
    private final int maxOpen;
    private final long memoryBytes;
    private final Map<TableRef, OpenTable> open = new LinkedHashMap<>(16, 0.75f, true);
    private final List<FinishedFile> ended = new ArrayList<>();
    /** Where the changes of a table go on that was closed since the last barrier; as bounded as the files are. */
    private final Map<TableRef, Integer> generations = new HashMap<>();

    private int rowsUntilLook = ROWS_BETWEEN_LOOKS;

    /** Opens a table for rows of a type, after it was created or changed as the sink is told to. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens.
         *
         * @param table the table and the type of a row
         * @param generation first generation of changes
         * @return the open table, with columns that the row fits into
         */
        OpenTable open(RoutedTable table, int generation);
    }

    /** A table that rows are written to. */
    static final class OpenTable {
        private final TableWriter writer;
        private final RowType columns;
        private final Map<RowType, RowMapping> mappings = new HashMap<>();
        private @Nullable RowType recentType;
        private @Nullable RowMapping recentMapping;

        /**
         * Creates it.
         *
         * @param writer writes rows
         * @param columns type of the rows it takes
         */
        OpenTable(TableWriter writer, RowType columns) {
            this.writer = requireNonNull(writer, "writer");
            this.columns = requireNonNull(columns, "columns");
        }

        /** Returns how rows of a type become rows of this table. */
        private RowMapping mapping(RowType type) {
            RowMapping recent = recentMapping;
            if (recent != null && type == recentType) {
                return recent;
            }
            RowMapping found = mappings.get(type);
            if (found == null) {
                found = RowMapping.of(type, columns);
                if (mappings.size() >= MAPPINGS_PER_TABLE) {
                    mappings.clear();
                }
                mappings.put(type, found);
            }
            recentType = type;
            recentMapping = found;
            return found;
        }
    }

    /**
     * Creates it without open tables.
     *
     * @param opener opens tables
     * @param maxOpen tables that are open at the same time at most
     * @param memoryBytes bytes that all of them may hold
     */
    RoutedTables(Opener opener, int maxOpen, long memoryBytes) {
        this.opener = requireNonNull(opener, "opener");
        this.maxOpen = maxOpen;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public boolean write(RoutedRow routed) throws InterruptedException {
        OpenTable table = tableOf(routed.table());
        RowType type = routed.table().rowType();
        RowData row = type == null ? routed.row() : table.mapping(type).map(routed.row());
        boolean written = table.writer.write(row);
        if (--rowsUntilLook <= 0) {
            rowsUntilLook = ROWS_BETWEEN_LOOKS;
            look();
        }
        return written;
    }

    private OpenTable tableOf(RoutedTable routed) throws InterruptedException {
        OpenTable found = open.get(routed.table());
        if (found != null && fits(found, routed.rowType())) {
            return found;
        }
        if (found != null) {
            end(routed.table(), found);
        } else if (open.size() >= maxOpen) {
            Map.Entry<TableRef, OpenTable> idle = open.entrySet().iterator().next();
            end(idle.getKey(), idle.getValue());
        }
        OpenTable opened = opener.open(routed, generations.getOrDefault(routed.table(), 0));
        requireFit(routed, opened);
        open.put(routed.table(), opened);
        return opened;
    }

    private static void requireFit(RoutedTable routed, OpenTable opened) {
        RowType type = routed.rowType();
        try {
            if (type != null) {
                opened.mapping(type);
            }
        } catch (IllegalArgumentException e) {
            throw new SchemaDoesNotFit(
                    "Table " + routed.table() + ": " + e.getMessage()
                            + ". Change the type of the rows or the table, or let the sink do it: option "
                            + "'sink.schema-evolution'.",
                    e);
        }
    }

    private static boolean fits(OpenTable table, @Nullable RowType type) {
        if (type == null || type == table.recentType) {
            return true;
        }
        try {
            table.mapping(type);
            return true;
        } catch (IllegalArgumentException e) {
            // The answer is in the table's columns now: opening it again changes them, or says why not.
            return false;
        }
    }

    private void end(TableRef name, OpenTable table) throws InterruptedException {
        table.writer.relieve();
        int generation = table.writer.generation();
        ended.addAll(table.writer.finish());
        if (generation > 0) {
            generations.put(name, generation);
        }
        open.remove(name);
        try {
            table.writer.close();
        } catch (IOException e) {
            throw new IllegalStateException("table " + name + " is written, but its writer did not close", e);
        }
    }

    private void look() throws InterruptedException {
        long held = open.values().stream()
                .mapToLong(table -> table.writer.heldBytes())
                .sum();
        while (held > memoryBytes) {
            OpenTable largest = open.values().stream()
                    .max((one, other) -> Long.compare(one.writer.heldBytes(), other.writer.heldBytes()))
                    .orElseThrow();
            long before = largest.writer.heldBytes();
            largest.writer.relieve();
            long after = largest.writer.heldBytes();
            if (after >= before) {
                return;
            }
            held -= before - after;
        }
    }

    /** Returns how many tables are open. */
    int openTables() {
        return open.size();
    }

    /** Tables stay open. */
    @Override
    public List<FinishedFile> finish() throws InterruptedException {
        List<FinishedFile> files = new ArrayList<>(ended);
        for (OpenTable table : open.values()) {
            files.addAll(table.writer.finish());
        }
        ended.clear();
        generations.clear();
        return files;
    }

    @Override
    public void close() throws IOException {
        IOException failure = new IOException("Not every table of the sink could be closed");
        for (Iterator<OpenTable> tables = open.values().iterator(); tables.hasNext(); ) {
            try {
                tables.next().writer.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
            tables.remove();
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
