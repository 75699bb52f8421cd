package io.deltacat.server.service;

import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ReadPlanBuilder;
import io.deltacat.client.read.PlannedFiles;
import io.deltacat.client.read.file.RowBatches;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.read.merge.MergeDelta;
import io.deltacat.client.read.merge.MergeFile;
import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.client.read.merge.PartitionMerge;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.server.machine.MergeOrderRules;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.Store;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads the rows of a partition as every reader would see them: merged by key where the table has merge keys, else one file after
 * the other in the order of commits. Memory is bounded: the merge's index by its options, everything
 * else by pages and batches. Confined to one thread.
 */
final class PartitionRows {
    private static final int DELTA_PAGE = 200;
    private static final int ENTRY_PAGE = 500;
    private static final int MOST_MERGED_FILES = 100_000;
    private static final long INDEX_BYTES = 64L << 20;

    private final Store store;
    private final FileReplies replies;
    private final StoredFiles files;
    private final PartitionInput input;
    private final Schema schema;
    private final PlannedFiles planned;
    private final BooleanSupplier stopped;

    PartitionRows(Store store, FileReplies replies, StoredFiles files, PartitionInput input, BooleanSupplier stopped) {
        this.store = store;
        this.replies = replies;
        this.files = files;
        this.input = input;
        this.schema = storedColumns(input.schema());
        this.planned = new PlannedFiles(page(input));
        this.stopped = stopped;
    }

    /** The stored columns. */
    Schema schema() {
        return schema;
    }

    /** Takes rows, one after the other. */
    @FunctionalInterface
    interface Sink {
        /** Takes a row; false if no more are wanted. */
        boolean take(ColumnBatch batch, int row) throws IOException;
    }

    /** Hands all rows out, until the sink wants no more. */
    void forEach(Sink sink) throws IOException {
        if (input.merges()) {
            merge(sink);
        } else {
            concatenate(sink);
        }
    }

    private void merge(Sink sink) throws IOException {
        List<MergeDelta> deltas = new ArrayList<>();
        long files = 0;
        long position = -1;
        boolean more = true;
        while (more) {
            long first = position + 1;
            List<DeltaRow> page = store.read(
                    input.snapshot(), view -> view.deltas().deltasByPosition(key(), first, Long.MAX_VALUE, DELTA_PAGE));
            for (DeltaRow delta : page) {
                position = delta.streamPosition();
                files += delta.entryCount();
                if (files > MOST_MERGED_FILES) {
                    throw new IOException("the partition has more than " + MOST_MERGED_FILES
                            + " files to merge; lower appended_file_count_compaction_trigger");
                }
                deltas.add(new MergeDelta(
                        delta.deltaType(), delta.streamPosition(), delta.equalityFields(), mergeFiles(delta)));
            }
            more = page.size() == DELTA_PAGE;
        }
        MergeOptions options = new MergeOptions(
                schema,
                input.schema().mergeKeys(),
                MergeOrderRules.keys(input.schema().fields()),
                INDEX_BYTES);
        try (RowBatches rows = PartitionMerge.merge(deltas, options).rows(schema)) {
            while (rows.nextBatch()) {
                requireRunning();
                for (int i = 0; i < rows.selectedCount(); i++) {
                    if (!sink.take(rows.batch(), rows.selected(i))) {
                        return;
                    }
                }
            }
        }
    }

    private List<MergeFile> mergeFiles(DeltaRow delta) {
        List<MergeFile> merged = new ArrayList<>();
        long next = 0;
        boolean more = true;
        while (more) {
            List<EntryRow> page = entries(delta, next);
            for (EntryRow entry : page) {
                next = entry.ordinal() + 1;
                merged.add(MergeFile.of(stored(delta, entry), files, ReadOptions.all()));
            }
            more = page.size() == ENTRY_PAGE;
        }
        return merged;
    }

    private void concatenate(Sink sink) throws IOException {
        long afterTime = -1;
        long afterPosition = 0;
        boolean more = true;
        while (more) {
            long time = afterTime;
            long position = afterPosition;
            List<DeltaRow> page = store.read(
                    input.snapshot(), view -> view.deltas().deltasByCommit(key(), time, position, DELTA_PAGE));
            for (DeltaRow delta : page) {
                afterTime = delta.createdAt();
                afterPosition = delta.streamPosition();
                if (delta.deltaType() != DeltaType.DELETE && !readDelta(delta, sink)) {
                    return;
                }
            }
            more = page.size() == DELTA_PAGE;
        }
    }

    private boolean readDelta(DeltaRow delta, Sink sink) throws IOException {
        long next = 0;
        boolean more = true;
        while (more) {
            List<EntryRow> page = entries(delta, next);
            for (EntryRow entry : page) {
                next = entry.ordinal() + 1;
                if (!readFile(stored(delta, entry), sink)) {
                    return false;
                }
            }
            more = page.size() == ENTRY_PAGE;
        }
        return true;
    }

    private boolean readFile(StoredFile file, Sink sink) throws IOException {
        ColumnBatch batch = new ColumnBatch(schema);
        try (BatchReader reader = files.open(file, ReadOptions.columns(schema))) {
            while (reader.nextBatch(batch)) {
                requireRunning();
                for (int row = 0; row < batch.size(); row++) {
                    if (!sink.take(batch, row)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void requireRunning() throws InterruptedIOException {
        if (stopped.getAsBoolean()) {
            throw new InterruptedIOException("the server stops; the compaction is given up");
        }
    }

    private List<EntryRow> entries(DeltaRow delta, long from) {
        return store.read(input.snapshot(), view -> view.deltas().entries(delta.deltaKey(), from, ENTRY_PAGE));
    }

    private StoredFile stored(DeltaRow delta, EntryRow entry) {
        return planned.stored(replies.file(entry, delta.manifestId(), delta.contentType(), false, null, false));
    }

    private long key() {
        return input.partition().partitionKey();
    }

    /** Just as much of a plan as says how files are to be read. */
    private static ReadPlan page(PartitionInput input) {
        Map<String, String> serialized = new LinkedHashMap<>();
        input.schemas().forEach((id, schema) -> serialized.put(id, schema.serialized()));
        return ReadPlanBuilder.builder()
                .namespace(input.table().namespace())
                .table(input.table().name())
                .contentType("")
                .scanTasks(List.of())
                .schema(input.schema().fields())
                .schemaSerialized(input.schema().serialized())
                .schemasSerializedById(serialized)
                .build();
    }

    private static Schema storedColumns(SchemaSpec spec) {
        Schema all = ArrowSchemas.fromBase64(spec.serialized());
        return new Schema(
                all.getFields().stream()
                        .filter(field -> !FieldMetadata.isComputed(field))
                        .toList(),
                all.getCustomMetadata());
    }
}
