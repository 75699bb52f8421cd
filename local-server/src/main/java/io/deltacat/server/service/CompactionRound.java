package io.deltacat.server.service;

import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.registry.ContentType;
import io.deltacat.format.registry.FormatRegistry;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compacts one partition: reads its rows as readers see them, writes them anew, and commits the outcome. Thread-safe. */
final class CompactionRound {
    private static final Logger LOG = LoggerFactory.getLogger(CompactionRound.class);
    private static final int ATTEMPTS = 3;

    private final ServiceContext context;
    private final FileReplies replies;
    private final StoredFiles files;
    private final CompactionCommit commit;
    private final BooleanSupplier stopped;

    CompactionRound(ServiceContext context, BooleanSupplier stopped) {
        this.context = context;
        this.replies = new FileReplies(context.roots());
        this.files =
                new StoredFiles(StorageAccess.standard(), FormatRegistry.load(CompactionRound.class.getClassLoader()));
        this.commit = new CompactionCommit(context);
        this.stopped = stopped;
    }

    /**
     * Compacts a partition if that is due.
     *
     * @param partitionKey the partition
     * @param asked whether somebody asked for it; else the table's counters decide
     * @return true if it was compacted
     * @throws IOException if a file cannot be read or written
     */
    boolean run(long partitionKey, boolean asked) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<PartitionInput> found = context.store()
                    .read(Snapshot.latest(), view -> PartitionInput.find(view, partitionKey))
                    .filter(input -> input.isDue(asked));
            if (found.isEmpty()) {
                return false;
            }
            switch (compact(found.get())) {
                case DONE -> {
                    return true;
                }
                case GONE -> {
                    return false;
                }
                case OVERTAKEN ->
                    LOG.info(
                            "compaction=overtaken partition_id={} attempt={}",
                            found.get().partition().partitionId(),
                            attempt + 1);
            }
        }
        return false;
    }

    private CompactionCommit.Outcome compact(PartitionInput input) throws IOException {
        long started = System.nanoTime();
        FileFormat format = format(input);
        PartitionRows rows = new PartitionRows(context.store(), replies, files, input, stopped);
        Path directory = context.roots()
                .managedRoot()
                .resolve(DataRoots.relativeDirectory(
                        input.table().namespace(), input.table().name(), "compaction-" + context.newId()));
        CompactionOutput output = new CompactionOutput(
                format, rows.schema(), directory, input.settings().recordsPerFile());
        CompactionCommit.Outcome outcome = CompactionCommit.Outcome.GONE;
        List<EntryRow> entries = List.of();
        try {
            rows.forEach((batch, row) -> {
                output.append(batch, row);
                return true;
            });
            entries = output.finish(input, context.roots()::toStored);
            outcome = commit.commit(input, format.name(), entries);
        } finally {
            if (outcome != CompactionCommit.Outcome.DONE) {
                output.discard();
            }
        }
        LOG.info(
                "compaction={} namespace={} table={} version={} partition_id={} deltas={} files_in={} files_out={}"
                        + " records_in={} records_out={} millis={}",
                outcome,
                input.table().namespace(),
                input.table().name(),
                input.version().tableVersion(),
                input.partition().partitionId(),
                input.progress().revision(),
                input.progress().entries(),
                entries.size(),
                input.progress().records(),
                entries.stream().mapToLong(EntryRow::recordCount).sum(),
                (System.nanoTime() - started) / 1_000_000);
        return outcome;
    }

    /** The format of the files that are there; Parquet where they are of several, or of one that cannot be written. */
    private FileFormat format(PartitionInput input) {
        List<String> types = input.progress().contentTypes();
        return types.size() == 1
                ? files.formats().format(types.get(0))
                : files.formats().format(ContentType.PARQUET.wireName());
    }
}
