package io.deltacat.client.write;

import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteSession;
import io.deltacat.format.batch.BatchRow;
import io.deltacat.format.batch.BatchRowAccessor;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.schema.FieldMetadata;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The files of one write: grouped by partition and sorted where the table asks for it. Confined to one thread.
 */
final class WriteFiles {
    private final WriteSession session;
    private final FileTarget target;
    private final EntryTemplate template;
    private final long sortBytes;
    private final List<WriteEntry> entries = new ArrayList<>();

    /**
     * Creates the files of a write, none yet.
     *
     * @param session the session, with the table's schemes
     * @param target where and how; its write id is replaced by one for each sink
     * @param template makes entries
     * @param sortBytes heap for rows that wait to be sorted, positive
     */
    WriteFiles(WriteSession session, FileTarget target, EntryTemplate template, long sortBytes) {
        this.session = session;
        this.target = target;
        this.template = template;
        this.sortBytes = sortBytes;
    }

    /** Opens a sink of rows; its files have these columns. */
    <R> RowSink<R> open(Schema schema, RowAccessor<R> rows) {
        FileTarget own = new FileTarget(
                target.dataDir(),
                target.storage(),
                target.format(),
                target.options(),
                target.targetBytes(),
                target.targetRecords(),
                target.maxOpenFiles(),
                FileTarget.randomWriteId());
        if (!template.sorted() || session.sortScheme() == null) {
            return new GroupedFiles<>(own, schema, rows, session.partitionScheme(), template, entries::add);
        }
        List<String> mergeKeys = session.mergeKeys() == null ? List.of() : session.mergeKeys();
        RowSink<BatchRow> files = new GroupedFiles<>(
                own, schema, new BatchRowAccessor(), session.partitionScheme(), template, entries::add);
        RowOrder order = RowOrder.of(session.sortScheme(), mergeKeys, schema);
        boolean ranked = schema.getFields().stream()
                .anyMatch(field ->
                        field.getMetadata().containsKey(FieldMetadata.MERGE_ORDER) || FieldMetadata.isEventTime(field));
        RowOrder keys = ranked ? null : RowOrder.ofKeys(mergeKeys, schema).orElse(null);
        return new SortedRows<>(schema, rows, order, keys, sortBytes, files);
    }

    /** Returns the entries of all ended files, those of one partition in the order in which they were written. */
    List<WriteEntry> entries() {
        return List.copyOf(entries);
    }

    /** Removes ended files; for a write that will never be committed. */
    void deleteFinished() {
        for (WriteEntry entry : entries) {
            String path = String.valueOf(entry.path());
            target.storage().store(path).delete(path);
        }
        entries.clear();
    }
}
