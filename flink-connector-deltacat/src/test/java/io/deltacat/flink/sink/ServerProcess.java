package io.deltacat.flink.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A local server in a process of its own, which can die and come back at the same address with the same data. */
final class ServerProcess implements AutoCloseable {
    private final Path data;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    ServerProcess(Path data) {
        this.data = data;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts the process and waits until it listens. */
    void start() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.deltacat.server.LocalServerCommand",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        data.toString(),
                        "--enable-faults"))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling("server.log").toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("listening on ")) {
            throw new IOException("the server said '" + line + "' instead of where it listens");
        }
    }

    /** Makes the process end, as by kill -9, at the first request that matches. */
    void dieAt(String point, String method, String path) throws IOException, InterruptedException {
        String fault = "{\"point\":\"" + point + "\",\"method\":\"" + method + "\",\"path\":\"" + path
                + "\",\"action\":\"halt\"}";
        HttpResponse<String> reply = http.send(
                HttpRequest.newBuilder(uri().resolve("/faults"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(fault))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (reply.statusCode() != 200) {
            throw new IOException("the fault was not taken: " + reply.body());
        }
    }

    /** Waits for the end of the process. */
    void awaitDeath() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server is still alive; the request it should die at never came");
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
