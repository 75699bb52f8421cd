package io.deltacat.client.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.Unsupported;
import io.deltacat.client.catalog.OperationIds;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.model.CreateIfMissingInputBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.transaction.WriteSessionClient;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.parquet.ParquetFormat;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    private final TableRef table;
    private final WriteSessionClient sessions;
    private final StorageAccess storage;
    private final Pacing pacing;
    private final FileFormat format = new ParquetFormat();
    private WriteMode mode = WriteMode.AUTO;
    private @Nullable Schema schemaIfMissing;
    private @Nullable TransactionRef transaction;
    private long targetFileBytes = DEFAULT_TARGET_FILE_BYTES;
    private WriteOptions options = WriteOptions.defaults();

    /**
     * Begins a write; programs use {@code catalog().write(table)}.
     *
     * @param table table to write to
     * @param sessions calls on write sessions
     * @param storage where files go
     * @param pacing clock for heartbeats
     */
    public TableWrite(TableRef table, WriteSessionClient sessions, StorageAccess storage, Pacing pacing) {
        this.table = requireNonNull(table, "table");
        this.sessions = requireNonNull(sessions, "sessions");
        this.storage = requireNonNull(storage, "storage");
        this.pacing = requireNonNull(pacing, "pacing");
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
        if (value < 1) {
            throw new IllegalArgumentException("Write to '" + table + "': targetFileBytes is " + value
                    + "; expected a positive number of bytes. Leave it out for 256 MiB.");
        }
        this.targetFileBytes = value;
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
     * Duration}, {@code List}, {@code Map} for maps and structs. Values are stored exactly or refused; a missing column is
     * its future default, else null.
     *
     * @return a writer the caller closes
     * @throws io.deltacat.client.DeltaCatException if the session cannot be opened
     */
    public TableWriter<Map<String, ?>> open() {
        return open(schema -> new MapRowAccessor(schema.getFields()));
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
        WriteSession session = sessions.create(table, request());
        TableWriter<R> writer = null;
        try {
            Schema schema = fileSchema(session);
            writer = new TableWriter<>(
                    table,
                    session,
                    sessions,
                    storage,
                    pacing,
                    format,
                    schema,
                    accessor.apply(schema),
                    options,
                    targetFileBytes);
            return writer;
        } finally {
            if (writer == null) {
                TableWriter.abandon(sessions, session, "the write could not be prepared");
            }
        }
    }

    private WriteSessionCreateRequest request() {
        // a key of our own makes opening repeatable after a lost reply, and keeps the session from being shared
        String key = "java:" + UUID.randomUUID().toString().replace("-", "");
        WriteSessionCreateRequestBuilder request =
                WriteSessionCreateRequestBuilder.builder().mode(mode.wireName()).format(format.name());
        if (transaction == null) {
            request.writeKey(key).ownerKey(key);
        } else {
            request.transactionId(transaction.transactionId())
                    .transactionVersion(transaction.transactionVersion())
                    .operationId(OperationIds.random());
        }
        if (schemaIfMissing != null) {
            request.createIfMissing(CreateIfMissingInputBuilder.builder()
                    .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schemaIfMissing)))
                    .build());
        }
        return request.build();
    }

    private Schema fileSchema(WriteSession session) {
        if (session.partitionScheme() != null
                && !session.partitionScheme().keys().isEmpty()) {
            throw unsupported(
                    "table '" + table + "' is partitioned", "Write it with a client that groups rows by partition.");
        }
        Schema schema = TableSchemas.schemaOf(session.schemaSerialized(), session.schema())
                .orElse(schemaIfMissing);
        if (schema == null) {
            throw unsupported(
                    "table '" + table + "' has no schema",
                    "Give the table a schema, or register finished files instead.");
        }
        checkColumns(schema);
        List<Field> stored = schema.getFields().stream()
                .filter(field -> !FieldMetadata.isComputed(field))
                .toList();
        return new Schema(stored, schema.getCustomMetadata());
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

    private static Unsupported unsupported(String problem, String cure) {
        return new Unsupported(FailureContextBuilder.builder()
                .code("unsupported_table")
                .problem(problem)
                .cure(cure)
                .build());
    }
}
