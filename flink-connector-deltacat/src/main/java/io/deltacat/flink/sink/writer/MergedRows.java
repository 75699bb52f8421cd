package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.flink.sink.commit.DeltaMode;
import io.deltacat.flink.sink.commit.DeltaTarget;
import io.deltacat.flink.sink.commit.FinishedFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.RowType;

/**
 * Changes of a table with merge keys: of all operations on a key, the last one counts. They are kept in a buffer; when it
 * is full, and at a barrier, it becomes a generation: one delta that deletes and one that merges. Within a generation no
 * key is in both, and later generations have higher sequence numbers, so that the server applies them in order. All
 * operations on one key must come to one writer. Confined to the mailbox thread.
 */
@Internal
final class MergedRows implements TableRows {
    private final TableRef table;
    private final String format;
    private final RowKeys keys;
    private final RowDataSerializer rows;
    private final UpsertBuffer buffer;
    private final FileFinisher finisher;
    private final DataFiles<RowData> merges;
    private final DataFiles<RowData> deletes;
    private int generation;

    /**
     * Makes the files of one kind of delta.
     *
     * <p>It is asked for the current target whenever a file is opened.
     */
    interface Files extends Function<Supplier<DeltaTarget>, DataFiles<RowData>> {}

    /**
     * Creates the rows of one writer.
     *
     * @param table table that is written
     * @param format short content type of the files
     * @param rowType type of the rows
     * @param keys takes the merge keys out of rows
     * @param bufferBytes bytes that operations may take before they become a generation
     * @param firstGeneration number of the first generation until the next barrier; above 0 if another object wrote the
     *     table since the last one
     * @param finisher finishes files of both kinds
     * @param merges makes files for whole rows
     * @param deletes makes files for keys
     */
    MergedRows(
            TableRef table,
            String format,
            RowType rowType,
            RowKeys keys,
            long bufferBytes,
            int firstGeneration,
            FileFinisher finisher,
            Files merges,
            Files deletes) {
        this.table = requireNonNull(table, "table");
        this.format = requireNonNull(format, "format");
        this.keys = requireNonNull(keys, "keys");
        this.rows = new RowDataSerializer(rowType);
        this.buffer = new UpsertBuffer(bufferBytes, keys.type().getFieldCount(), rowType.getFieldCount());
        this.generation = firstGeneration;
        this.finisher = requireNonNull(finisher, "finisher");
        this.merges = merges.apply(() -> target(DeltaMode.MERGE, 2 * generation + 1));
        this.deletes = deletes.apply(() -> target(DeltaMode.DELETE, 2 * generation));
    }

    private DeltaTarget target(DeltaMode mode, int sequence) {
        return new DeltaTarget(table, mode, format, sequence);
    }

    @Override
    public void write(RowData row) throws InterruptedException {
        switch (row.getRowKind()) {
            case INSERT, UPDATE_AFTER -> upsert(keys.of(row), rows.toBinaryRow(row));
            case DELETE -> delete(keys.of(row));
            // The row that follows takes the place of this one.
            case UPDATE_BEFORE -> {}
        }
    }

    private void upsert(BinaryRowData key, BinaryRowData row) throws InterruptedException {
        if (!buffer.upsert(key, row)) {
            seal();
            requireTaken(buffer.upsert(key, row));
        }
    }

    private void delete(BinaryRowData key) throws InterruptedException {
        if (!buffer.delete(key)) {
            seal();
            requireTaken(buffer.delete(key));
        }
    }

    private void requireTaken(boolean taken) {
        if (!taken) {
            throw new IllegalStateException("the empty change buffer of table " + table + " took no row");
        }
    }

    private void seal() throws InterruptedException {
        if (buffer.size() == 0) {
            return;
        }
        buffer.visit(new UpsertBuffer.Visitor() {
            @Override
            public void upsert(BinaryRowData row) throws InterruptedException {
                merges.append(row);
            }

            @Override
            public void delete(BinaryRowData key) throws InterruptedException {
                deletes.append(key);
            }
        });
        deletes.endAll();
        merges.endAll();
        buffer.clear();
        generation++;
    }

    @Override
    public long heldBytes() {
        return buffer.heldBytes() + merges.heldBytes() + deletes.heldBytes();
    }

    @Override
    public void relieve() throws InterruptedException {
        seal();
    }

    @Override
    public int generation() {
        return generation;
    }

    @Override
    public List<FinishedFile> finish() throws InterruptedException {
        seal();
        generation = 0;
        return finisher.takeAll();
    }

    @Override
    public void close() throws IOException {
        try (deletes) {
            merges.close();
        }
    }
}
