package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.contract.OpenApiContract;
import io.deltacat.server.ServerClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which operations of the protocol the server answers, and which it refuses by name. */
class OperationsIT {
    /** What belongs to a later server, by the beginning of the path or a part of it. */
    private static final List<String> LATER = List.of(
            "/v1/jobs",
            "/v1/publications",
            "/v1/transforms",
            "/v1/pipelines",
            "/placement",
            "/exact-placement-roots",
            "/frontier-progress",
            "/v1/auth/grants",
            "/v1/auth/users",
            "/data-roots",
            "/discovery-roots",
            "/storage-bindings",
            "/storage-control",
            "/manifest-ledger",
            "/v1/admin",
            "/langolier",
            // they start work or say who may
            "/v1/subscriptions/{subscriber_id}/managers",
            "/v1/subscriptions/{subscriber_id}/redrive",
            "/v1/subscriptions/{subscriber_id}/run",
            "/v1/subscriptions/{subscriber_id}/trigger");

    @TempDir
    Path directory;

    /** The newest document's, and what only the oldest has for tables and data. */
    private static Set<String> operations() {
        Set<String> operations =
                new LinkedHashSet<>(OpenApiContract.version("0.1.67").operations());
        OpenApiContract.version("0.1.1").operations().stream()
                .filter(operation -> operation.contains("/v1/namespaces/"))
                .forEach(operations::add);
        return operations;
    }

    @Test
    void everyOperationIsAnsweredOrRefusedByName() {
        List<String> unknown = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (LocalServer server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build())) {
            ServerClient client = new ServerClient(server.uri());
            for (String operation : operations()) {
                int space = operation.indexOf(' ');
                Answer answer = client.send(
                        operation.substring(0, space),
                        operation.substring(space + 1).replaceAll("\\{[^}]*}", "0"),
                        "{}".getBytes(StandardCharsets.UTF_8));
                if (answer.status() == 405 || answer.message().startsWith("no operation at this path")) {
                    unknown.add(operation);
                } else if (answer.code().equals("unsupported_operation")
                        && answer.details().has("operation")) {
                    refused.add(operation);
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(refused)
                .filteredOn(operation -> LATER.stream().noneMatch(operation::contains))
                .isEmpty();
        assertThat(OpenApiContract.version("0.1.67").operations())
                .filteredOn(operation -> LATER.stream().anyMatch(operation::contains)
                        && !operation.equals("POST /v1/jobs/submit/compaction"))
                .allMatch(refused::contains);
    }
}
