package io.deltacat.client.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks traffic against an OpenAPI document of the protocol: no undeclared operation, query parameter or status, no missing
 * required field, no wrong type, no key that a closed body does not have. Thread-safe.
 */
public final class OpenApiContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    /** Declared for every operation by the error rules, whether the document lists them or not (versions.md, Errors). */
    private static final Set<Integer> COMMON_STATUSES =
            Set.of(400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 423, 429, 503, 504);

    private static final String ERROR_SCHEMA = "#/components/schemas/PublicErrorResponse";

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

    private OpenApiContract(JsonNode document) {
        this.document = document;
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()));
                    }
                }));
        // Literal segments win over parameters.
        operations.sort(Comparator.comparingInt(Operation::parameterCount));
    }

    /**
     * Loads a document of the protocol.
     *
     * @param version 0.1.1 or 0.1.67
     * @return the contract
     */
    public static OpenApiContract version(String version) {
        String resource = "/openapi/openapi-" + version + ".json";
        try (InputStream in = OpenApiContract.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no OpenAPI document for version '" + version + "'");
            }
            return new OpenApiContract(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One request and its reply.
     *
     * @param method HTTP method, any case
     * @param path path without query, percent-encoded
     * @param query names of the query parameters sent
     * @param body request body, empty for none
     * @param status status of the reply; 0 when no reply was sent
     * @param reply body of the reply, empty for none
     */
    public record Traffic(
            String method,
            String path,
            Set<String> query,
            Optional<JsonNode> body,
            int status,
            Optional<JsonNode> reply) {

        String label() {
            return method + " " + path + " -> " + status + ": ";
        }
    }

    /** Returns every operation of the document as {@code METHOD /path/template}, in its order. */
    public Set<String> operations() {
        Set<String> names = new LinkedHashSet<>();
        operations.forEach(operation -> names.add(operation.name()));
        return names;
    }

    /**
     * Finds the operation of a request.
     *
     * @return its name as in {@link #operations()}, or empty when the document has none
     */
    public Optional<String> operationOf(String method, String path) {
        return find(method, path).map(Operation::name);
    }

    /**
     * Checks a request and, if it was answered, its reply. What was refused may be wrong: then only the reply is checked.
     *
     * @param traffic what went over the wire
     * @return one line for each violation; empty when the traffic keeps the contract
     */
    public List<String> violations(Traffic traffic) {
        List<String> violations = new ArrayList<>(traffic.status() < 400 ? requestViolations(traffic) : List.of());
        violations.addAll(replyViolations(traffic));
        return violations;
    }

    /**
     * Checks a request: declared operation, declared and required query parameters, body.
     *
     * @param traffic what went over the wire
     * @return one line for each violation
     */
    public List<String> requestViolations(Traffic traffic) {
        Optional<Operation> found = find(traffic.method(), traffic.path());
        if (found.isEmpty()) {
            return List.of(traffic.label() + "undeclared operation");
        }
        List<String> violations = new ArrayList<>();
        checkQuery(found.get(), traffic, violations);
        checkBody(found.get(), traffic, violations);
        return violations;
    }

    /**
     * Checks a reply: declared status, body. A reply to an undeclared operation has nothing to keep.
     *
     * @param traffic what went over the wire
     * @return one line for each violation
     */
    public List<String> replyViolations(Traffic traffic) {
        List<String> violations = new ArrayList<>();
        find(traffic.method(), traffic.path())
                .filter(operation -> traffic.status() != 0)
                .ifPresent(operation -> checkReply(operation, traffic, violations));
        return violations;
    }

    private Optional<Operation> find(String method, String path) {
        String[] segments = path.split("/", -1);
        return operations.stream()
                .filter(operation -> operation.method.equals(method.toLowerCase(Locale.ROOT)))
                .filter(operation -> operation.matches(segments))
                .findFirst();
    }

    private static void checkQuery(Operation operation, Traffic traffic, List<String> violations) {
        Map<String, Boolean> declared = new LinkedHashMap<>();
        for (JsonNode parameter : operation.node.path("parameters")) {
            if (parameter.path("in").asText().equals("query")) {
                declared.put(
                        parameter.get("name").textValue(),
                        parameter.path("required").asBoolean());
            }
        }
        for (String name : traffic.query()) {
            if (!declared.containsKey(name)) {
                violations.add(traffic.label() + "undeclared query parameter '" + name + "'");
            }
        }
        declared.forEach((name, required) -> {
            if (required && !traffic.query().contains(name)) {
                violations.add(traffic.label() + "missing query parameter '" + name + "'");
            }
        });
    }

    private void checkBody(Operation operation, Traffic traffic, List<String> violations) {
        JsonNode content = operation.node.path("requestBody").path("content").path("application/json");
        if (traffic.body().isEmpty()) {
            if (operation.node.path("requestBody").path("required").asBoolean()) {
                violations.add(traffic.label() + "missing request body");
            }
            return;
        }
        if (content.has("schema")) {
            validate(content.get("schema"), traffic.body().get(), traffic.label() + "request ", violations);
        }
    }

    private void checkReply(Operation operation, Traffic traffic, List<String> violations) {
        JsonNode response = operation.node.path("responses").path(Integer.toString(traffic.status()));
        if (response.isMissingNode() && !COMMON_STATUSES.contains(traffic.status())) {
            violations.add(traffic.label() + "undeclared status");
            return;
        }
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (response.isMissingNode() && document.at(ERROR_SCHEMA.substring(1)).isObject()) {
            schema = JsonNodeFactory.instance.objectNode().put("$ref", ERROR_SCHEMA);
        }
        if (schema.isMissingNode() || schema.isEmpty()) {
            return;
        }
        if (traffic.reply().isEmpty()) {
            violations.add(traffic.label() + "missing reply body");
        } else {
            validate(schema, traffic.reply().get(), traffic.label() + "reply ", violations);
        }
    }

    private void validate(JsonNode schema, JsonNode value, String label, List<String> violations) {
        Schema compiled = schemas.computeIfAbsent(schema.toString(), key -> {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            root.set("components", document.get("components"));
            root.set("allOf", JsonNodeFactory.instance.arrayNode().add(schema));
            return registry.getSchema(root);
        });
        compiled.validate(value).forEach(error -> violations.add(label + error));
    }

    /** One operation of the document. */
    private static final class Operation {
        private final String method;
        private final String template;
        private final String[] segments;
        private final JsonNode node;

        Operation(String method, String template, JsonNode node) {
            this.method = method;
            this.template = template;
            this.segments = template.split("/", -1);
            this.node = node;
        }

        String name() {
            return method.toUpperCase(Locale.ROOT) + " " + template;
        }

        int parameterCount() {
            return (int) Arrays.stream(segments)
                    .filter(segment -> segment.startsWith("{"))
                    .count();
        }

        boolean matches(String[] path) {
            if (path.length != segments.length) {
                return false;
            }
            for (int i = 0; i < path.length; i++) {
                if (segments[i].startsWith("{") ? path[i].isEmpty() : !segments[i].equals(path[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
