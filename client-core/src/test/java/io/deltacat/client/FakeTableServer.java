package io.deltacat.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.http.HttpReply;
import io.deltacat.client.http.HttpRequest;
import io.deltacat.client.http.Transport;
import io.deltacat.client.http.TransportFailure;
import io.deltacat.client.model.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small correct server of one unpartitioned table: write sessions with version fence and operation replay, plans with
 * paging and time travel. Dials lose requests and replies. Confined to one thread.
 */
public final class FakeTableServer implements Transport {
    private final JsonMapper json = WireJson.clientMapper();
    private final Path root;
    private final String schemaSerialized;
    private final Map<String, ObjectNode> sessions = new LinkedHashMap<>();
    private final List<Commit> commits = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private long clock = 1_000;
    private int pageFiles = Integer.MAX_VALUE;
    private Runnable betweenPages = () -> {};
    private String loseReplyOf = "none";
    private String loseRequestOf = "none";

    private List<String> mergeKeys = List.of();

    private record Commit(long time, String mode, JsonNode entries) {}

    private record PlannedFile(long position, String mode, JsonNode entry) {}

    public FakeTableServer(Path root, String schemaSerialized) {
        this.root = root;
        this.schemaSerialized = schemaSerialized;
    }

    /** The next request whose path ends so is applied and its reply lost. */
    public void loseReplyOf(String pathEnd) {
        loseReplyOf = pathEnd;
    }

    /** The next request whose path ends so never arrives, although the client cannot know. */
    public void loseRequestOf(String pathEnd) {
        loseRequestOf = pathEnd;
    }

    public void filesPerPage(int files) {
        pageFiles = files;
    }

    /** Makes plans ask for a merge by these keys. */
    public void mergeKeys(String... keys) {
        mergeKeys = List.of(keys);
    }

    /** Runs after each plan. */
    public void betweenPages(Runnable action) {
        betweenPages = action;
    }

    /** Method and path of every request that arrived. */
    public List<String> log() {
        return log;
    }

    public long commitCount() {
        return commits.size();
    }

    public String status(String sessionId) {
        return sessions.get(sessionId).path("status").asText();
    }

    /** Registers rows of an earlier commit once more, as another writer's. */
    public void repeatCommit(int index) {
        Commit again = commits.get(index);
        commits.add(new Commit(++clock, again.mode(), again.entries()));
    }

    @Override
    public HttpReply send(HttpRequest request) throws TransportFailure {
        if (request.path().endsWith(loseRequestOf)) {
            loseRequestOf = "none";
            throw lost();
        }
        log.add(request.method() + " " + request.path());
        HttpReply reply = answer(request);
        if (request.path().endsWith(loseReplyOf)) {
            loseReplyOf = "none";
            throw lost();
        }
        return reply;
    }

    private HttpReply answer(HttpRequest request) {
        String[] path = request.path().split("/");
        String last = path[path.length - 1];
        if (last.equals("write-sessions")) {
            return open(parse(request.body()));
        }
        if (last.equals("plan")) {
            HttpReply reply = plan(request.target());
            betweenPages.run();
            return reply;
        }
        if (path[2].equals("transactions")) {
            return reply(
                    200,
                    json.createObjectNode()
                            .put("transaction_id", "tx")
                            .put("transaction_version", 1)
                            .put("status", "RUNNING")
                            .put("created_at", ++clock)
                            .put("expires_at", clock + 1_000)
                            .put("last_heartbeat_at", clock));
        }
        ObjectNode session = sessions.get(path[3]);
        return request.method().equals("GET") ? reply(200, session) : change(session, last, parse(request.body()));
    }

    private HttpReply open(JsonNode request) {
        for (ObjectNode session : sessions.values()) {
            boolean same = session.path("write_key").equals(request.path("write_key"));
            if (same
                    && request.has("write_key")
                    && session.path("status").asText().equals("OPEN")) {
                return reply(200, session);
            }
        }
        ObjectNode session = json.createObjectNode()
                .put("session_id", "ws" + sessions.size())
                .put("session_version", 1)
                .put("status", "OPEN")
                .put("namespace", "n")
                .put("table", "t")
                .put("table_exists", true)
                .put("mode", request.path("mode").asText())
                .put("format", "parquet")
                .put("data_dir", root.resolve("data").toString())
                .put("schema_serialized", schemaSerialized)
                .put("created_at", ++clock)
                .put("last_heartbeat_at", clock)
                .put("expires_at", clock + 3_600_000_000_000L);
        session.set("write_key", request.path("write_key"));
        sessions.put(session.path("session_id").asText(), session);
        return reply(200, session);
    }

    private HttpReply change(ObjectNode session, String action, JsonNode request) {
        String operation = request.path("operation_id").asText();
        boolean replay = action.equals("commit")
                && session.path("commit_operation_id").asText("-").equals(operation);
        if (replay) {
            return reply(200, session);
        }
        boolean open = session.path("status").asText().equals("OPEN");
        if (!open
                || request.path("session_version").asLong()
                        != session.path("session_version").asLong()) {
            return reply(409, json.createObjectNode().put("detail", "session is not open at this version"));
        }
        session.put("session_version", session.path("session_version").asLong() + 1);
        if (action.equals("commit")) {
            commits.add(new Commit(++clock, session.path("mode").asText(), request.path("entries")));
            session.put("status", "COMMITTED").put("commit_status", "COMMITTED").put("commit_operation_id", operation);
        } else if (action.equals("abort")) {
            session.put("status", "ABORTED");
        }
        return reply(200, session);
    }

    private HttpReply plan(String target) {
        Map<String, String> query = query(target);
        long asOf = query.containsKey("as_of") ? Long.parseLong(query.get("as_of")) : Long.MAX_VALUE;
        List<PlannedFile> files = new ArrayList<>();
        long visible = 0;
        for (Commit commit : commits) {
            if (commit.time() < asOf) {
                long position = ++visible;
                commit.entries().forEach(entry -> files.add(new PlannedFile(position, commit.mode(), entry)));
            }
        }
        int offset = Integer.parseInt(query.getOrDefault("file_offset", "0"));
        int limit = Math.min(pageFiles, Integer.parseInt(query.getOrDefault("max_files", "2147483647")));
        int end = (int) Math.min(files.size(), (long) offset + limit);
        ObjectNode plan = json.createObjectNode()
                .put("namespace", "n")
                .put("table", "t")
                .put("content_type", "parquet")
                .put("requires_mor", false)
                .put("schema_serialized", schemaSerialized)
                .put("snapshot_id", "snapshot-" + visible)
                .put("truncated", end < files.size());
        if (end < files.size()) {
            plan.put("next_file_offset", end);
        }
        if (!mergeKeys.isEmpty()) {
            plan.put("requires_mor", true).putObject("mor_plan").putArray("sort_keys");
            mergeKeys.forEach(plan.putArray("merge_keys")::add);
        }
        addTasks(plan.putArray("scan_tasks"), files.subList(Math.min(offset, end), end));
        return reply(200, plan);
    }

    private static void addTasks(ArrayNode tasks, List<PlannedFile> files) {
        for (PlannedFile file : files) {
            String type = switch (file.mode()) {
                case "merge" -> "upsert";
                case "delete" -> "delete";
                default -> "append";
            };
            JsonNode entry = file.entry();
            ObjectNode planned = tasks.addObject()
                    .put("delta_type", type)
                    .put("stream_position", file.position())
                    .put("partition_id", entry.path("partition_values").toString())
                    .putArray("files")
                    .addObject()
                    .put("path", entry.path("path").asText())
                    .put("content_length", entry.path("content_length").asLong())
                    .put("record_count", entry.path("record_count").asLong())
                    .put("content_type", file.entry().path("path").asText().endsWith(".parquet") ? "parquet" : "csv")
                    .put("content_encoding", entry.path("content_encoding").asText("identity"));
            planned.set("column_stats", entry.path("column_stats"));
        }
    }

    private static Map<String, String> query(String target) {
        Map<String, String> query = new LinkedHashMap<>();
        int mark = target.indexOf('?');
        for (String pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpReply reply(int status, JsonNode body) {
        return new HttpReply(status, Map.of(), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static TransportFailure lost() {
        return new TransportFailure(TransportFailure.Kind.NO_REPLY, "lost", new IOException("lost"));
    }

    @Override
    public void close() {}
}
