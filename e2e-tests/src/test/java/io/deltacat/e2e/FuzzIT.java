package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.CatalogClient;
import io.deltacat.client.model.CreateNamespaceRequest;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.client.write.WriteMode;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.quickstart.cluster.LocalServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Schemathesis asks the server all operations of the OpenAPI document with good and bad input. Longer, or other requests:
 * {@code -Dfuzz.seconds=600 -Dfuzz.seed=7}.
 */
class FuzzIT {
    private static final List<String> CHECKS = List.of(
            "not_a_server_error",
            "status_code_conformance",
            "content_type_conformance",
            "response_schema_conformance",
            "no_stack_trace",
            "refusals_say_why");

    private static final TableRef TABLE = TableRef.of("default", "fuzz");

    private static final Schema SCHEMA = new Schema(List.of(
            new Field("id", FieldType.notNullable(new ArrowType.Int(64, true)), null),
            new Field("name", FieldType.nullable(ArrowType.Utf8.INSTANCE), null)));

    @TempDir
    private Path directory;

    @Test
    void noInputMakesTheServerFailOrAnswerOutsideTheDocument() throws Exception {
        Path log = directory.resolve("server.log");
        try (LocalServerProcess server = LocalServerProcess.start(
                        Repository.serverJar(), directory.resolve("tables"), log, 0, List.of());
                DeltaCatClient client =
                        DeltaCatClient.builder().uri(server.uri()).build()) {
            fuzz(server, existing(client));

            assertThat(client.catalog().listNamespaces())
                    .as("the server still works")
                    .isNotEmpty();
        }
        assertThat(Files.readAllLines(log))
                .as("the server's log")
                .noneMatch(line -> line.contains(" ERROR ") || line.contains("Exception"));
    }

    private void fuzz(LocalServerProcess server, Map<String, String> existing)
            throws IOException, InterruptedException {
        int seconds = Integer.getInteger("fuzz.seconds", 40);
        String seed = System.getProperty("fuzz.seed", "1");
        ChildProcess.run(
                directory.resolve("schemathesis.out"),
                Duration.ofSeconds(seconds + 120L),
                List.of(
                        PythonEnvironment.interpreter(PythonEnvironment.FUZZ)
                                .resolveSibling("schemathesis")
                                .toString(),
                        "run",
                        Repository.root()
                                .resolve("client-core/src/test/resources/openapi/openapi-0.1.67.json")
                                .toString(),
                        "--url",
                        server.uri().toString(),
                        "--checks",
                        String.join(",", CHECKS),
                        "--phases",
                        "examples,coverage,fuzzing",
                        "--max-time",
                        Integer.toString(seconds),
                        "--seed",
                        seed,
                        "--request-timeout",
                        "10",
                        "--suppress-health-check",
                        "all",
                        "--continue-on-failure",
                        "--no-shrink",
                        "--warnings",
                        "off",
                        "--no-color"),
                Map.of(
                        "SCHEMATHESIS_HOOKS",
                        "fuzz_hooks",
                        "PYTHONPATH",
                        Repository.python().toString(),
                        "PYTHONDONTWRITEBYTECODE",
                        "1",
                        // names are chosen by hash
                        "PYTHONHASHSEED",
                        seed,
                        "FUZZ_EXISTING",
                        new ObjectMapper().writeValueAsString(existing)));
    }

    /** Tables with a delta, one for each operation that makes something else of it, an open session and an open transaction. */
    private static Map<String, String> existing(DeltaCatClient client) throws IOException {
        CatalogClient catalog = client.catalog();
        catalog.createNamespace(new CreateNamespaceRequest("altered", Map.of()));
        for (String name : List.of(TABLE.table(), "altered", "renamed", "rolled_back", "truncated")) {
            TableRef table = TableRef.of(TABLE.namespace(), name);
            catalog.createTable(
                    table,
                    CreateTableRequestBuilder.builder()
                            .table(name)
                            .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(SCHEMA)))
                            .build());
            catalog.write(table).mode(WriteMode.APPEND).rows(List.of(Map.of("id", 1L, "name", "one")));
        }
        TableRef version = TABLE.withVersion("1");
        String stream = catalog.listStreams(version).get(0).streamId();
        return Map.of(
                "catalog_name",
                "default",
                "namespace",
                TABLE.namespace(),
                "table",
                TABLE.table(),
                "table_version",
                "1",
                "stream_id",
                stream,
                "partition_id",
                catalog.listPartitions(version, stream).get(0).partitionId(),
                "stream_position",
                "1",
                "session_id",
                client.writeSessions()
                        .create(
                                TABLE,
                                WriteSessionCreateRequestBuilder.builder()
                                        .mode("append")
                                        .format("parquet")
                                        .build())
                        .sessionId(),
                "transaction_id",
                client.transactions()
                        .begin(TransactionCreateRequestBuilder.builder().build())
                        .transactionId());
    }
}
