package io.deltacat.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.catalog.DeltaRangeBuilder;
import io.deltacat.client.catalog.DropContents;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.catalog.SchemaUpdates;
import io.deltacat.client.filter.Filters;
import io.deltacat.client.http.HttpReply;
import io.deltacat.client.http.HttpRequest;
import io.deltacat.client.http.Transport;
import io.deltacat.client.model.AlterNamespaceRequest;
import io.deltacat.client.model.AlterTableRequestBuilder;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.CreateIfMissingInputBuilder;
import io.deltacat.client.model.CreateNamespaceRequest;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.PartitionStatsQuery;
import io.deltacat.client.model.PartitionStatsRepairRequest;
import io.deltacat.client.model.RetentionSubmitRequestBuilder;
import io.deltacat.client.model.SchemaFieldInputBuilder;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.TriggerConfigRequestBuilder;
import io.deltacat.client.model.UpdateSubscriptionRequestBuilder;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.client.subscription.Watermark;
import io.deltacat.client.write.WriteMode;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every request this client can send fits both OpenAPI documents, as far as the older one has the route. */
class RequestContractTest {
    private static final TableRef TABLE = TableRef.of("ns", "t/1");
    private static final TableRef VERSION = TABLE.withVersion("v 1");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final OpenApiContract NEWEST = OpenApiContract.version("0.1.67");
    private static final OpenApiContract OLDEST = OpenApiContract.version("0.1.1");

    @TestFactory
    Stream<DynamicTest> requestsFitTheDocuments() {
        Map<String, Consumer<DeltaCatClient>> calls = calls();
        return calls.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    for (HttpRequest request : record(entry.getValue())) {
                        assertThat(NEWEST.requestViolations(traffic(request)))
                                .as("%s", request.body())
                                .isEmpty();
                        if (OLDEST.operationOf(request.method(), request.path()).isPresent()) {
                            assertThat(OLDEST.requestViolations(traffic(request)))
                                    .as("0.1.1: %s", request.body())
                                    // its framework ignores parameters it does not know
                                    .allMatch(violation -> violation.contains("undeclared query parameter"));
                        }
                    }
                }));
    }

    @Test
    void strictBodiesStayMinimal() {
        HttpRequest create = record(client -> client.writeSessions()
                        .create(
                                TABLE,
                                WriteSessionCreateRequestBuilder.builder()
                                        .mode("append")
                                        .format("parquet")
                                        .build()))
                .get(0);
        assertThat(create.body())
                .isEqualTo(
                        "{\"format\":\"parquet\",\"mode\":\"append\",\"allow_external_entries\":false,\"catalog\":\"c 1\"}");
    }

    private static Map<String, Consumer<DeltaCatClient>> calls() {
        Map<String, Consumer<DeltaCatClient>> calls = new LinkedHashMap<>();
        catalogCalls(calls);
        maintenanceCalls(calls);
        deltaCalls(calls);
        commitCalls(calls);
        subscriptionCalls(calls);
        return calls;
    }

    private static void changeCalls(Map<String, Consumer<DeltaCatClient>> calls) {
        calls.put(
                "alterNamespace",
                client -> client.catalog()
                        .alterNamespace("n", new AlterNamespaceRequest("m", Map.of("k", JSON.numberNode(1)))));
        calls.put(
                "alterTable",
                client -> client.catalog()
                        .alterTable(
                                VERSION,
                                AlterTableRequestBuilder.builder()
                                        .tableDescription("d")
                                        .tableProperties(Map.of("k", JSON.textNode("v")))
                                        .build()));
        calls.put("renameTable", client -> client.catalog().renameTable(TABLE, TableRef.of("m", "u")));
        calls.put("truncateTable", client -> client.catalog().truncateTable(VERSION));
        calls.put("rollbackTable", client -> client.catalog().rollbackTable(VERSION, 5));
        calls.put("retentionPolicy", client -> client.catalog().retentionPolicy(TABLE));
    }

    private static void catalogCalls(Map<String, Consumer<DeltaCatClient>> calls) {
        calls.put("listCatalogs", client -> client.catalog().listCatalogs());
        calls.put("describeCatalog", client -> client.catalog().describeCatalog("c"));
        calls.put(
                "createNamespace",
                client -> client.catalog()
                        .createNamespace(new CreateNamespaceRequest("n", Map.of("k", JSON.textNode("v")))));
        calls.put("describeNamespace", client -> client.catalog().describeNamespace("n"));
        calls.put("namespaceExists", client -> client.catalog().namespaceExists("n"));
        calls.put("listNamespaces", client -> client.catalog().listNamespaces());
        calls.put("dropNamespace", client -> client.catalog().dropNamespace("n", DropContents.PURGE));
        calls.put(
                "createTable",
                client -> client.catalog()
                        .createTable(
                                TABLE,
                                CreateTableRequestBuilder.builder()
                                        .table("t/1")
                                        .autoCreateNamespace(true)
                                        .failIfExists(true)
                                        .schemaDef(WireJson.clientMapper()
                                                .valueToTree(List.of(SchemaFieldInputBuilder.builder()
                                                        .name("id")
                                                        .type("int64")
                                                        .nullable(false)
                                                        .isMergeKey(true)
                                                        .build())))
                                        .build()));
        calls.put("describeTable", client -> client.catalog().describeTable(VERSION));
        calls.put("describeTableWithCounts", client -> client.catalog().describeTableWithCounts(TABLE));
        calls.put("tableExists", client -> client.catalog().tableExists(VERSION));
        calls.put("listTables", client -> client.catalog().listTables("n"));
        calls.put("listTableVersions", client -> client.catalog().listTableVersions(TABLE));
        changeCalls(calls);
        calls.put("dropTable", client -> client.catalog().dropTable(TABLE, DropContents.KEEP));
        calls.put(
                "plan",
                client -> client.catalog()
                        .within(new TransactionRef("tx", 3))
                        .plan(
                                VERSION,
                                PlanRequestBuilder.builder()
                                        .columns(List.of("a", "b"))
                                        .filterPredicate(JSON.objectNode()
                                                .set(
                                                        "gt",
                                                        JSON.arrayNode()
                                                                .add("a")
                                                                .add(1)))
                                        .fileOffset(10L)
                                        .maxFiles(5L)
                                        .includeColumnStats(true)
                                        .includeFiles(false)
                                        .preferredRoot("near")
                                        .partitionFilter(
                                                List.of(JSON.objectNode().put("partition_id", "p")))
                                        .build()));
        calls.put(
                "plan as of",
                client -> client.catalog()
                        .plan(TABLE, PlanRequestBuilder.builder().asOf(1L).build()));
    }

    private static void maintenanceCalls(Map<String, Consumer<DeltaCatClient>> calls) {
        calls.put("describeTableWithExactCounts", client -> client.catalog().describeTableWithExactCounts(TABLE));
        calls.put(
                "alterTable with columns",
                client -> client.catalog()
                        .within(new TransactionRef("tx", 3))
                        .alterTable(
                                TABLE,
                                AlterTableRequestBuilder.builder()
                                        .schemaUpdates(SchemaUpdates.begin()
                                                .add(FieldMetadata.withFutureDefault(
                                                        TypeNames.field("note", "string", true), "none"))
                                                .remove("old")
                                                .updateType("amount", TypeNames.field("amount", "int64", true))
                                                .allowIncompatibleChanges()
                                                .build())
                                        .tableProperties(Map.of("k", JSON.textNode("v")))
                                        .build()));
        calls.put("preview", client -> client.catalog().maintenance(VERSION).preview(5, Filters.eq("a", 1)));
        calls.put(
                "writeInline",
                client -> client.catalog()
                        .maintenance(TABLE)
                        .writeInline(
                                WriteMode.APPEND,
                                JSON.objectNode().set("id", JSON.arrayNode().add(1))));
        calls.put(
                "compactionStatus",
                client -> client.catalog().maintenance(TABLE).compactionStatus());
        calls.put("compact", client -> client.catalog().maintenance(VERSION).compact("p"));
        calls.put(
                "applyRetention",
                client -> client.catalog()
                        .maintenance(TABLE)
                        .applyRetention(RetentionSubmitRequestBuilder.builder()
                                .dryRun(true)
                                .retentionDays(3L)
                                .build()));
        calls.put(
                "partitionStats",
                client -> client.catalog()
                        .maintenance(TABLE)
                        .partitionStats(new PartitionStatsQuery(
                                10, "token", Filters.eq("region", "a").toJson())));
        calls.put(
                "dirtyPartitionStats",
                client -> client.catalog().maintenance(VERSION).dirtyPartitionStats());
        calls.put(
                "repairPartitionStats",
                client -> client.catalog()
                        .maintenance(TABLE)
                        .repairPartitionStats(new PartitionStatsRepairRequest(null, List.of("a"), "1")));
    }

    private static void deltaCalls(Map<String, Consumer<DeltaCatClient>> calls) {
        calls.put("listStreams", client -> client.catalog().listStreams(VERSION));
        calls.put("getStream", client -> client.catalog().getStream(VERSION, "s"));
        calls.put("listPartitions", client -> client.catalog().listPartitions(VERSION, "s"));
        calls.put("getPartition", client -> client.catalog().getPartition(VERSION, "s", "p"));
        DeltaRangeBuilder range = DeltaRangeBuilder.builder()
                .table(VERSION)
                .streamId("s")
                .partitionId("p")
                .firstPosition(1L)
                .lastPosition(9L)
                .includeManifest(true)
                .pageSize(50);
        calls.put("listDeltas", client -> client.catalog().listDeltas(range.build(), "token"));
        calls.put("listDeltaPages", client -> client.catalog().listDeltaPages(range.build(), null));
        calls.put("getDelta", client -> client.catalog().getDelta(VERSION, "s", "p", 4));
    }

    private static void commitCalls(Map<String, Consumer<DeltaCatClient>> calls) {
        calls.put(
                "begin",
                client -> client.transactions()
                        .begin(TransactionCreateRequestBuilder.builder()
                                .commitMessage("m")
                                .build()));
        calls.put("getTransaction", client -> client.transactions().get("tx"));
        calls.put("heartbeatTransaction", client -> client.transactions().heartbeat("tx", 1));
        calls.put("commitTransaction", client -> client.transactions().commit("tx", 1));
        calls.put("abortTransaction", client -> client.transactions().abort("tx", 1, "why"));
        calls.put(
                "createSession",
                client -> client.writeSessions()
                        .create(
                                VERSION,
                                WriteSessionCreateRequestBuilder.builder()
                                        .mode("append")
                                        .format("parquet")
                                        .writeKey("k")
                                        .ownerKey("o")
                                        .allowExternalEntries(true)
                                        .createIfMissing(CreateIfMissingInputBuilder.builder()
                                                .schemaDef(JSON.textNode("base64"))
                                                .build())
                                        .transactionId("tx")
                                        .transactionVersion(2L)
                                        .operationId("op_1")
                                        .build()));
        calls.put("getSession", client -> client.writeSessions().get("ws"));
        calls.put("heartbeatSession", client -> client.writeSessions().heartbeat("ws", 1));
        calls.put("abortSession", client -> client.writeSessions().abort("ws", 1, null));
        WriteEntry entry = WriteEntryBuilder.builder()
                .path("/data/w-1.parquet")
                .recordCount(1L)
                .contentLength(10L)
                .sourceContentLength(8L)
                .columnStats(Map.of("a", new ColumnStatistics(JSON.numberNode(1), JSON.numberNode(2), 0L)))
                .entryType("data")
                .build();
        calls.put(
                "commitSession",
                client -> client.writeSessions()
                        .commitOnce(
                                "ws",
                                WriteSessionCommitRequestBuilder.builder()
                                        .operationId("op_1")
                                        .sessionVersion(1)
                                        .entries(List.of(entry))
                                        .build()));
    }

    private static void subscriptionCalls(Map<String, Consumer<DeltaCatClient>> calls) {
        calls.put(
                "createSubscription",
                client -> client.subscriptions()
                        .create(CreateSubscriptionRequestBuilder.builder()
                                .subscriberId("s")
                                .sourceTables(List.of(Map.of("namespace", "n", "table", "t")))
                                .trigger(TriggerConfigRequestBuilder.builder()
                                        .mode("event")
                                        .build())
                                .build()));
        calls.put("getSubscription", client -> client.subscriptions().get("s"));
        calls.put("listSubscriptions", client -> client.subscriptions().list("active"));
        calls.put(
                "updateSubscription",
                client -> client.subscriptions()
                        .update(
                                "s",
                                UpdateSubscriptionRequestBuilder.builder()
                                        .configJson("{}")
                                        .build()));
        calls.put("deleteSubscription", client -> client.subscriptions().delete("s"));
        calls.put("pauseSubscription", client -> client.subscriptions().pause("s"));
        calls.put("resumeSubscription", client -> client.subscriptions().resume("s"));
        calls.put("getWatermark", client -> client.subscriptions().watermark("s"));
        calls.put("setWatermark", client -> client.subscriptions().setWatermark("s", Watermark.EMPTY));
    }

    private static OpenApiContract.Traffic traffic(HttpRequest request) throws Exception {
        Set<String> query = new LinkedHashSet<>();
        int mark = request.target().indexOf('?');
        if (mark >= 0) {
            for (String pair : request.target().substring(mark + 1).split("&")) {
                query.add(pair.substring(0, pair.indexOf('=')));
            }
        }
        Optional<JsonNode> body = request.body() == null
                ? Optional.empty()
                : Optional.of(WireJson.clientMapper().readTree(request.body()));
        return new OpenApiContract.Traffic(request.method(), request.path(), query, body, 0, Optional.empty());
    }

    /** The requests a call makes; what it makes of a bare 404 does not matter here. */
    private static List<HttpRequest> record(Consumer<DeltaCatClient> call) {
        List<HttpRequest> requests = new ArrayList<>();
        Transport transport = new Transport() {
            @Override
            public HttpReply send(HttpRequest request) {
                requests.add(request);
                return new HttpReply(404, Map.of(), new byte[0]);
            }

            @Override
            public void close() {}
        };
        try (DeltaCatClient client = DeltaCatClient.builder()
                .uri("http://localhost:1")
                .catalog("c 1")
                .transport(transport)
                .build()) {
            call.accept(client);
        } catch (DeltaCatException e) {
            assertThat(e.status()).isEqualTo(404);
        }
        assertThat(requests).isNotEmpty();
        return requests;
    }
}
