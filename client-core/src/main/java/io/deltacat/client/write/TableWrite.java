package io.deltacat.client.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.Unsupported;
import io.deltacat.client.catalog.OperationIds;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.client.model.CreateIfMissingInputBuilder;
import io.deltacat.client.model.SortScheme;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.transaction.WriteSessionClient;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.registry.FormatRegistry;
import io.deltacat.format.schema.ArrowSchemas;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

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
    private FileFormat format;
    private WriteMode mode = WriteMode.AUTO;
    private @Nullable Schema schemaIfMissing;
    private @Nullable CreateIfMissingInput createIfMissing;
    private @Nullable TransactionRef transaction;
    private @Nullable String root;
    private @Nullable WriteOnce writeOnce;
    private @Nullable String operationId;
    private Map<String, JsonNode> properties = Map.of();
    private List<PartitionGuard> guards = List.of();
    private long targetFileBytes = DEFAULT_TARGET_FILE_BYTES;
    private long targetRecords;
    private long sortBytes = DEFAULT_SORT_BYTES;
    private int maxOpenFiles = DEFAULT_MAX_OPEN_FILES;
    private WriteOptions options = WriteOptions.defaults();

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
        this.format = formats.format("parquet");
    }

    /**
     * Sets what the write does to the table; {@link WriteMode#AUTO} unless set.
     *
     * @param value mode
     * @return this write
     */
    public TableWrite mode(WriteMode value) {
        this.mode = requireNonNull(value, "mode");
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
        this.format = formats.format(contentType);
        return this;
    }

    /**
     * Has the server create the table with a schema if it is missing, its namespace too. An existing table keeps its own.
     *
     * @param schema Arrow schema of the table
     * @return this write
     */
    public TableWrite createIfMissing(Schema schema) {
        this.schemaIfMissing = requireNonNull(schema, "schema");
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
        this.schemaIfMissing = requireNonNull(schema, "schema");
        this.createIfMissing = requireNonNull(table, "table");
        return this;
    }

    /**
     * Puts the files under a certain data root of the catalog; the server chooses unless set.
     *
     * @param name name of the data root
     * @return this write
     */
    public TableWrite root(String name) {
        this.root = requireNonNull(name, "name");
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
        this.writeOnce = requireNonNull(value, "value");
        return this;
    }

    /**
     * Sets the id under which the commit can be told apart and repeated; random unless set.
     *
     * @param value operation id, unique per commit
     * @return this write
     */
    public TableWrite operationId(String value) {
        this.operationId = requireNonNull(value, "value");
        return this;
    }

    /**
     * Sets properties that the server keeps with every file of the write; servers before 0.1.67 may refuse them.
     *
     * @param values JSON values by name
     * @return this write
     */
    public TableWrite entryProperties(Map<String, JsonNode> values) {
        this.properties = Map.copyOf(values);
        return this;
    }

    /**
     * Makes the commit conflict unless the partitions that {@link WriteMode#REPLACE_PARTITION} replaces are as expected.
     *
     * @param values one condition per partition
     * @return this write
     */
    public TableWrite expectPartitions(List<PartitionGuard> values) {
        this.guards = List.copyOf(values);
        return this;
    }

    /**
     * Limits the rows of a file; the table's own target, if it has one, unless set.
     *
     * @param value rows, positive
     * @return this write
     */
    public TableWrite targetFileRecords(long value) {
        this.targetRecords = positive("targetFileRecords", value);
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
        this.sortBytes = positive("sortMemory", value);
        return this;
    }

    /**
     * Limits how many files are open at a time in partitioned tables. Rows that come sorted by partition need one.
     *
     * @param value files, positive; 32 unless set
     * @return this write
     */
    public TableWrite maxOpenFiles(int value) {
        this.maxOpenFiles = Math.toIntExact(positive("maxOpenFiles", value));
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
        this.transaction = requireNonNull(value, "transaction");
        return this;
    }

    /**
     * Sets the size at which a file is finished and the next one begun.
     *
     * @param value bytes, positive; 256 MiB unless set
     * @return this write
     */
    public TableWrite targetFileBytes(long value) {
        this.targetFileBytes = positive("targetFileBytes", value);
        return this;
    }

    /**
     * Sets how files are encoded.
     *
     * @param value codec and sizes
     * @return this write
     */
    public TableWrite fileOptions(WriteOptions value) {
        this.options = requireNonNull(value, "options");
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
     * itself.
     *
     * @return a writer the caller closes
     * @throws io.deltacat.client.DeltaCatException if the session cannot be opened
     */
    public TableWriter<Map<String, ?>> open() {
        return open((schema, rules) -> new MapRowAccessor(schema.getFields(), rules));
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
        return open((schema, rules) -> accessor.apply(schema));
    }

    private <R> TableWriter<R> open(BiFunction<Schema, ColumnRules, RowAccessor<R>> accessor) {
        WriteSession session = sessions.create(table, request());
        TableWriter<R> writer = null;
        try {
            if (writeOnce != null) {
                writeOnce.checkEcho(table, session);
            }
            Schema tableSchema = tableSchema(session);
            ColumnRules rules = ColumnRules.of(session, mode);
            Schema schema = rules.fileSchema(tableSchema);
            boolean commitsNothing = mode == WriteMode.REPLACE || mode == WriteMode.CREATE;
            WritePlan plan = new WritePlan(
                    table,
                    tableSchema,
                    rules,
                    files(session),
                    commitsNothing,
                    operationId == null ? OperationIds.random() : operationId);
            writer = new TableWriter<>(plan, session, sessions, pacing, schema, accessor.apply(schema, rules));
            return writer;
        } finally {
            if (writer == null && !Boolean.TRUE.equals(session.committed())) {
                TableWriter.abandon(sessions, session, "the write could not be prepared");
            }
        }
    }

    private WriteFiles files(WriteSession session) {
        SortScheme sort = session.sortScheme();
        boolean sorted = sort != null && !sort.keys().isEmpty();
        Long tableRecords = session.targetRecordsPerFile();
        long ownRecords = tableRecords == null || tableRecords < 1 ? Long.MAX_VALUE : tableRecords;
        FileTarget target = new FileTarget(
                session.dataDir(),
                storage,
                format,
                options,
                targetFileBytes,
                targetRecords > 0 ? targetRecords : ownRecords,
                maxOpenFiles,
                FileTarget.randomWriteId());
        EntryTemplate template =
                new EntryTemplate(session, format.contentEncoding().orElse(null), sorted, properties, guards);
        return new WriteFiles(session, target, template, sortBytes);
    }

    private WriteSessionCreateRequest request() {
        // a key of our own makes opening repeatable after a lost reply, and keeps the session from being shared
        String key = "java:" + UUID.randomUUID().toString().replace("-", "");
        WriteSessionCreateRequestBuilder request =
                WriteSessionCreateRequestBuilder.builder().mode(mode.wireName()).format(format.name());
        request.root(root);
        if (writeOnce != null) {
            writeOnce.applyTo(request);
        } else if (transaction == null) {
            request.writeKey(key).ownerKey(key);
        }
        if (transaction != null) {
            request.transactionId(transaction.transactionId())
                    .transactionVersion(transaction.transactionVersion())
                    .operationId(OperationIds.random());
        }
        if (schemaIfMissing != null) {
            request.createIfMissing((createIfMissing == null
                            ? CreateIfMissingInputBuilder.builder()
                            : CreateIfMissingInputBuilder.builder(createIfMissing))
                    .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schemaIfMissing)))
                    .build());
        }
        return request.build();
    }

    private Schema tableSchema(WriteSession session) {
        Schema schema = TableSchemas.schemaOf(session.schemaSerialized(), session.schema())
                .orElse(schemaIfMissing);
        if (schema == null) {
            throw new Unsupported(FailureContextBuilder.builder()
                    .code("unsupported_table")
                    .problem("table '" + table + "' has no schema")
                    .cure("Give the table a schema, or register finished files instead.")
                    .build());
        }
        checkColumns(schema);
        return schema;
    }

    private void checkColumns(Schema schema) {
        if (schemaIfMissing == null) {
            return;
        }
        Set<String> known = new HashSet<>();
        schema.getFields().forEach(field -> known.add(field.getName()));
        for (Field field : schemaIfMissing.getFields()) {
            if (!known.contains(field.getName())) {
                throw new InvalidRequest(FailureContextBuilder.builder()
                        .code("unknown_column")
                        .problem("table '" + table + "' exists without column '" + field.getName()
                                + "' of the given schema; it has " + known)
                        .cure("Add the column to the table first, or leave it out.")
                        .build());
            }
        }
    }

    private long positive(String setting, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("Write to '" + table + "': " + setting + " is " + value
                    + "; expected a positive number. Leave it out for the default.");
        }
        return value;
    }
}
