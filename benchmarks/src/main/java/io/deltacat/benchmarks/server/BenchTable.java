package io.deltacat.benchmarks.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table whose files are only named, in a bucket that nobody looks into: metadata costs the same as with real files.
 * Thread-safe.
 */
final class BenchTable {
    private static final long ROWS_OF_FILE = 100_000;
    private static final long BYTES_OF_FILE = 32L << 20;
    private static final Schema SCHEMA = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("name", "string", true),
            TypeNames.field("at", "timestamp[us]", true)));

    private final DeltaCatClient client;
    private final TableRef table;

    private BenchTable(DeltaCatClient client, TableRef table) {
        this.client = client;
        this.table = table;
    }

    static BenchTable create(DeltaCatClient client, String name) {
        client.catalog()
                .createTable(
                        TableRef.of("bench", name),
                        CreateTableRequestBuilder.builder()
                                .table(name)
                                .autoCreateNamespace(true)
                                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(SCHEMA)))
                                .build());
        return new BenchTable(client, TableRef.of("bench", name));
    }

    TableRef ref() {
        return table;
    }

    /**
     * Commits a delta: opens a session and commits it, two requests.
     *
     * @param files number of files
     * @param firstId smallest id of the first file
     */
    void commit(int files, long firstId) {
        WriteSession session = client.writeSessions()
                .create(
                        table,
                        WriteSessionCreateRequestBuilder.builder()
                                .mode("append")
                                .format("parquet")
                                .allowExternalEntries(true)
                                .build());
        client.writeSessions()
                .commit(
                        session.sessionId(),
                        WriteSessionCommitRequestBuilder.builder()
                                .operationId(UUID.randomUUID().toString())
                                .sessionVersion(session.sessionVersion())
                                .entries(entries(files, firstId))
                                .build());
    }

    private static List<WriteEntry> entries(int files, long firstId) {
        List<WriteEntry> entries = new ArrayList<>(files);
        for (int file = 0; file < files; file++) {
            long min = firstId + file * ROWS_OF_FILE;
            Map<String, ColumnStatistics> stats = new LinkedHashMap<>();
            JsonNodeFactory json = JsonNodeFactory.instance;
            stats.put("id", new ColumnStatistics(json.numberNode(min), json.numberNode(min + ROWS_OF_FILE - 1), 0L));
            stats.put("name", new ColumnStatistics(json.textNode("a"), json.textNode("zzzzzzzz"), 17L));
            entries.add(WriteEntryBuilder.builder()
                    .path("s3://bench/data/" + UUID.randomUUID() + ".parquet")
                    .recordCount(ROWS_OF_FILE)
                    .contentLength(BYTES_OF_FILE)
                    .sourceContentLength(3 * BYTES_OF_FILE)
                    .columnStats(stats)
                    .build());
        }
        return entries;
    }
}
