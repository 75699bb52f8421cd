package io.deltacat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The real Python client, as the commands of {@code peer.py}, each a process of its own. */
final class PythonPeer {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path interpreter;
    private final URI server;
    private final String namespace;
    private final Path directory;
    private final ObjectMapper json = new ObjectMapper();
    private int calls;

    PythonPeer(URI server, String namespace, Path directory) throws IOException, InterruptedException {
        this.interpreter = PythonEnvironment.interpreter(PythonEnvironment.CLIENT);
        this.server = server;
        this.namespace = namespace;
        this.directory = directory;
    }

    /** Runs a command; each line it prints is one JSON value. */
    List<JsonNode> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                interpreter.toString(),
                Repository.python().resolve("peer.py").toString(),
                "--uri",
                server.toString(),
                "--namespace",
                namespace));
        command.addAll(List.of(arguments));
        calls++;
        List<JsonNode> lines = new ArrayList<>();
        for (String line : ChildProcess.run(directory.resolve("peer-" + calls + ".out"), LIMIT, command)
                .split("\n")) {
            if (!line.isBlank()) {
                lines.add(json.readTree(line));
            }
        }
        return lines;
    }
}
