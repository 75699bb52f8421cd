package io.deltacat.client.write;

import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.partition.PartitionKeys;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to the files of their partition. So many files are open at a time; where more partitions are written, the file
 * that had no row for the longest time ends, and the partition gets another one later. Confined to one thread.
 *
 * @param <R> class of the rows
 */
final class GroupedFiles<R> implements RowSink<R> {
    private static final List<@Nullable Object> UNPARTITIONED = List.of();

    private final FileTarget target;
    private final Schema schema;
    private final RowAccessor<R> rows;
    private final @Nullable PartitionKeys<R> keys;
    private final EntryTemplate template;
    private final Map<List<@Nullable Object>, Group> groups = new HashMap<>();
    private final LinkedHashMap<List<@Nullable Object>, DataFileWriter<R>> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Consumer<WriteEntry> entries;
    private List<@Nullable Object> lastKey = UNPARTITIONED;
    private @Nullable DataFileWriter<R> lastWriter;

    /** A partition that has or had a file. */
    private static final class Group {
        private final int number;
        private int files;

        private Group(int number) {
            this.number = number;
        }
    }

    /**
     * Creates the files of a write.
     *
     * @param target where and how
     * @param schema columns of the files
     * @param rows how to get values out of a row
     * @param scheme partition scheme of the table, or null if it has none
     * @param template makes entries
     * @param entries told the entry of each ended file
     * @throws io.deltacat.client.partition.PartitionTransformException if the scheme does not fit the columns
     */
    GroupedFiles(
            FileTarget target,
            Schema schema,
            RowAccessor<R> rows,
            @Nullable PartitionScheme scheme,
            EntryTemplate template,
            Consumer<WriteEntry> entries) {
        this.target = target;
        this.schema = schema;
        this.rows = rows;
        this.keys = scheme == null || scheme.keys().isEmpty() ? null : PartitionKeys.of(scheme, schema, rows);
        this.template = template;
        this.entries = entries;
    }

    @Override
    public void append(R row) {
        List<@Nullable Object> key = keys == null ? UNPARTITIONED : keys.of(row);
        DataFileWriter<R> writer = lastWriter;
        if (writer == null || !key.equals(lastKey)) {
            writer = writerOf(key);
            lastKey = key;
            lastWriter = writer;
        }
        writer.append(row);
    }

    private DataFileWriter<R> writerOf(List<@Nullable Object> key) {
        DataFileWriter<R> writer = open.get(key);
        if (writer != null) {
            return writer;
        }
        if (open.size() >= target.maxOpenFiles()) {
            Iterator<Map.Entry<List<@Nullable Object>, DataFileWriter<R>>> oldest =
                    open.entrySet().iterator();
            Map.Entry<List<@Nullable Object>, DataFileWriter<R>> ended = oldest.next();
            end(ended.getKey(), ended.getValue());
            oldest.remove();
        }
        Group group = groups.computeIfAbsent(key, any -> new Group(groups.size()));
        DataFileWriter<R> opened = new DataFileWriter<>(
                target,
                keys == null ? -1 : group.number,
                group.files,
                schema,
                rows,
                (location, stats) -> entries.accept(template.entry(location, stats, keys == null ? null : key)));
        open.put(key, opened);
        return opened;
    }

    private void end(List<@Nullable Object> key, DataFileWriter<R> writer) {
        writer.endFile();
        Group group = groups.get(key);
        if (group != null) {
            group.files = writer.files();
        }
    }

    @Override
    public void endFiles() {
        open.forEach(this::end);
        open.clear();
        lastWriter = null;
    }

    @Override
    public void close() {
        lastWriter = null;
        List<DataFileWriter<R>> unfinished = new ArrayList<>(open.values());
        open.clear();
        unfinished.forEach(DataFileWriter::close);
    }
}
