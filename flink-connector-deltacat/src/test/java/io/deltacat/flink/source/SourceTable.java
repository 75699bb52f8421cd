package io.deltacat.flink.source;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.subscription.Watermark;
import io.deltacat.client.write.WriteMode;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.reader.ParquetRows;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import io.deltacat.server.http.ObservedRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

/** A local server with one table of numbered rows and a subscription to it. The server can be stopped and started again. */
public final class SourceTable implements AutoCloseable {
    /** The table. */
    public static final TableRef TABLE = TableRef.of("sales", "orders");

    /** The subscription. */
    public static final String SUBSCRIPTION = "orders-to-flink";

    static final String TOKEN = "t0ken-of-the-source-test";

    private final Path directory;
    private final List<ObservedRequest> requests = new CopyOnWriteArrayList<>();
    private LocalServer server;
    private DeltaCatClient client;
    private long nextRow;

    /** Starts a server with an empty table. */
    public SourceTable(Path directory) {
        this.directory = directory;
        this.server = start(0);
        this.client = connect();
        client.catalog()
                .createTable(
                        TABLE,
                        CreateTableRequestBuilder.builder()
                                .table(TABLE.table())
                                .autoCreateNamespace(true)
                                .failIfExists(true)
                                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(ParquetRows.SCHEMA)))
                                .build());
        createSubscription();
    }

    private LocalServer start(int port) {
        return LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .port(port)
                .authToken(TOKEN)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .observer(requests::add)
                .build());
    }

    private DeltaCatClient connect() {
        return DeltaCatClient.builder()
                .uri(server.uri())
                .token(Secret.of(TOKEN))
                .build();
    }

    /** Creates the subscription. */
    void createSubscription() {
        client.subscriptions()
                .create(CreateSubscriptionRequestBuilder.builder()
                        .subscriberId(SUBSCRIPTION)
                        .sourceTables(List.of(Map.of("namespace", TABLE.namespace(), "table", TABLE.table())))
                        .subscriberType("custom")
                        .subscriberMode("delta")
                        .configJson("{}")
                        .build());
    }

    /** Stops the server and returns what starts it again at the same address. */
    Runnable stop() {
        int port = server.uri().getPort();
        client.close();
        server.close();
        return () -> {
            server = start(port);
            client = connect();
        };
    }

    /** Returns a client with the token. */
    public DeltaCatClient client() {
        return client;
    }

    /** Returns how sources reach the server. */
    public DeltaCatConnection connection() {
        return DeltaCatConnection.builder(server.uri().toString())
                .token(Secret.of(TOKEN))
                .build();
    }

    /** Commits one delta of new rows and returns their numbers. */
    List<Long> write(WriteMode mode, int rows) {
        List<Long> ids = LongStream.range(nextRow, nextRow + rows).boxed().toList();
        nextRow += rows;
        write(mode, ids);
        return ids;
    }

    /** Commits one delta of given rows. */
    void write(WriteMode mode, List<Long> ids) {
        List<Map<String, Object>> rows = new ArrayList<>();
        ids.forEach(id -> rows.add(Map.of("id", id, "name", "row " + id)));
        client.catalog().write(TABLE).mode(mode).rows(rows);
    }

    /** Returns how many rows were written with {@link #write(WriteMode, int)}. */
    long rowsWritten() {
        return nextRow;
    }

    /** Returns the subscription's watermark as any worker reads it. */
    Optional<Watermark> watermark() {
        return client.subscriptions().watermark(SUBSCRIPTION);
    }

    /** Returns the position of the table's slot, 0 when there is none. */
    long acknowledgedPosition() {
        return watermark()
                .map(mark -> mark.partitionWatermarks().getOrDefault(TABLE.namespace() + "." + TABLE.table(), 0L))
                .orElse(0L);
    }

    /** Returns the last ordered position of the table's only partition. */
    long lastPosition() {
        String stream = client.catalog().describeTable(TABLE).streamId();
        TableRef versioned =
                TABLE.withVersion(client.catalog().describeTable(TABLE).tableVersion());
        return client.catalog().listPartitions(versioned, stream).stream()
                .mapToLong(partition -> partition.streamPosition() == null ? 0 : partition.streamPosition())
                .filter(position -> position <= DeltaRef.LAST_ORDERED_POSITION)
                .max()
                .orElse(0);
    }

    /** Returns the requests the server saw. */
    List<ObservedRequest> requests() {
        return requests;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
