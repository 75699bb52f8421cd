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
 * Reads the rows of a partition as every reader would see them, and writes them down: merged by key where the table has merge
 * keys, else one file after the other in the order of commits. Memory is bounded: the merge's index by its options, everything
 * else by pages and batches. Confined to one thread.
 */
final class CompactionRewrite {
    private static final int DELTA_PAGE = 200;
    private static final int ENTRY_PAGE = 500;
    private static final int MOST_MERGED_FILES = 100_000;
    private static final long INDEX_BYTES = 64L << 20;

    private final Store store;
    private final FileReplies replies;
    private final StoredFiles files;
    private final CompactionInput input;
    private final Schema schema;
    private final PlannedFiles planned;
    private final BooleanSupplier stopped;

    CompactionRewrite(
            Store store, FileReplies replies, StoredFiles files, CompactionInput input, BooleanSupplier stopped) {
        this.store = store;
        this.replies = replies;
        this.files = files;
        this.input = input;
        this.schema = storedColumns(input.schema());
        this.planned = new PlannedFiles(page(input));
        this.stopped = stopped;
    }

    /** The columns that are written. */
    Schema schema() {
        return schema;
    }

    /** Writes all rows. */
    void writeTo(CompactionOutput output) throws IOException {
        if (input.merges()) {
            merge(output);
        } else {
            concatenate(output);
        }
    }

    private void merge(CompactionOutput output) throws IOException {
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
                    output.append(rows.batch(), rows.selected(i));
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

    private void concatenate(CompactionOutput output) throws IOException {
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
                if (delta.deltaType() != DeltaType.DELETE) {
                    copyDelta(delta, output);
                }
            }
            more = page.size() == DELTA_PAGE;
        }
    }

    private void copyDelta(DeltaRow delta, CompactionOutput output) throws IOException {
        long next = 0;
        boolean more = true;
        while (more) {
            List<EntryRow> page = entries(delta, next);
            for (EntryRow entry : page) {
                next = entry.ordinal() + 1;
                copyFile(stored(delta, entry), output);
            }
            more = page.size() == ENTRY_PAGE;
        }
    }

    private void copyFile(StoredFile file, CompactionOutput output) throws IOException {
        ColumnBatch batch = new ColumnBatch(schema);
        try (BatchReader reader = files.open(file, ReadOptions.columns(schema))) {
            while (reader.nextBatch(batch)) {
                requireRunning();
                for (int row = 0; row < batch.size(); row++) {
                    output.append(batch, row);
                }
            }
        }
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
    private static ReadPlan page(CompactionInput input) {
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
