package io.deltacat.client.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.Unsupported;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.transaction.WriteSessionClient;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.registry.FormatRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Configures one write to a table; obtained from {@code catalog().write(table)}. Confined to one thread.
 *
 * <pre>{@code
 * WriteOutcome outcome = client.catalog().write(TableRef.of("sales", "orders"))
 *         .mode(WriteMode.APPEND)
 *         .rows(List.of(Map.of("id", 1L, "item", "pen")));
 * }</pre>
 */
public final class TableWrite {
    /** Size at which a file is finished and the next one begun unless set otherwise. */
    public static final long DEFAULT_TARGET_FILE_BYTES = 256L << 20;

    /** Heap for rows that wait to be sorted, in tables with a sort scheme, unless set otherwise. */
    public static final long DEFAULT_SORT_BYTES = 64L << 20;

    /** Files open at a time, in partitioned tables, unless set otherwise. */
    public static final int DEFAULT_MAX_OPEN_FILES = 32;

    private final TableRef table;
    private final WriteSessionClient sessions;
    private final StorageAccess storage;
    private final Pacing pacing;
    private final FormatRegistry formats;
    private final WriteSettingsBuilder settings;

    /**
     * Begins a write; programs use {@code catalog().write(table)}.
     *
     * @param table table to write to
     * @param sessions calls on write sessions
     * @param storage where files go
     * @param pacing clock for heartbeats
     * @param formats formats at hand
     */
    public TableWrite(
            TableRef table, WriteSessionClient sessions, StorageAccess storage, Pacing pacing, FormatRegistry formats) {
        this.table = requireNonNull(table, "table");
        this.sessions = requireNonNull(sessions, "sessions");
        this.storage = requireNonNull(storage, "storage");
        this.pacing = requireNonNull(pacing, "pacing");
        this.formats = requireNonNull(formats, "formats");
        this.settings = WriteSettingsBuilder.builder(WriteSettings.defaults(table, formats.format("parquet")));
    }

    /**
     * Sets what the write does to the table; {@link WriteMode#AUTO} unless set.
     *
     * @param value mode
     * @return this write
     */
    public TableWrite mode(WriteMode value) {
        settings.mode(requireNonNull(value, "mode"));
        return this;
    }

    /**
     * Sets the format of the files; Parquet unless set.
     *
     * @param contentType name of the format as the wire spells it, such as {@code parquet}, {@code csv} or {@code avro}
     * @return this write
     * @throws io.deltacat.format.FormatException.UnsupportedFormat if no such format is at hand; the message says what to
     *     add
     */
    public TableWrite format(String contentType) {
        settings.format(formats.format(contentType));
        return this;
    }

    /**
     * Has the server create the table with a schema if it is missing, its namespace too. An existing table keeps its own.
     *
     * @param schema Arrow schema of the table
     * @return this write
     */
    public TableWrite createIfMissing(Schema schema) {
        settings.schemaIfMissing(requireNonNull(schema, "schema"));
        return this;
    }

    /**
     * Has the server create the table if it is missing, with partition and sort schemes and properties.
     *
     * @param schema Arrow schema of the table; merge keys, defaults and the like are in the metadata of its fields
     * @param table everything else; its own schema is not used
     * @return this write
     */
    public TableWrite createIfMissing(Schema schema, CreateIfMissingInput table) {
        settings.schemaIfMissing(requireNonNull(schema, "schema"));
        settings.createIfMissing(requireNonNull(table, "table"));
        return this;
    }

    /**
     * Puts the files under a certain data root of the catalog; the server chooses unless set.
     *
     * @param name name of the data root
     * @return this write
     */
    public TableWrite root(String name) {
        settings.root(requireNonNull(name, "name"));
        return this;
    }

    /**
     * Makes the write happen once however often the program is run: the server keeps one session under the key for good.
     * If an earlier run has committed it, nothing is written and {@link #rows} returns what that run committed.
     *
     * @param value key of the write and hash of its input
     * @return this write
     */
    public TableWrite once(WriteOnce value) {
        settings.writeOnce(requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets the id under which the commit can be told apart and repeated; random unless set.
     *
     * @param value operation id, unique per commit
     * @return this write
     */
    public TableWrite operationId(String value) {
        settings.operationId(requireNonNull(value, "value"));
        return this;
    }

    /**
     * Sets properties that the server keeps with every file of the write; servers before 0.1.67 may refuse them.
     *
     * @param values JSON values by name
     * @return this write
     */
    public TableWrite entryProperties(Map<String, JsonNode> values) {
        settings.properties(values);
        return this;
    }

    /**
     * Makes the commit conflict unless the partitions that {@link WriteMode#REPLACE_PARTITION} replaces are as expected.
     *
     * @param values one condition per partition
     * @return this write
     */
    public TableWrite expectPartitions(List<PartitionGuard> values) {
        settings.guards(values);
        return this;
    }

    /**
     * Limits the rows of a file; the table's own target, if it has one, unless set.
     *
     * @param value rows, positive
     * @return this write
     */
    public TableWrite targetFileRecords(long value) {
        settings.targetRecords(positive("targetFileRecords", value));
        return this;
    }

    /**
     * Limits the heap of rows that wait to be sorted, in tables with a sort scheme. Each time it is full, the rows are sorted
     * and go into files of their own.
     *
     * @param value bytes, positive; 64 MiB unless set
     * @return this write
     */
    public TableWrite sortMemory(long value) {
        settings.sortBytes(positive("sortMemory", value));
        return this;
    }

    /**
     * Limits how many files are open at a time in partitioned tables. Rows that come sorted by partition need one.
     *
     * @param value files, positive; 32 unless set
     * @return this write
     */
    public TableWrite maxOpenFiles(int value) {
        settings.maxOpenFiles(Math.toIntExact(positive("maxOpenFiles", value)));
        return this;
    }

    /**
     * Binds the write to a transaction: it becomes visible when that commits. The commit of the write then only attaches
     * its files and raises the transaction's version; take the new one from {@link WriteOutcome#committedSession()}.
     *
     * @param value transaction at its present version
     * @return this write
     */
    public TableWrite transaction(TransactionRef value) {
        settings.transaction(requireNonNull(value, "transaction"));
        return this;
    }

    /**
     * Sets the size at which a file is finished and the next one begun.
     *
     * @param value bytes, positive; 256 MiB unless set
     * @return this write
     */
    public TableWrite targetFileBytes(long value) {
        settings.targetBytes(positive("targetFileBytes", value));
        return this;
    }

    /**
     * Sets how files are encoded.
     *
     * @param value codec and sizes
     * @return this write
     */
    public TableWrite fileOptions(WriteOptions value) {
        settings.options(requireNonNull(value, "options"));
        return this;
    }

    /**
     * Writes rows and commits them, all or none.
     *
     * @param rows maps from column name to Java value, in the conventions of {@link #open()}
     * @return what was committed
     * @throws io.deltacat.client.DeltaCatException if the server or the storage failed; see {@link TableWriter#commit}
     * @throws io.deltacat.format.FormatException.InvalidRow if a row does not fit the table
     */
    public WriteOutcome rows(Iterable<? extends Map<String, ?>> rows) {
        try (TableWriter<Map<String, ?>> writer = open()) {
            if (writer.alreadyCommitted().isPresent()) {
                return writer.alreadyCommitted().get();
            }
            for (Map<String, ?> row : rows) {
                writer.append(row);
            }
            return writer.commit();
        }
    }

    /**
     * Opens a writer of rows that are maps from column name to Java value: {@code Boolean}, whole numbers for integers,
     * {@code Float}, {@code Double}, {@code BigDecimal}, {@code String}, {@code byte[]}, {@code LocalDate}, {@code
     * LocalTime}, {@code LocalDateTime} for timestamps without zone and {@code Instant} for those with one, {@code
     * Duration}, {@code List}, {@code Map} for maps and structs. Values of another class are converted where nothing is
     * lost, unless the table or the column only validates; what would lose something is refused. A missing column is its
     * future default, else null. In mode {@link WriteMode#DELETE} rows need no more than the merge keys and the columns the
     * table is partitioned by. A column the table does not have is refused, or added to the files if the table evolves by
     * itself and the files are no text, which would not say its type.
     *
     * @return a writer the caller closes
     * @throws io.deltacat.client.DeltaCatException if the session cannot be opened
     */
    public TableWriter<Map<String, ?>> open() {
        return opening().open((schema, rules) -> new MapRowAccessor(schema.getFields(), rules));
    }

    /**
     * Opens a writer of rows of any class.
     *
     * @param accessor makes the access to a row's values from the schema of the files: the table's stored columns, in order
     * @param <R> class of the rows
     * @return a writer the caller closes
     * @throws io.deltacat.client.NotFound if the table is missing and is not to be created
     * @throws Unsupported if the table needs something this client cannot write
     * @throws io.deltacat.client.DeltaCatException if the session cannot be opened
     */
    public <R> TableWriter<R> open(Function<Schema, RowAccessor<R>> accessor) {
        return opening().open((schema, rules) -> accessor.apply(schema));
    }

    private WriteOpening opening() {
        return new WriteOpening(settings.build(), sessions, storage, pacing);
    }

    private long positive(String setting, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("Write to '" + table + "': " + setting + " is " + value
                    + "; expected a positive number. Leave it out for the default.");
        }
        return value;
    }
}
