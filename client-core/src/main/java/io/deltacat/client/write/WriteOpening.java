package io.deltacat.client.write;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
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
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.client.transaction.WriteSessionClient;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.schema.ArrowSchemas;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Opens the session of a write and finds out from it what the table asks for.
 *
 * @param settings what the caller wants
 * @param sessions calls on write sessions
 * @param storage where files go
 * @param pacing clock for heartbeats
 */
record WriteOpening(WriteSettings settings, WriteSessionClient sessions, StorageAccess storage, Pacing pacing) {

    /**
     * Opens the session and a writer.
     *
     * @param accessor makes the access to a row's values from the columns of the files and their rules
     * @param <R> class of the rows
     * @return a writer the caller closes
     */
    <R> TableWriter<R> open(BiFunction<Schema, ColumnRules, RowAccessor<R>> accessor) {
        WriteSession session = sessions.create(settings.table(), request());
        TableWriter<R> writer = null;
        try {
            WriteOnce once = settings.writeOnce();
            if (once != null) {
                once.checkEcho(settings.table(), session);
            }
            Schema tableSchema = tableSchema(session);
            ColumnRules rules = ColumnRules.of(session, settings.mode(), !StoredFiles.isText(settings.format()));
            Schema schema = rules.fileSchema(tableSchema);
            boolean commitsNothing = settings.mode() == WriteMode.REPLACE || settings.mode() == WriteMode.CREATE;
            WritePlan plan = new WritePlan(
                    settings.table(),
                    tableSchema,
                    rules,
                    files(session),
                    commitsNothing,
                    settings.operationId() == null ? OperationIds.random() : settings.operationId());
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
                settings.format(),
                settings.options(),
                settings.targetBytes(),
                settings.targetRecords() > 0 ? settings.targetRecords() : ownRecords,
                settings.maxOpenFiles(),
                FileTarget.randomWriteId());
        EntryTemplate template = new EntryTemplate(
                session,
                settings.format().contentEncoding().orElse(null),
                sorted,
                settings.properties(),
                settings.guards());
        return new WriteFiles(session, target, template, settings.sortBytes());
    }

    private WriteSessionCreateRequest request() {
        // a key of our own makes opening repeatable after a lost reply, and keeps the session from being shared
        String key = "java:" + UUID.randomUUID().toString().replace("-", "");
        WriteSessionCreateRequestBuilder request = WriteSessionCreateRequestBuilder.builder()
                .mode(settings.mode().wireName())
                .format(settings.format().name());
        request.root(settings.root());
        WriteOnce once = settings.writeOnce();
        TransactionRef transaction = settings.transaction();
        if (once != null) {
            once.applyTo(request);
        } else if (transaction == null) {
            request.writeKey(key).ownerKey(key);
        }
        if (transaction != null) {
            request.transactionId(transaction.transactionId())
                    .transactionVersion(transaction.transactionVersion())
                    .operationId(OperationIds.random());
        }
        Schema schemaIfMissing = settings.schemaIfMissing();
        CreateIfMissingInput createIfMissing = settings.createIfMissing();
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
                .orElse(settings.schemaIfMissing());
        if (schema == null) {
            throw new Unsupported(FailureContextBuilder.builder()
                    .code("unsupported_table")
                    .problem("table '" + settings.table() + "' has no schema")
                    .cure("Give the table a schema, or register finished files instead.")
                    .build());
        }
        checkColumns(schema);
        return schema;
    }

    private void checkColumns(Schema schema) {
        Schema schemaIfMissing = settings.schemaIfMissing();
        if (schemaIfMissing == null) {
            return;
        }
        Set<String> known = new HashSet<>();
        schema.getFields().forEach(field -> known.add(field.getName()));
        for (Field field : schemaIfMissing.getFields()) {
            if (!known.contains(field.getName())) {
                throw new InvalidRequest(FailureContextBuilder.builder()
                        .code("unknown_column")
                        .problem("table '" + settings.table() + "' exists without column '" + field.getName()
                                + "' of the given schema; it has " + known)
                        .cure("Add the column to the table first, or leave it out.")
                        .build());
            }
        }
    }
}
