package io.deltacat.e2e;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.quickstart.cluster.FlinkCluster;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CollectionUtil;

/** A local server in this process, where its traffic is held to the OpenAPI documents, a Flink cluster, the Java client and the real Python client, all on one namespace. */
final class World implements AutoCloseable {
    static final String NAMESPACE = "e2e";

    private final LocalServer server;
    private final FlinkCluster flink;
    private final DeltaCatClient client;
    private final PythonPeer python;

    private World(LocalServer server, FlinkCluster flink, DeltaCatClient client, PythonPeer python) {
        this.server = server;
        this.flink = flink;
        this.client = client;
        this.python = python;
    }

    static World create(Path directory) throws IOException, InterruptedException {
        LocalServer server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory.resolve("tables"))
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        return new World(
                server,
                FlinkCluster.start(directory, 2),
                DeltaCatClient.builder().uri(server.uri()).build(),
                new PythonPeer(server.uri(), NAMESPACE, directory));
    }

    URI uri() {
        return server.uri();
    }

    FlinkCluster flink() {
        return flink;
    }

    DeltaCatClient client() {
        return client;
    }

    PythonPeer python() {
        return python;
    }

    StreamTableEnvironment sql(RuntimeExecutionMode mode) {
        return flink.tableEnvironment(mode);
    }

    /** A CREATE TABLE statement for a DeltaCAT table of the same name. */
    String createTable(String table, String columns, String... options) {
        String more = List.of(options).stream().map(option -> ", " + option).collect(Collectors.joining());
        return "CREATE TABLE " + table + " (" + columns + ") WITH ('connector' = 'deltacat', 'uri' = '" + uri()
                + "', 'namespace' = '" + NAMESPACE + "', 'table' = '" + table + "'" + more + ")";
    }

    static List<Row> rows(StreamTableEnvironment sql, String query) {
        return CollectionUtil.iteratorToList(sql.executeSql(query).collect());
    }

    @Override
    public void close() {
        try {
            flink.close();
        } finally {
            client.close();
            server.close();
        }
    }
}
