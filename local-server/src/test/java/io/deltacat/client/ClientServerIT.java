package io.deltacat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.catalog.DeltaRangeBuilder;
import io.deltacat.client.catalog.DropContents;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.model.AlterNamespaceRequest;
import io.deltacat.client.model.AlterTableRequestBuilder;
import io.deltacat.client.model.CreateNamespaceRequest;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.SchemaFieldInputBuilder;
import io.deltacat.client.model.SchemaUpdateInput;
import io.deltacat.client.model.SchemaUpdateOperationInput;
import io.deltacat.client.model.StreamSummary;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.model.TableSummary;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.client.subscription.Watermark;
import io.deltacat.client.subscription.Watermark.PartitionIdentity;
import io.deltacat.client.write.TableWriter;
import io.deltacat.client.write.WriteMode;
import io.deltacat.client.write.WriteOutcome;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java client against the real local server. */
class ClientServerIT {
    private static final Schema SCHEMA = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("name", "string", true),
            TypeNames.field("at", "timestamp[us, tz=UTC]", true)));
    private static final TableRef TABLE = TableRef.of("sales", "orders");

    @TempDir
    Path directory;

    private LocalServer server;
    private DeltaCatClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        client = DeltaCatClient.builder()
                .uri(server.uri())
                .requestTimeout(Duration.ofSeconds(10))
                .commitTimeout(Duration.ofSeconds(20))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void namespacesAndTablesLiveAndDie() {
        client.catalog().createNamespace(new CreateNamespaceRequest("sales", Map.of("owner", TextNode.valueOf("ada"))));
        assertThat(client.catalog().namespaceExists("sales")).isTrue();
        assertThat(client.catalog().describeNamespace("sales").properties()).containsKey("owner");
        assertThat(client.catalog().tableExists(TABLE)).isFalse();
        assertThat(client.catalog().findTable(TABLE)).isEmpty();

        assertThat(client.catalog().createTable(TABLE, tableRequest(true)).created())
                .isTrue();
        TableDescription description = client.catalog().describeTable(TABLE);
        assertThat(ArrowSchemas.fromBase64(description.schemaSerialized()).getFields())
                .extracting(field -> field.getName())
                .containsExactly("id", "name", "at");
        assertThat(client.catalog().listTables("sales"))
                .extracting(TableSummary::name)
                .containsExactly("orders");
        assertThat(client.catalog().listTableVersions(TABLE)).hasSize(1);
        assertThatThrownBy(() -> client.catalog().createTable(TABLE, tableRequest(true)))
                .isInstanceOf(Conflict.class);
        assertThat(client.catalog().createTable(TABLE, tableRequest(false)).created())
                .isFalse();

        client.catalog().dropTable(TABLE, DropContents.KEEP);
        assertThat(client.catalog().tableExists(TABLE)).isFalse();
        assertThatThrownBy(() -> client.catalog().describeTable(TABLE))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("orders");
    }

    @Test
    void tablesChangeTheirSchemaNameAndContents() {
        createTable();
        append(0, 3);
        client.catalog()
                .alterTable(
                        TABLE,
                        AlterTableRequestBuilder.builder()
                                .tableDescription("all orders")
                                .schemaUpdates(new SchemaUpdateInput(
                                        List.of(new SchemaUpdateOperationInput(
                                                "add",
                                                SchemaFieldInputBuilder.builder()
                                                        .name("note")
                                                        .type("string")
                                                        .pastDefault(TextNode.valueOf("none"))
                                                        .build(),
                                                null,
                                                null)),
                                        false))
                                .build());
        assertThat(client.catalog().describeTable(TABLE).description()).isEqualTo("all orders");
        TableRef moved = TableRef.of("default", "moved");
        assertThat(client.catalog().renameTable(TABLE, moved).newNamespace()).isEqualTo("default");
        assertThat(client.catalog().findTable(TABLE)).isEmpty();
        long before = client.catalog().describeTableWithCounts(moved).totalRecords();
        assertThat(before).isEqualTo(3);
        java.time.Instant now = java.time.Instant.now();
        long then = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        assertThat(client.catalog().truncateTable(moved).truncated()).isTrue();
        assertThat(client.catalog().describeTableWithCounts(moved).totalRecords())
                .isZero();
        assertThat(client.catalog().rollbackTable(moved, then).asOf()).isEqualTo(then);
        assertThat(client.catalog().describeTableWithCounts(moved).totalRecords())
                .isEqualTo(3);
        assertThat(client.catalog().retentionPolicy(moved).unlimited()).isTrue();
        assertThat(client.catalog().dropTable(moved, DropContents.PURGE).purged())
                .isTrue();
        assertThat(client.catalog()
                        .alterNamespace("sales", new AlterNamespaceRequest("trade", null))
                        .newName())
                .isEqualTo("trade");
        assertThat(client.catalog().namespaceExists("sales")).isFalse();
    }

    @Test
    void listingsArePagedToTheirEnd() {
        for (int i = 0; i < 205; i++) {
            client.catalog().createNamespace(new CreateNamespaceRequest("n%03d".formatted(i), null));
        }
        assertThat(client.catalog().listNamespaces())
                .extracting(space -> space.name())
                .contains("n000", "n204");
        assertThat(client.catalog().listNamespaces()).hasSizeGreaterThanOrEqualTo(205);
    }

    @Test
    void rowsAreWrittenAndReadBack() {
        WriteOutcome outcome = client.catalog()
                .write(TABLE)
                .createIfMissing(SCHEMA)
                .rows(List.of(
                        Map.of("id", 1L, "name", "pen", "at", Instant.parse("2013-01-01T05:00:00Z")),
                        Map.of("id", 2L)));
        assertThat(outcome.rows()).isEqualTo(2);
        append(3, 5);
        List<Map<String, Object>> rows = client.catalog().read(TABLE).toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(0)).containsEntry("name", "pen").containsEntry("at", Instant.parse("2013-01-01T05:00:00Z"));
        assertThat(rows.get(1)).containsEntry("id", 2L).containsEntry("name", null);
    }

    @Test
    void everyAppendModeDoesWhatItSays() {
        assertThatThrownBy(() ->
                        client.catalog().write(TABLE).mode(WriteMode.APPEND).rows(rows(0, 1)))
                .isInstanceOf(DeltaCatException.class);
        client.catalog()
                .write(TABLE)
                .mode(WriteMode.CREATE)
                .createIfMissing(SCHEMA)
                .rows(rows(0, 1));
        client.catalog().write(TABLE).mode(WriteMode.ADD).rows(rows(1, 2));
        client.catalog().write(TABLE).mode(WriteMode.AUTO).rows(rows(2, 3));
        client.catalog().write(TABLE).mode(WriteMode.APPEND).rows(rows(3, 4));
        assertThat(ids()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThatThrownBy(() -> client.catalog()
                        .write(TABLE)
                        .mode(WriteMode.CREATE)
                        .createIfMissing(SCHEMA)
                        .rows(rows(9, 10)))
                .isInstanceOf(DeltaCatException.class);
        assertThat(ids()).hasSize(4);
    }

    @Test
    void aReadAsOfATimeSeesWhatWasThere() {
        createTable();
        append(0, 1);
        Instant between = Instant.now();
        append(1, 2);
        assertThat(client.catalog().read(TABLE).asOf(between.plusNanos(1)).toList())
                .hasSize(1);
        assertThat(ids()).hasSize(2);
    }

    @Test
    void pagedReadsSeeEveryFileOnce() {
        createTable();
        for (int i = 0; i < 7; i++) {
            append(i, i + 1);
        }
        List<Object> ids = new ArrayList<>();
        client.catalog().read(TABLE).filesPerPage(2).toList().forEach(row -> ids.add(row.get("id")));
        assertThat(ids).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aTransactionMakesTwoTablesVisibleTogether() {
        TableRef other = TableRef.of("sales", "items");
        createTable();
        client.catalog()
                .createTable(
                        other,
                        CreateTableRequestBuilder.builder(tableRequest(true))
                                .table("items")
                                .build());
        RemoteTransaction begun = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        TransactionRef transaction = TransactionRef.of(begun);
        for (TableRef table : List.of(TABLE, other)) {
            WriteOutcome outcome = client.catalog()
                    .within(transaction)
                    .write(table)
                    .mode(WriteMode.APPEND)
                    .rows(rows(0, 3));
            WriteSession session = outcome.committedSession().orElseThrow();
            assertThat(session.attached()).isTrue();
            transaction = new TransactionRef(transaction.transactionId(), session.transactionVersion());
        }
        assertThat(ids()).isEmpty();
        assertThat(client.catalog().within(transaction).read(TABLE).toList()).hasSize(3);
        RemoteTransaction committed =
                client.transactions().commitAndSettle(transaction.transactionId(), transaction.transactionVersion());
        assertThat(committed.status()).isEqualTo("COMMITTED");
        assertThat(ids()).hasSize(3);
        assertThat(client.catalog().read(other).toList()).hasSize(3);
    }

    @Test
    void anAbortedTransactionLeavesNothing() {
        createTable();
        RemoteTransaction begun = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        WriteSession session = client.catalog()
                .within(TransactionRef.of(begun))
                .write(TABLE)
                .mode(WriteMode.APPEND)
                .rows(rows(0, 3))
                .committedSession()
                .orElseThrow();
        client.transactions().abort(begun.transactionId(), session.transactionVersion(), "test");
        assertThat(ids()).isEmpty();
        assertThatThrownBy(() ->
                        client.transactions().commitAndSettle(begun.transactionId(), session.transactionVersion()))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void deltasAreListedInOrder() {
        createTable();
        append(0, 1);
        append(1, 3);
        client.catalog().write(TABLE).mode(WriteMode.ADD).rows(rows(3, 4));
        TableRef version =
                TABLE.withVersion(client.catalog().describeTable(TABLE).tableVersion());
        StreamSummary stream = client.catalog().listStreams(version).get(0);
        assertThat(client.catalog().getStream(version, stream.streamId()).streamId())
                .isEqualTo(stream.streamId());
        PartitionSummary partition =
                client.catalog().listPartitions(version, stream.streamId()).get(0);
        assertThat(partition.streamPosition()).isEqualTo(2);
        DeltaRangeBuilder range = DeltaRangeBuilder.builder()
                .table(version)
                .streamId(stream.streamId())
                .partitionId(partition.partitionId())
                .includeManifest(true)
                .pageSize(1);
        List<DeltaDetail> all = new ArrayList<>();
        String token = null;
        do {
            Page<DeltaDetail> page = client.catalog().listDeltas(range.build(), token);
            all.addAll(page.items());
            token = page.nextToken();
        } while (token != null);
        assertThat(all).hasSize(3);
        assertThat(all).extracting(DeltaDetail::streamPosition).isSorted();
        assertThat(all).extracting(DeltaDetail::deltaType).containsExactly("append", "append", "add");
        assertThat(all.get(1).manifest().entries().get(0).recordCount()).isEqualTo(2);
        assertThat(client.catalog()
                        .listDeltas(range.firstPosition(2L).lastPosition(2L).build(), null)
                        .items())
                .hasSize(1);
        assertThat(client.catalog()
                        .getDelta(version, stream.streamId(), partition.partitionId(), 1)
                        .recordCount())
                .isEqualTo(1);
    }

    @Test
    void subscriptionsKeepTheirWatermark() {
        createTable();
        client.subscriptions()
                .create(CreateSubscriptionRequestBuilder.builder()
                        .subscriberId("follower")
                        .sourceTables(List.of(Map.of("namespace", "sales", "table", "orders")))
                        .build());
        assertThatThrownBy(() -> client.subscriptions()
                        .create(CreateSubscriptionRequestBuilder.builder()
                                .subscriberId("follower")
                                .sourceTables(List.of(Map.of("namespace", "sales", "table", "orders")))
                                .build()))
                .isInstanceOf(Conflict.class);
        assertThat(client.subscriptions().watermark("follower")).isEmpty();
        Watermark watermark = Watermark.EMPTY.with("sales.orders", 7, new PartitionIdentity("s", "p"));
        client.subscriptions().setWatermark("follower", watermark);
        assertThat(client.subscriptions().watermark("follower")).contains(watermark);
        client.subscriptions().pause("follower");
        assertThat(client.subscriptions().get("follower").status()).isEqualTo("paused");
        client.subscriptions().resume("follower");
        assertThat(client.subscriptions().list(null))
                .extracting(summary -> summary.subscriberId())
                .containsExactly("follower");
        client.subscriptions().delete("follower");
        assertThat(client.subscriptions().find("follower")).isEmpty();
        assertThatThrownBy(() -> client.subscriptions().pause("follower")).isInstanceOf(DeltaCatException.class);
    }

    @Test
    void aSessionThatExpiredCommitsNothingAndSaysSo() {
        createTable();
        WriteSession session = client.writeSessions()
                .create(
                        TABLE,
                        WriteSessionCreateRequestBuilder.builder()
                                .mode("append")
                                .format("parquet")
                                .build());
        server.expireSession(session.sessionId());
        assertThatThrownBy(() -> client.writeSessions().heartbeat(session.sessionId(), session.sessionVersion()))
                .isInstanceOfAny(NotFound.class, Conflict.class);
        assertThat(ids()).isEmpty();
    }

    @Test
    void aWriteGoesOnAfterTheServerWasAway() {
        createTable();
        try (TableWriter<Map<String, ?>> writer =
                client.catalog().write(TABLE).mode(WriteMode.APPEND).open()) {
            rows(0, 10).forEach(writer::append);
            int port = server.uri().getPort();
            server.close();
            server = LocalServer.start(LocalServerOptions.builder()
                    .dataDirectory(directory)
                    .port(port)
                    .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                    .build());
            writer.commit();
        }
        assertThat(ids()).hasSize(10);
    }

    @Test
    void aServerThatIsGoneIsNamedWithTheCure() {
        server.close();
        try (DeltaCatClient once = DeltaCatClient.builder()
                .uri(server.uri())
                .retry(RetryPolicy.NONE)
                .build()) {
            assertThatThrownBy(() -> once.catalog().listCatalogs())
                    .isInstanceOf(ServerUnavailable.class)
                    .hasMessageContaining(server.uri().toString())
                    .hasMessageContaining("Check that the server runs");
        }
    }

    @Test
    void aWrongTokenIsRefusedWithoutBeingShown(@TempDir Path guarded) {
        try (LocalServer locked = LocalServer.start(LocalServerOptions.builder()
                        .dataDirectory(guarded)
                        .authToken("right-token")
                        .build());
                DeltaCatClient right = DeltaCatClient.builder()
                        .uri(locked.uri())
                        .token(Secret.of("right-token"))
                        .build();
                DeltaCatClient wrong = DeltaCatClient.builder()
                        .uri(locked.uri())
                        .token(Secret.of("wrong-token"))
                        .build()) {
            assertThat(right.catalog().listNamespaces()).isNotNull();
            assertThatThrownBy(() -> wrong.catalog().listNamespaces())
                    .isInstanceOf(Unauthenticated.class)
                    .hasMessageContaining("bearer token")
                    .hasMessageNotContaining("wrong-token");
        }
    }

    @Test
    void planPagesAreDisjointAndComplete() {
        createTable();
        append(0, 1);
        append(1, 2);
        append(2, 3);
        RemoteTransaction now = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        List<String> paths = new ArrayList<>();
        client.catalog()
                .planPages(
                        TABLE,
                        PlanRequestBuilder.builder()
                                .asOf(now.createdAt())
                                .maxFiles(1L)
                                .build())
                .forEachRemaining(page ->
                        page.scanTasks().forEach(task -> task.files().forEach(file -> paths.add(file.path()))));
        assertThat(paths).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void unknownThingsAreNamed() {
        assertThatThrownBy(
                        () -> client.catalog().read(TableRef.of("nope", "nope")).toList())
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("nope");
        assertThatThrownBy(() -> client.transactions().get("no-such-transaction"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("no-such-transaction");
        assertThatThrownBy(() -> client.writeSessions().get("no-such-session"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("no-such-session");
    }

    @Test
    void aSubscriptionDetailIsComplete() {
        createTable();
        client.subscriptions()
                .create(CreateSubscriptionRequestBuilder.builder()
                        .subscriberId("s")
                        .configJson("{\"a\":1}")
                        .sourceTables(List.of(Map.of("namespace", "sales", "table", "orders")))
                        .build());
        SubscriptionDetail detail = client.subscriptions().get("s");
        assertThat(detail.configJson()).isEqualTo("{\"a\":1}");
        assertThat(detail.sourceTables()).hasSize(1);
        assertThat(detail.status()).isEqualTo("active");
    }

    private void createTable() {
        client.catalog().createTable(TABLE, tableRequest(true));
    }

    private static CreateTableRequest tableRequest(boolean failIfExists) {
        return CreateTableRequestBuilder.builder()
                .table("orders")
                .autoCreateNamespace(true)
                .failIfExists(failIfExists)
                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(SCHEMA)))
                .build();
    }

    private void append(long from, long to) {
        client.catalog().write(TABLE).mode(WriteMode.APPEND).rows(rows(from, to));
    }

    private List<Object> ids() {
        List<Object> ids = new ArrayList<>();
        client.catalog().read(TABLE).columns("id").toList().forEach(row -> ids.add(row.get("id")));
        return ids;
    }

    private static List<Map<String, Object>> rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> Map.<String, Object>of("id", i, "name", "row " + i))
                .toList();
    }
}
