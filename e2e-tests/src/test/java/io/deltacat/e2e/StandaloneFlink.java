package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A Flink cluster of real processes, as its start scripts make it: one JobManager, and TaskManagers that can be killed.
 * None of them has this project's code on its class path; it reaches them with the job.
 */
final class StandaloneFlink implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    /** What a plain Flink does not have, and what the connector's jar must therefore bring. */
    private static final List<String> FOREIGN = List.of(
            "io/deltacat/",
            "org/apache/parquet/",
            "org/apache/arrow/",
            "okhttp3/",
            "com/fasterxml/jackson/",
            "org/apache/hadoop/conf/",
            "com/github/luben/zstd/",
            "com/google/flatbuffers/",
            "io/airlift/compress/",
            "kotlin/",
            "okio/");

    private final Path directory;
    private final String classPath;
    private final int web;
    private final List<Process> processes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private int taskManagers;

    private StandaloneFlink(Path directory, String classPath, int web) {
        this.directory = directory;
        this.classPath = classPath;
        this.web = web;
    }

    static StandaloneFlink start(Path directory) throws IOException {
        int web = freePort();
        int rpc = freePort();
        Path conf = Files.createDirectories(directory.resolve("conf"));
        Files.writeString(conf.resolve("config.yaml"), configuration(directory, web, rpc));
        Files.writeString(conf.resolve("log4j2.properties"), """
                rootLogger.level = warn
                rootLogger.appenderRef.console.ref = console
                appender.console.name = console
                appender.console.type = Console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %d %-5p %c{1} - %m%n
                """);
        StandaloneFlink flink = new StandaloneFlink(directory, plainClassPath(), web);
        flink.launch("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        flink.startTaskManager();
        return flink;
    }

    int webPort() {
        return web;
    }

    /** The TaskManager that was started last. */
    Process taskManager() {
        return processes.get(processes.size() - 1);
    }

    String classPath() {
        return classPath;
    }

    /** Starts one more TaskManager and waits until the cluster has it. */
    Process startTaskManager() throws IOException {
        taskManagers++;
        Process process =
                launch("taskmanager-" + taskManagers, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        await().atMost(START).ignoreExceptions().until(() -> {
            assertThat(process.isAlive()).isTrue();
            return get("/overview").get("slots-available").asInt() > 0;
        });
        return process;
    }

    /** The states of all jobs, such as RUNNING or FINISHED. */
    List<String> jobStates() throws IOException, InterruptedException {
        List<String> states = new ArrayList<>();
        get("/jobs/overview")
                .get("jobs")
                .forEach(job -> states.add(job.get("state").asText()));
        return states;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + web + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return json.readTree(response.body());
    }

    private Process launch(String name, String mainClass) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j.configurationFile="
                                + directory.resolve("conf/log4j2.properties").toUri(),
                        "-cp",
                        classPath,
                        mainClass,
                        "--configDir",
                        directory.resolve("conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Flink's start scripts compute the memory settings; without them each has to be given. */
    private static String configuration(Path directory, int web, int rpc) {
        return """
                jobmanager.rpc.address: localhost
                jobmanager.rpc.port: %d
                jobmanager.memory.process.size: 1g
                rest.address: localhost
                rest.bind-address: localhost
                rest.port: %d
                taskmanager.host: localhost
                taskmanager.numberOfTaskSlots: 2
                taskmanager.cpu.cores: 2.0
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.managed.size: 64m
                taskmanager.memory.network.min: 32m
                taskmanager.memory.network.max: 32m
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.jvm-metaspace.size: 256m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                execution.checkpointing.dir: %s
                heartbeat.interval: 1000
                heartbeat.timeout: 5000
                restart-strategy.type: fixed-delay
                restart-strategy.fixed-delay.attempts: 100
                restart-strategy.fixed-delay.delay: 500 ms
                """.formatted(rpc, web, directory.resolve("checkpoints").toUri());
    }

    /** Flink and its libraries: every entry of our own class path that holds nothing of what the connector brings. */
    private static String plainClassPath() throws IOException {
        String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> plain = new ArrayList<>();
        for (String entry : own.split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && !holdsForeignClasses(entry)) {
                plain.add(entry);
            }
        }
        return String.join(File.pathSeparator, plain);
    }

    private static boolean holdsForeignClasses(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(JarEntry::getName)
                    .anyMatch(name -> FOREIGN.stream().anyMatch(name::startsWith));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }
}
