package io.deltacat.e2e;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.io.IOException;
import java.nio.file.Path;

/** A server in this process with the Java and the Python client, without Flink. */
final class Neighbours implements AutoCloseable {
    private final LocalServer server;
    private final DeltaCatClient client;
    private final PythonSession python;
    private final JavaPeer java;

    private Neighbours(LocalServer server, DeltaCatClient client, PythonSession python, String namespace) {
        this.server = server;
        this.client = client;
        this.python = python;
        this.java = new JavaPeer(client, namespace, python);
    }

    static Neighbours start(Path directory, String namespace) throws IOException, InterruptedException {
        LocalServer server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory.resolve("tables"))
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        return new Neighbours(
                server,
                DeltaCatClient.builder().uri(server.uri()).build(),
                PythonSession.start(server.uri(), namespace, directory),
                namespace);
    }

    DeltaCatClient client() {
        return client;
    }

    PythonSession python() {
        return python;
    }

    JavaPeer java() {
        return java;
    }

    @Override
    public void close() {
        python.close();
        client.close();
        server.close();
    }
}
