package io.deltacat.client.read.merge;

import io.deltacat.client.model.DeltaType;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Decides which rows of the deltas of one partition are alive (protocol/data-plane.md §2.5).
 *
 * <p>Deltas are walked from the newest to the oldest, reading key columns only. The first row met of a merge key wins
 * and every older one is dead; within a delta the last row wins, by order keys first. Deletes kill the older rows whose
 * equality columns match. Each set of equality columns needs a walk of its own; where the index of a walk outgrows its
 * bound, the keys are split by hash and the other half is walked later. Marking a row dead twice is harmless, so a
 * walk that splits half way keeps what it has decided.
 *
 * <p>May block on storage. Confined to one thread.
 *
 * <p>Whoever has the deltas of a partition, however it got them, reads its rows so:
 *
 * <pre>{@code
 * MergeFile file = MergeFile.of(new StoredFile(path, "parquet", null, null), storedFiles, ReadOptions.all());
 * MergeDelta delta = new MergeDelta(DeltaType.UPSERT, position, List.of(), List.of(file));
 * MergeOptions options = new MergeOptions(schema, List.of("id"), List.of(), MergeOptions.DEFAULT_MAX_INDEX_BYTES);
 * try (MergedRows rows = PartitionMerge.merge(List.of(delta, ...), options).rows(columns, filter)) {
 *     rows.skip(rowsReadBefore);
 *     while (rows.nextBatch()) {
 *         for (int i = 0; i < rows.selectedCount(); i++) {
 *             use(rows.batch(), rows.selected(i));
 *         }
 *     }
 * }
 * }</pre>
 */
public final class PartitionMerge {
    private final List<MergeDelta> deltas;
    private final MergeOptions options;
    private final List<DeadRows> dead;

    private PartitionMerge(List<MergeDelta> deltas, MergeOptions options) {
        this.deltas = deltas;
        this.options = options;
        this.dead =
                deltas.stream().map(delta -> new DeadRows(delta.files().size())).toList();
    }

    /**
     * Merges the deltas of one partition.
     *
     * @param deltas all deltas of the partition in the snapshot, in any order; those of one position keep their order
     * @param options keys, order and memory
     * @return the rows that are alive
     * @throws IOException if the storage fails; the merge may be repeated
     * @throws MergeException if the deltas cannot be merged as described; do not repeat
     */
    public static MergedPartition merge(List<MergeDelta> deltas, MergeOptions options) throws IOException {
        List<MergeDelta> ordered = new ArrayList<>(deltas);
        ordered.sort(Comparator.comparingLong(MergeDelta::position));
        PartitionMerge merge = new PartitionMerge(ordered, options);
        for (List<String> columns : merge.equalityColumns()) {
            merge.walkAll(columns);
        }
        return new MergedPartition(ordered, merge.dead, options.schema());
    }

    /** The distinct column lists that rows are matched by: the merge keys and those of each delete. */
    private Set<List<String>> equalityColumns() {
        Set<List<String>> columns = new LinkedHashSet<>();
        if (!options.mergeKeys().isEmpty()) {
            columns.add(options.mergeKeys());
        }
        for (MergeDelta delta : deltas) {
            if (delta.type() == DeltaType.DELETE) {
                columns.add(equalityColumns(delta));
            }
        }
        return columns;
    }

    private List<String> equalityColumns(MergeDelta delete) {
        List<String> columns = delete.equalityColumns().isEmpty() ? options.mergeKeys() : delete.equalityColumns();
        if (columns.isEmpty()) {
            throw new MergeException(
                    "the delete delta at stream position " + delete.position()
                            + " names no equality columns and the table has no merge keys; it cannot say which rows it deletes");
        }
        return columns;
    }

    private void walkAll(List<String> columns) throws IOException {
        Deque<KeyClass> pending = new ArrayDeque<>();
        pending.push(KeyClass.ALL);
        while (!pending.isEmpty()) {
            new Walk(columns, pending).run();
        }
    }

    private Schema schemaOf(List<String> columns) {
        List<Field> fields = new ArrayList<>(columns.size());
        for (String column : columns) {
            fields.add(options.schema().getFields().stream()
                    .filter(field -> field.getName().equals(column))
                    .findFirst()
                    .orElseThrow(() -> new MergeException("key or order column '" + column
                            + "' is not in the table's schema, which has "
                            + options.schema().getFields().stream()
                                    .map(Field::getName)
                                    .toList())));
        }
        return new Schema(fields);
    }

    /** One walk from the newest delta to the oldest, for one list of columns and one class of keys. */
    private final class Walk {
        private final List<String> keys;
        private final boolean dedupes;
        private final int[] orderColumns;
        private final Schema schema;
        private final Deque<KeyClass> pending;
        private final KeyIndex index;
        private final KeyBytes rankBytes = new KeyBytes();
        private final ColumnBatch batch;
        private KeyClass keyClass;

        Walk(List<String> keys, Deque<KeyClass> pending) {
            this.keys = keys;
            this.dedupes = keys.equals(options.mergeKeys());
            this.pending = pending;
            this.keyClass = pending.pop();
            List<String> columns = new ArrayList<>(keys);
            int orders = dedupes ? options.orderKeys().size() : 0;
            orderColumns = new int[orders];
            for (int i = 0; i < orders; i++) {
                orderColumns[i] = columns.size();
                columns.add(options.orderKeys().get(i).column());
            }
            schema = schemaOf(columns);
            index = new KeyIndex(schema.getFields().subList(0, keys.size()), orders > 0);
            batch = new ColumnBatch(schema);
        }

        void run() throws IOException {
            int oldest = 0;
            while (oldest < deltas.size() && deltas.get(oldest).type() == DeltaType.DELETE) {
                oldest++;
            }
            for (int d = deltas.size() - 1; d >= 0; d--) {
                index.startDelta();
                MergeDelta delta = deltas.get(d);
                if (delta.type() == DeltaType.DELETE) {
                    if (equalityColumns(delta).equals(keys)) {
                        for (MergeFile file : delta.files()) {
                            readDeletes(file);
                        }
                    }
                } else if (dedupes || index.table().entries() > 0) {
                    boolean decided = d == oldest && dedupes && readAscending(delta, dead.get(d));
                    if (!decided) {
                        readRows(delta, dead.get(d));
                    }
                }
            }
        }

        private void readDeletes(MergeFile file) throws IOException {
            try (BatchReader reader = file.open(ReadOptions.columns(schema))) {
                while (reader.nextBatch(batch)) {
                    prepare(file);
                    for (int row = 0; row < batch.size(); row++) {
                        index.table().select(row);
                        if (keyClass.contains(index.table().hash())
                                && index.table().find() == KeyTable.ABSENT) {
                            index.addDeleted();
                        }
                    }
                }
            }
        }

        /**
         * Reads the oldest rows without adding their keys to the index, which nobody asks for afterwards, as long as the
         * keys ascend and so need not be compared with each other. This spares most of the memory where a large sorted
         * delta lies below small ones. Returns whether all of them did; if not, the rows must be read again.
         */
        private boolean readAscending(MergeDelta delta, DeadRows deadRows) throws IOException {
            KeyTable table = index.table();
            table.startOrder();
            for (int f = 0; f < delta.files().size(); f++) {
                long ordinal = deadRows.fileStart(f);
                try (BatchReader reader = delta.files().get(f).open(ReadOptions.columns(schema))) {
                    while (reader.nextBatch(batch)) {
                        table.load(batch);
                        for (int row = 0; row < batch.size(); row++) {
                            table.select(row);
                            if (!table.ascends()) {
                                return false;
                            }
                            if (keyClass.contains(table.hash()) && table.find() != KeyTable.ABSENT) {
                                deadRows.kill(ordinal + row);
                            }
                        }
                        ordinal += batch.size();
                    }
                }
                deadRows.endFile(f, ordinal - deadRows.fileStart(f));
            }
            return true;
        }

        private void readRows(MergeDelta delta, DeadRows deadRows) throws IOException {
            for (int f = 0; f < delta.files().size(); f++) {
                MergeFile file = delta.files().get(f);
                long ordinal = deadRows.fileStart(f);
                try (BatchReader reader = file.open(ReadOptions.columns(schema))) {
                    while (reader.nextBatch(batch)) {
                        prepare(file);
                        for (int row = 0; row < batch.size(); row++) {
                            decide(row, ordinal + row, deadRows);
                        }
                        ordinal += batch.size();
                    }
                }
                deadRows.endFile(f, ordinal - deadRows.fileStart(f));
            }
        }

        private void decide(int row, long ordinal, DeadRows deadRows) {
            index.table().select(row);
            if (!keyClass.contains(index.table().hash())) {
                return;
            }
            int entry = index.table().find();
            if (entry == KeyTable.ABSENT) {
                if (dedupes) {
                    index.add(ordinal, orderColumns.length == 0 ? null : rank(row));
                }
            } else if (index.isNewer(entry)) {
                deadRows.kill(ordinal);
            } else if (orderColumns.length == 0) {
                deadRows.kill(index.winner(entry));
                index.setWinner(entry, ordinal, null);
            } else {
                byte[] rank = rank(row);
                if (Arrays.compareUnsigned(rank, index.rank(entry)) >= 0) {
                    deadRows.kill(index.winner(entry));
                    index.setWinner(entry, ordinal, rank);
                } else {
                    deadRows.kill(ordinal);
                }
            }
        }

        private byte[] rank(int row) {
            rankBytes.clear();
            for (int i = 0; i < orderColumns.length; i++) {
                rankBytes.appendOrdered(
                        batch.column(orderColumns[i]),
                        row,
                        options.orderKeys().get(i).descending());
            }
            return rankBytes.copy();
        }

        /** Makes room for the keys of a batch before they are added. */
        private void prepare(MergeFile file) {
            index.table().load(batch);
            long bound = indexBound(file);
            // the rows of a class are its share of the batch; a batch that has more of them is made up for by the next
            while (index.bytesWith(batch.size() / keyClass.modulus()) > bound
                    && index.table().entries() > 1) {
                if (keyClass.modulus() == KeyClass.MAX_MODULUS) {
                    throw tooSmall(
                            file, "the keys need more even when split into " + KeyClass.MAX_MODULUS + " classes");
                }
                pending.push(keyClass.upper());
                keyClass = keyClass.lower();
                index.keep(keyClass);
            }
        }
    }

    /** What the marks of dead rows leave of the memory, and a quarter of it in any case. */
    private long indexBound(MergeFile file) {
        long marks = dead.stream().mapToLong(DeadRows::bytes).sum();
        if (marks > options.maxIndexBytes()) {
            throw tooSmall(file, "the marks of dead rows alone, one bit per row, take " + marks + " bytes");
        }
        return Math.max(options.maxIndexBytes() - marks, options.maxIndexBytes() / 4);
    }

    private MergeException tooSmall(MergeFile file, String reason) {
        return new MergeException("the partition of '" + file.location() + "' cannot be merged within "
                + options.maxIndexBytes() + " bytes: " + reason + "; raise the memory for merge-on-read");
    }
}
