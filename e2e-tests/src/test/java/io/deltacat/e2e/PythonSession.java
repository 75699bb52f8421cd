package io.deltacat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.e2e.MatrixScenario.Write;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real Python client as one process that takes commands; see {@code matrix_peer.py}. One call at a time. */
final class PythonSession implements MatrixPeer, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader replies;

    private PythonSession(Process process) {
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static PythonSession start(URI server, String namespace, Path directory) throws IOException, InterruptedException {
        return new PythonSession(new ProcessBuilder(
                        PythonEnvironment.interpreter(PythonEnvironment.CLIENT).toString(),
                        Repository.python().resolve("matrix_peer.py").toString(),
                        "--uri",
                        server.toString(),
                        "--namespace",
                        namespace)
                .redirectError(directory.resolve("python.log").toFile())
                .start());
    }

    /** What the Python client raised. */
    static final class PythonError extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient JsonNode error;

        PythonError(JsonNode error) {
            super("Python: " + error.get("type").asText() + ": "
                    + error.get("message").asText());
            this.error = error;
        }

        String code() {
            return error.path("code").asText();
        }

        JsonNode details() {
            return error.path("details");
        }
    }

    static ObjectNode command(String operation) {
        return JsonNodeFactory.instance.objectNode().put("op", operation);
    }

    static ObjectNode command(String operation, MatrixScenario scenario) {
        return command(operation).put("table", scenario.table()).put("format", scenario.format());
    }

    synchronized JsonNode run(ObjectNode command) throws IOException, PythonError {
        commands.write(JSON.writeValueAsString(command));
        commands.newLine();
        commands.flush();
        String line = replies.readLine();
        if (line == null) {
            throw new IOException("the Python process ended at " + command);
        }
        JsonNode reply = JSON.readTree(line);
        if (reply.has("error")) {
            throw new PythonError(reply.get("error"));
        }
        return reply;
    }

    @Override
    public void create(MatrixScenario scenario) throws Exception {
        ObjectNode command = command("create", scenario);
        command.set("columns", columns(MatrixColumn.FIRST, scenario.kind().keyed()));
        scenario.kind().partitionKey().ifPresent(key -> partition(command, key));
        run(command);
    }

    static void partition(ObjectNode create, PartitionKeyInput key) {
        create.putObject("partition").put("column", key.key().get(0)).put("transform", key.transform());
    }

    @Override
    public void addColumn(MatrixScenario scenario) throws Exception {
        ObjectNode command = command("add_column", scenario);
        command.set("column", columns(List.of(MatrixColumn.SCORE), false).get(0));
        run(command);
    }

    @Override
    public void write(MatrixScenario scenario, Write write) throws Exception {
        ObjectNode command = command("write", scenario).put("mode", write.mode());
        command.set("columns", columns(write.columns(), scenario.kind().keyed()));
        command.set("rows", rows(write));
        run(command);
    }

    @Override
    public List<JsonNode> read(MatrixScenario scenario) throws Exception {
        return rows(run(read(scenario.table(), scenario.columns())));
    }

    static ObjectNode read(String table, List<MatrixColumn> columns) {
        ObjectNode command = command("read").put("table", table);
        ArrayNode names = command.putArray("columns");
        columns.forEach(column -> names.add(column.wireName()));
        return command;
    }

    static List<JsonNode> rows(JsonNode reply) {
        List<JsonNode> rows = new ArrayList<>();
        reply.get("rows").forEach(rows::add);
        return rows;
    }

    static ArrayNode rows(Write write) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (List<Object> row : write.rows()) {
            ArrayNode values = rows.addArray();
            for (MatrixColumn column : write.columns()) {
                values.add(value(row.get(column.ordinal())));
            }
        }
        return rows;
    }

    private static JsonNode value(Object value) {
        if (value instanceof LocalDateTime time) {
            return JsonNodeFactory.instance.textNode(MICROS.format(time));
        }
        if (value instanceof LocalDate || value instanceof BigDecimal) {
            return JsonNodeFactory.instance.textNode(value.toString());
        }
        return JSON.valueToTree(value);
    }

    static ArrayNode columns(List<MatrixColumn> columns, boolean keyed) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (MatrixColumn column : columns) {
            array.addObject()
                    .put("name", column.wireName())
                    .put("type", column.wireType())
                    .put("key", keyed && column == MatrixColumn.ID);
        }
        return array;
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
