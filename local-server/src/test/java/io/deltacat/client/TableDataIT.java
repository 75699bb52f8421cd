package io.deltacat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.catalog.PlanRequest;
import io.deltacat.client.catalog.SchemaUpdates;
import io.deltacat.client.filter.Filters;
import io.deltacat.client.model.AlterTableRequestBuilder;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.client.model.PartitionSchemeInputBuilder;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.model.SortKeyInput;
import io.deltacat.client.model.SortSchemeInputBuilder;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.write.PartitionGuard;
import io.deltacat.client.write.TableWrite;
import io.deltacat.client.write.WriteMode;
import io.deltacat.client.write.WriteOnce;
import io.deltacat.client.write.WriteOutcome;
import io.deltacat.format.FormatException;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to write a table, and what reading it then gives, against the real local server. */
class TableDataIT {
    private static final TableRef TABLE = TableRef.of("sales", "orders");
    private static final Schema PLAIN = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("region", "string", true),
            TypeNames.field("amount", "int64", true)));
    private static final Schema KEYED = new Schema(List.of(
            FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
            TypeNames.field("region", "string", true),
            TypeNames.field("amount", "int64", true)));

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

    static IntStream seeds() {
        Integer only = Integer.getInteger("sim.seed");
        return only == null ? IntStream.rangeClosed(1, 5) : IntStream.of(only);
    }

    /** Random merges and deletes of a partitioned, sorted table, in files of a few rows. */
    @ParameterizedTest
    @MethodSource("seeds")
    void mergedTablesAgreeWithAMap(int seed) {
        Random random = new Random(seed);
        create(KEYED, request -> {
            if (random.nextBoolean()) {
                request.partitionScheme(PartitionSchemeInputBuilder.builder()
                        .keys(List.of(new PartitionKeyInput(List.of("id"), "bucket(5)")))
                        .build());
            }
            return random.nextBoolean() ? request : sortedByAmount(request);
        });
        Map<Object, Map<String, Object>> model = new LinkedHashMap<>();
        for (int write = 0, writes = 1 + random.nextInt(6); write < writes; write++) {
            boolean delete = write > 0 && random.nextInt(3) == 0;
            Map<Object, Map<String, Object>> rows = new LinkedHashMap<>();
            for (int i = 0, count = 1 + random.nextInt(200); i < count; i++) {
                long id = random.nextInt(300);
                rows.put(id, row(id, "r" + random.nextInt(3), (long) random.nextInt(1_000)));
            }
            if (delete) {
                model.keySet().removeAll(rows.keySet());
            } else {
                model.putAll(rows);
            }
            write(delete ? WriteMode.DELETE : WriteMode.MERGE)
                    .targetFileRecords(10 + random.nextInt(100))
                    .maxOpenFiles(1 + random.nextInt(5))
                    .sortMemory(2_000 + random.nextInt(10_000))
                    .rows(rows.values());
        }
        assertThat(read()).as("-Dsim.seed=%s", seed).containsExactlyInAnyOrderElementsOf(model.values());
        long bound = random.nextInt(1_000);
        assertThat(client.catalog()
                        .read(TABLE)
                        .columns("id")
                        .where(Filters.gt("amount", bound))
                        .filesPerPage(1 + random.nextInt(5))
                        .toList())
                .as("-Dsim.seed=%s", seed)
                .containsExactlyInAnyOrderElementsOf(model.values().stream()
                        .filter(row -> (Long) row.get("amount") > bound)
                        .map(row -> Map.of("id", row.get("id")))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"parquet", "csv", "tsv", "psv", "application/x-amzn-unescaped-tsv", "json", "avro", "feather"})
    void everyFormatIsWrittenReadAndMerged(String format) {
        create(KEYED, request -> request);
        write(WriteMode.MERGE).format(format).rows(List.of(row(1, "a", 1L), row(2, "b", 2L), row(3, "c", null)));
        write(WriteMode.MERGE).format(format).rows(List.of(row(2, "bb", 20L)));
        write(WriteMode.DELETE).format(format).rows(List.of(Map.of("id", 1L)));
        assertThat(read()).containsExactlyInAnyOrder(row(2, "bb", 20L), row(3, "c", null));
    }

    @Test
    void partitionsAndOrderAreInThePlan() {
        create(PLAIN, request -> sortedByAmount(request.partitionScheme(byRegion())));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (long i = 0; i < 100; i++) {
            rows.add(row(i, i % 10 == 9 ? null : "r" + i % 3, (i * 37) % 100));
        }
        write(WriteMode.APPEND).maxOpenFiles(2).rows(rows);
        ReadPlan plan = client.catalog().plan(TABLE, PlanRequest.CURRENT);
        Set<List<Object>> partitions = new HashSet<>();
        for (ScanTask task : plan.scanTasks()) {
            partitions.add(task.partitionValues());
            for (DataFile file : task.files()) {
                assertThat(file.path()).matches(".*/part-\\d{5}-[0-9a-f]{12}-.*\\.parquet");
                assertThat(file.sortSchemeId()).isEqualTo(plan.sortScheme().id().asText());
            }
        }
        List<Object> none = new ArrayList<>();
        none.add(null);
        assertThat(partitions).containsExactlyInAnyOrder(List.of("r0"), List.of("r1"), List.of("r2"), none);
        assertThat(read()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(client.catalog()
                        .read(TABLE)
                        .where(Filters.eq("region", "r1"))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .filter(row -> "r1".equals(row.get("region")))
                        .toList());
    }

    @Test
    void replaceReplacesEverythingEvenByNothing() {
        create(PLAIN, request -> request);
        write(WriteMode.APPEND).rows(List.of(row(1, "a", 1L)));
        write(WriteMode.REPLACE).rows(List.of(row(2, "b", 2L)));
        assertThat(read()).containsExactly(row(2, "b", 2L));
        write(WriteMode.REPLACE).rows(List.of());
        assertThat(read()).isEmpty();
    }

    @Test
    void partitionsAreReplacedIfTheyAreAsExpected() {
        create(PLAIN, request -> request.partitionScheme(byRegion()));
        write(WriteMode.APPEND).rows(List.of(row(1, "a", 1L), row(2, "b", 2L)));
        String before = partitionId("a");
        write(WriteMode.REPLACE_PARTITION)
                .expectPartitions(List.of(PartitionGuard.unchanged(List.of("a"), before)))
                .rows(List.of(row(3, "a", 3L)));
        assertThat(read()).containsExactlyInAnyOrder(row(3, "a", 3L), row(2, "b", 2L));
        assertThatThrownBy(() -> write(WriteMode.REPLACE_PARTITION)
                        .expectPartitions(List.of(PartitionGuard.unchanged(List.of("a"), before)))
                        .rows(List.of(row(4, "a", 4L))))
                .isInstanceOf(DeltaCatException.class);
        assertThatThrownBy(() -> write(WriteMode.REPLACE_PARTITION)
                        .expectPartitions(List.of(PartitionGuard.absent(List.of("b"))))
                        .rows(List.of(row(4, "b", 4L))))
                .isInstanceOf(DeltaCatException.class);
        assertThat(read()).containsExactlyInAnyOrder(row(3, "a", 3L), row(2, "b", 2L));
    }

    @Test
    void deletesNeedNoMoreThanTheKeys() {
        Schema schema = new Schema(List.of(
                FieldMetadata.withMergeKey(TypeNames.field("id", "int64", false)),
                TypeNames.field("region", "string", false),
                FieldMetadata.withFutureDefault(TypeNames.field("amount", "int64", false), 7L)));
        create(schema, request -> request);
        write(WriteMode.MERGE).rows(List.of(Map.of("id", 1L, "region", "a"), Map.of("id", 2, "region", "b")));
        assertThat(read()).containsExactlyInAnyOrder(row(1, "a", 7L), row(2, "b", 7L));
        write(WriteMode.DELETE).rows(List.of(Map.of("id", 1L)));
        assertThat(read()).containsExactly(row(2, "b", 7L));
        assertThatThrownBy(() -> write(WriteMode.DELETE).rows(List.of(Map.of("region", "b"))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("'id'")
                .hasMessageContaining("rows to delete");
    }

    @Test
    void valuesAreConvertedWhereNothingIsLost() {
        create(PLAIN, request -> request);
        write(WriteMode.APPEND).rows(List.of(Map.of("id", "12", "region", 5, "amount", 3.0)));
        assertThat(read()).containsExactly(row(12, "5", 3L));
        assertThatThrownBy(() -> write(WriteMode.APPEND).rows(List.of(Map.of("id", 1.5))))
                .isInstanceOf(FormatException.InvalidRow.class);
    }

    @Test
    void valuesOfAValidatingTableAreNotConverted() {
        create(
                PLAIN,
                request -> request.tableProperties(
                        Map.of("default_schema_consistency_type", TextNode.valueOf("validate"))));
        assertThatThrownBy(() -> write(WriteMode.APPEND).rows(List.of(Map.of("id", "12"))))
                .isInstanceOf(FormatException.InvalidRow.class);
    }

    @Test
    void aWriteThatHappensOnceIsNotRepeated() {
        create(PLAIN, request -> request);
        WriteOnce once = new WriteOnce("daily-2013-01-01", "0".repeat(64), null);
        WriteOutcome first = write(WriteMode.APPEND).once(once).rows(List.of(row(1, "a", 1L)));
        WriteOutcome second = write(WriteMode.APPEND).once(once).rows(List.of(row(1, "a", 1L)));
        assertThat(first.rows()).isEqualTo(1);
        assertThat(second.committedSession().orElseThrow().sessionId())
                .isEqualTo(first.committedSession().orElseThrow().sessionId());
        assertThat(read()).hasSize(1);
        assertThatThrownBy(() -> write(WriteMode.APPEND)
                        .once(new WriteOnce("daily-2013-01-01", "1".repeat(64), null))
                        .rows(List.of(row(2, "b", 1L))))
                .isInstanceOf(DeltaCatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "feather"})
    void columnsThatRowsBringAreAddedWhereTheTableEvolvesByItself(String format) {
        create(PLAIN, request -> request.tableProperties(Map.of("schema_evolution_mode", TextNode.valueOf("auto"))));
        write(WriteMode.APPEND).format(format).rows(List.of(row(1, "a", 1L), Map.of("id", 2L, "note", "new")));
        assertThat(client.catalog()
                        .read(TABLE)
                        .columns("id", "note")
                        .where(Filters.not(Filters.isNull("note")))
                        .toList())
                .containsExactly(Map.of("id", 2L, "note", "new"));
        assertThat(read()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void textBringsNoColumnsSinceItDoesNotSayTheirTypes(String format) {
        create(PLAIN, request -> request.tableProperties(Map.of("schema_evolution_mode", TextNode.valueOf("auto"))));
        assertThatThrownBy(() -> write(WriteMode.APPEND).format(format).rows(List.of(Map.of("id", 2L, "note", "new"))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("'note'");
    }

    @Test
    void theLastRowOfAKeyWinsAlsoWhereRowsAreSorted() {
        create(KEYED, TableDataIT::sortedByAmount);
        write(WriteMode.MERGE).rows(List.of(row(1, "a", 1L), row(2, "b", 5L), row(1, "c", 9L), row(1, "d", 4L)));
        assertThat(read()).containsExactlyInAnyOrder(row(1, "d", 4L), row(2, "b", 5L));
    }

    @Test
    void somePartitionsCanBeReadAlone() {
        create(PLAIN, request -> request.partitionScheme(byRegion()));
        write(WriteMode.APPEND).rows(List.of(row(1, "a", 1L), row(2, "b", 2L), row(3, "c", 3L)));
        assertThat(client.catalog()
                        .read(TABLE)
                        .partitions(List.of(List.of("a"), List.of("c")))
                        .toList())
                .containsExactlyInAnyOrder(row(1, "a", 1L), row(3, "c", 3L));
    }

    @Test
    void rowsFromBeforeAColumnHaveItsPastDefault() {
        create(KEYED, request -> request);
        write(WriteMode.MERGE).rows(List.of(row(1, "a", 1L), row(2, "b", 2L)));
        client.catalog()
                .alterTable(
                        TABLE,
                        AlterTableRequestBuilder.builder()
                                .schemaUpdates(SchemaUpdates.begin()
                                        .add(FieldMetadata.withFutureDefault(
                                                FieldMetadata.withPastDefault(
                                                        TypeNames.field("note", "string", true), "old"),
                                                "later"))
                                        .build())
                                .build());
        write(WriteMode.MERGE).rows(List.of(Map.of("id", 2L, "note", "new"), Map.of("id", 3L)));
        assertThat(client.catalog().read(TABLE).columns("id", "note").toList())
                .containsExactlyInAnyOrder(
                        Map.of("id", 1L, "note", "old"),
                        Map.of("id", 2L, "note", "new"),
                        Map.of("id", 3L, "note", "later"));
        assertThat(client.catalog()
                        .read(TABLE)
                        .columns("id")
                        .where(Filters.eq("note", "old"))
                        .toList())
                .containsExactly(Map.of("id", 1L));
    }

    @Test
    void tablesAreRenamedEmptiedAndRolledBack() {
        create(PLAIN, request -> request);
        write(WriteMode.APPEND).rows(List.of(row(1, "a", 1L)));
        long between = serverTime();
        assertThat(client.catalog().truncateTable(TABLE).truncated()).isTrue();
        assertThat(read()).isEmpty();
        assertThat(client.catalog().rollbackTable(TABLE, between).rolledBack()).isTrue();
        assertThat(read()).containsExactly(row(1, "a", 1L));
        TableRef renamed = TableRef.of("sales", "renamed");
        client.catalog().renameTable(TABLE, renamed);
        assertThat(client.catalog().tableExists(TABLE)).isFalse();
        assertThat(client.catalog().read(renamed).toList()).hasSize(1);
    }

    private long serverTime() {
        RemoteTransaction probe = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        client.transactions().abort(probe.transactionId(), probe.transactionVersion(), "it only told the time");
        return probe.createdAt();
    }

    private void create(Schema schema, UnaryOperator<CreateTableRequestBuilder> more) {
        client.catalog()
                .createTable(
                        TABLE,
                        more.apply(CreateTableRequestBuilder.builder()
                                        .table(TABLE.table())
                                        .autoCreateNamespace(true)
                                        .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schema))))
                                .build());
    }

    private static PartitionSchemeInput byRegion() {
        return PartitionSchemeInputBuilder.builder()
                .keys(List.of(new PartitionKeyInput(List.of("region"), "identity")))
                .build();
    }

    private static CreateTableRequestBuilder sortedByAmount(CreateTableRequestBuilder request) {
        return request.sortScheme(SortSchemeInputBuilder.builder()
                .keys(List.of(new SortKeyInput(List.of("amount"), null, "descending", null)))
                .build());
    }

    private String partitionId(String region) {
        return client.catalog().plan(TABLE, PlanRequest.CURRENT).scanTasks().stream()
                .filter(task -> List.of(region).equals(task.partitionValues()))
                .map(ScanTask::partitionId)
                .findFirst()
                .orElseThrow();
    }

    private Collection<Map<String, Object>> read() {
        return client.catalog().read(TABLE).toList();
    }

    private TableWrite write(WriteMode mode) {
        return client.catalog().write(TABLE).mode(mode);
    }

    private static Map<String, Object> row(long id, String region, Long amount) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("region", region);
        row.put("amount", amount);
        return row;
    }
}
