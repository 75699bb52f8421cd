package io.deltacat.benchmarks.server;

import io.deltacat.server.LocalServerCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A local server in a JVM of its own, as durable as in production. Thread-safe. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "listening on ";

    private final Process process;
    private final URI uri;

    private ServerProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /**
     * Starts a server.
     *
     * @param directory where its database goes
     * @param heapMegabytes its heap
     */
    static ServerProcess start(Path directory, int heapMegabytes) throws IOException {
        Path log = directory.resolveSibling(directory.getFileName() + ".log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:+UseG1GC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalServerCommand.class.getName(),
                        "--port",
                        "0",
                        "--data",
                        directory.toString(),
                        "--no-compaction",
                        "--end-with-input"))
                .redirectError(log.toFile())
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = lines.readLine()) != null) {
            int at = line.indexOf(READY);
            if (at >= 0) {
                return new ServerProcess(
                        process, URI.create(line.substring(at + READY.length()).split("\\s", -1)[0]));
            }
        }
        process.destroyForcibly();
        throw new IOException("the server ended before it was ready: " + Files.readString(log));
    }

    URI uri() {
        return uri;
    }

    /** Returns the CPU time of the server so far, which does not depend on what else the machine does. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Returns the largest resident size of the process so far, in megabytes; 0 where the system does not say. */
    long peakMegabytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
