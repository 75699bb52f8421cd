package io.deltacat.flink.table;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import io.deltacat.server.http.ObservedRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;

/** A local server with a token, its tables, and what it was asked. */
final class ServerFixture implements AutoCloseable {

    static final String TOKEN = "t0ken-of-the-test";

    private final List<ObservedRequest> requests = new CopyOnWriteArrayList<>();
    private final LocalServer server;
    private final DeltaCatClient client;

    ServerFixture(Path directory) {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .authToken(TOKEN)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .observer(requests::add)
                .build());
        client = DeltaCatClient.builder()
                .uri(server.uri())
                .token(Secret.of(TOKEN))
                .build();
    }

    DeltaCatClient client() {
        return client;
    }

    String uri() {
        return server.uri().toString();
    }

    /** Creates a table with the columns of a Flink row type. */
    TableRef createTable(String name, DataTypes.Field... columns) {
        return createTable(name, LogicalTypes.toSchema((RowType)
                DataTypes.ROW(columns).notNull().getLogicalType()));
    }

    TableRef createTable(String name, Schema schema) {
        TableRef table = TableRef.of("sales", name);
        client.catalog()
                .createTable(
                        table,
                        CreateTableRequestBuilder.builder()
                                .table(name)
                                .autoCreateNamespace(true)
                                .failIfExists(true)
                                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schema)))
                                .build());
        return table;
    }

    /** Returns the options that lead to a table of this server. */
    Map<String, String> options(String table) {
        return options(table, Map.of());
    }

    Map<String, String> options(String table, Map<String, String> more) {
        Map<String, String> options =
                new HashMap<>(Map.of("uri", uri(), "token", TOKEN, "namespace", "sales", "table", table));
        options.putAll(more);
        return options;
    }

    /** Returns how often a table was described so far. The server reports a request shortly after its reply. */
    long describedTables() {
        return requests.stream()
                .filter(request -> request.method().equals("GET")
                        && request.template().equals("/v1/namespaces/{namespace}/tables/{table}"))
                .count();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
