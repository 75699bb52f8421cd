package io.deltacat.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Speaks plain HTTP to a server, and knows the few requests that most tests begin with. */
final class ServerClient {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final String SCHEMA =
            "[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false},{\"name\":\"name\",\"type\":\"string\"}]";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI base;

    ServerClient(URI base) {
        this.base = base;
    }

    /** A reply: status, body as JSON and as text, and its headers. */
    record Answer(int status, JsonNode body, String text, HttpResponse<String> raw) {
        JsonNode at(String field) {
            return body.path(field);
        }

        String code() {
            return body.path("error").path("code").asText();
        }

        String message() {
            return body.path("error").path("message").asText();
        }

        JsonNode details() {
            return body.path("error").path("details");
        }

        String nextToken() {
            return raw.headers().firstValue("x-deltacat-next-token").orElse("");
        }
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    Answer post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Answer put(String path, String body) {
        return send(request(path).PUT(BodyPublishers.ofString(body)).build());
    }

    Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> reply = http.send(request, BodyHandlers.ofString());
            return new Answer(reply.statusCode(), parse(reply.body()), reply.body(), reply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    // ---- the requests most tests begin with

    void createTable(String table) {
        Answer made =
                post("/v1/namespaces/default/tables", "{\"table\":\"" + table + "\",\"schema_def\":" + SCHEMA + "}");
        require(made, 201);
    }

    Answer openSession(String table, String mode, String... moreFields) {
        String more = Arrays.stream(moreFields).map(field -> "," + field).collect(Collectors.joining());
        return post(
                "/v1/namespaces/default/tables/" + table + "/write-sessions",
                "{\"format\":\"parquet\",\"mode\":\"" + mode + "\"" + more + "}");
    }

    /** Writes a file of some bytes into a session's directory and gives the entry for it. */
    static String entry(JsonNode session, String file, int records) {
        byte[] bytes = ("rows of " + file).getBytes(StandardCharsets.UTF_8);
        Path path = Path.of(session.get("data_dir").asText(), file);
        try {
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "{\"path\":\"" + path + "\",\"record_count\":" + records + ",\"content_length\":" + bytes.length
                + ",\"column_stats\":{\"id\":{\"min\":1,\"max\":" + records + ",\"null_count\":0}}}";
    }

    Answer commitSession(JsonNode session, String operationId, String... entries) {
        return commitSession(session, session.get("session_version").asLong(), operationId, "", entries);
    }

    Answer commitSession(JsonNode session, long version, String operationId, String more, String... entries) {
        return post(
                "/v1/write-sessions/" + session.get("session_id").asText() + "/commit",
                "{\"session_version\":" + version + ",\"operation_id\":\"" + operationId + "\"" + more
                        + ",\"entries\":[" + String.join(",", entries) + "]}");
    }

    /** Opens a session, writes one file and commits it. */
    JsonNode write(String table, String mode, String file, int records) {
        JsonNode session = require(openSession(table, mode), 200).body();
        return require(commitSession(session, "op_" + file, entry(session, file, records)), 200)
                .body();
    }

    JsonNode begin() {
        return require(post("/v1/transactions", "{}"), 200).body();
    }

    /** Opens a session in a transaction, writes one file and attaches it; gives the attached session. */
    JsonNode attach(JsonNode transaction, long version, String table, String mode, String file, int records) {
        JsonNode session = require(
                        openSession(
                                table,
                                mode,
                                "\"transaction_id\":\""
                                        + transaction.get("transaction_id").asText() + "\"",
                                "\"transaction_version\":" + version),
                        200)
                .body();
        return require(
                        commitSession(
                                session,
                                1,
                                "op_" + file,
                                ",\"transaction_version\":" + session.get("transaction_version"),
                                entry(session, file, records)),
                        200)
                .body();
    }

    Answer finish(JsonNode transaction, String action, long version) {
        return post(
                "/v1/transactions/" + transaction.get("transaction_id").asText() + "/" + action,
                "{\"transaction_version\":" + version + "}");
    }

    JsonNode plan(String table, String... query) {
        return require(post("/v1/namespaces/default/tables/" + table + "/plan?" + String.join("&", query), ""), 200)
                .body();
    }

    long records(String table) {
        return plan(table).get("total_records").asLong();
    }

    /** Path of the listing below the one partition of a table. */
    String partitionPath(String table) {
        String streams = "/v1/namespaces/default/tables/" + table + "/versions/1/streams";
        String stream =
                require(get(streams), 200).body().get(0).get("stream_id").asText();
        JsonNode partitions =
                require(get(streams + "/" + stream + "/partitions"), 200).body();
        return streams + "/" + stream + "/partitions/"
                + partitions.get(0).get("partition_id").asText();
    }

    static Answer require(Answer answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("expected status " + status + ", got " + answer.status() + ": " + answer.text());
        }
        return answer;
    }
}
