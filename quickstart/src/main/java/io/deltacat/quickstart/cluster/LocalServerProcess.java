package io.deltacat.quickstart.cluster;

import io.deltacat.quickstart.QuickStartException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The local DeltaCAT server as a process of its own, from its executable jar. It is ready when {@link #start} returns and
 * ended by {@link #close}, at the latest when this JVM is gone, however it ends. Thread-safe.
 */
public final class LocalServerProcess implements AutoCloseable {
    /** How long a server may take until it says that it listens. */
    public static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern READY = Pattern.compile("listening on (http://\\S+)");

    private final Process process;
    private final URI uri;
    private final Thread endWithThisJvm;

    private LocalServerProcess(Process process, URI uri, Thread endWithThisJvm) {
        this.process = process;
        this.uri = uri;
        this.endWithThisJvm = endWithThisJvm;
    }

    /**
     * Starts the server and waits until it listens, at most {@link #START_TIMEOUT}.
     *
     * @param jar the server's executable jar
     * @param dataDirectory where the server keeps its tables; made if missing, served again if it holds tables
     * @param log the file that receives everything the server prints
     * @param port the port to listen on, 0 for a free one
     * @param more further arguments of the server's command line
     * @return the running server
     * @throws QuickStartException if the jar is missing, or the server ends or stays silent
     */
    public static LocalServerProcess start(Path jar, Path dataDirectory, Path log, int port, List<String> more) {
        if (!Files.isRegularFile(jar)) {
            throw new QuickStartException("Server jar '" + jar + "' is missing. Build it: ./mvnw -pl local-server -am "
                    + "package -DskipTests");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString(),
                "--port",
                Integer.toString(port),
                "--data",
                dataDirectory.toString(),
                "--end-with-input"));
        command.addAll(more);
        Process process;
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new QuickStartException("The local server cannot be started: " + e.getMessage() + ".", e);
        }
        Thread endWithThisJvm = new Thread(process::destroyForcibly, "end-local-server");
        Runtime.getRuntime().addShutdownHook(endWithThisJvm);
        CompletableFuture<URI> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> copy(process, log, ready), "local-server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            URI uri = ready.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            return new LocalServerProcess(process, uri, endWithThisJvm);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            throw new QuickStartException(
                    "The local server did not listen within " + START_TIMEOUT.toSeconds() + " s. See " + log + ".", e);
        } catch (ExecutionException e) {
            throw new QuickStartException(
                    "The local server ended before it listened; its last words: " + e.getMessage() + ". See " + log
                            + ".",
                    e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new QuickStartException("Interrupted while the local server started.", e);
        }
    }

    /**
     * Where the server listens.
     *
     * @return the base address, such as {@code http://127.0.0.1:41234}
     */
    public URI uri() {
        return uri;
    }

    /**
     * The process id.
     *
     * @return the id the operating system gave
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether the process runs.
     *
     * @return false as soon as it has ended, whoever ended it
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Ends the server at once, as {@code kill -9} does, and waits until it is gone.
     *
     * @throws QuickStartException if the process is still there after ten seconds
     */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks the server to stop, waits for at most ten seconds, then ends it at once. Idempotent. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook runs, and finds the process gone.
            return;
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new QuickStartException("Process " + process.pid() + " does not end. End it by hand.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuickStartException("Interrupted while the local server ended.", e);
        }
    }

    /** Copies the server's output to the log until it ends; completes {@code ready} with the address or the reason. */
    private static void copy(Process process, Path log, CompletableFuture<URI> ready) {
        String last = "it printed nothing";
        try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter writer =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line;
                writer.write(line);
                writer.newLine();
                writer.flush();
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            last = e.toString();
        }
        ready.completeExceptionally(new QuickStartException(last));
    }
}
