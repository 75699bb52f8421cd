package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.RowKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changelogs into tables with merge keys, in jobs of a mini cluster that fail and are rescaled. */
class ChangelogSinkIT {
    private static final TableRef TABLE = TableRef.of("sales", "balances");
    private static final RowType ROWS = RowType.of(
            new LogicalType[] {new BigIntType(false), new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH)},
            new String[] {"id", "change", "note"});
    private static final int KEYS = 97;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(4)
                    .build());

    @TempDir
    private Path directory;

    private final RecordedRequests requests = new RecordedRequests();
    private LocalServer server;
    private DeltaCatConnection connection;
    private DeltaCatClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory.resolve("server"))
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .observer(requests)
                .build());
        connection = DeltaCatConnection.builder(server.uri().toString()).build();
        client = connection.open();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bucket(2)"})
    void tasksThatFailAtManyPointsLeaveTheTableThatTheChangesAddUpTo(String partition) throws Exception {
        create(partition);
        StreamExecutionEnvironment environment = environment(3, null);
        environment.enableCheckpointing(100);
        Configuration restarts = new Configuration();
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        environment.configure(restarts);
        sink().upsertBufferSize(8 << 10)
                .build()
                .addTo(changes(environment, 1_500, 100)
                        .map(new FailingAttempts<>(4))
                        .returns(InternalTypeInfo.of(ROWS))
                        .setParallelism(1));

        environment.execute();

        assertThat(contents()).isEqualTo(model(1_500));
    }

    @Test
    void rescalingFromOneToFourToTwoKeepsTheOrderOfChanges() throws Exception {
        create("");
        String restore = null;
        long total = 1_200;
        for (int parallelism : new int[] {1, 4}) {
            StreamExecutionEnvironment environment = environment(parallelism, restore);
            environment.enableCheckpointing(80);
            sink().build().addTo(changes(environment, total, 40));
            long before = requests.transactionCommits();
            JobClient job = environment.executeAsync();
            await(() -> requests.transactionCommits() >= before + 4);
            job.cancel().get();
            await(() -> job.getJobStatus().get().isGloballyTerminalState());
            restore = newestCheckpoint();
        }
        StreamExecutionEnvironment last = environment(2, restore);
        last.enableCheckpointing(80);
        sink().build().addTo(changes(last, total, 300));
        JobClient job = last.executeAsync();
        await(() -> job.getJobStatus().get() == JobStatus.FINISHED);

        assertThat(contents()).isEqualTo(model(total));
    }

    @Test
    void aMissingTableIsCreatedWithItsMergeKeysAndPartitions() throws Exception {
        StreamExecutionEnvironment environment = environment(2, null);
        sink().layout(List.of("id"), List.of("id"))
                .createTableIfMissing()
                .build()
                .addTo(changes(environment, 300, 1_000));

        environment.execute();

        assertThat(client.catalog().describeTable(TABLE).mergeKeys()).containsExactly("id");
        assertThat(client.catalog().describeTable(TABLE).partitionScheme().keys())
                .hasSize(1);
        assertThat(contents()).isEqualTo(model(300));
    }

    @Test
    void partitionsOfColumnsThatAreNoMergeKeysAreRefusedWhenTheJobIsBuilt() {
        create(new PartitionKeyInput(List.of("note"), "identity"));
        StreamExecutionEnvironment environment = environment(1, null);
        sink().build().addTo(changes(environment, 10, 10));

        assertThatThrownBy(environment::getStreamGraph)
                .isInstanceOf(SchemaDoesNotFit.class)
                .hasMessageContaining("identity of note")
                .hasMessageContaining("[id]");
    }

    @Test
    void twoSinksWithOneIdAreRefusedWhenTheJobIsBuilt() {
        create("");
        StreamExecutionEnvironment environment = environment(1, null);
        sink().build().addTo(changes(environment, 10, 10));
        sink().build().addTo(changes(environment, 10, 10).map(row -> row).returns(InternalTypeInfo.of(ROWS)));

        assertThatThrownBy(environment::getStreamGraph)
                .isInstanceOf(DuplicateSinkId.class)
                .hasMessageContaining("default.sales.balances")
                .hasMessageContaining("sink.id");
    }

    /** Who does not look at the table cannot know that its keys need one writer each. */
    @Test
    void aTableWithMergeKeysThatTheJobDoesNotKnowOfIsRefusedByItsWriters() {
        create("");
        StreamExecutionEnvironment environment = environment(2, null);
        sink().withoutTableCheckAtBuild().build().addTo(changes(environment, 10, 10));

        assertThatThrownBy(environment::execute)
                .hasStackTraceContaining("has merge keys, which the job was built without knowing");
    }

    private DeltaCatSinkBuilder sink() {
        return DeltaCatSink.builder()
                .connection(connection)
                .table(TABLE)
                .rowType(ROWS)
                .fileRollInterval(Duration.ofMinutes(1));
    }

    private void create(String transform) {
        if (transform.isEmpty()) {
            create(new PartitionKeyInput[0]);
        } else {
            create(new PartitionKeyInput(List.of("id"), transform));
        }
    }

    private void create(PartitionKeyInput... partitions) {
        Schema schema = new Schema(LogicalTypes.toSchema(ROWS).getFields().stream()
                .map(field -> field.getName().equals("id") ? FieldMetadata.withMergeKey(field) : field)
                .toList());
        CreateTableRequestBuilder request = CreateTableRequestBuilder.builder()
                .table(TABLE.table())
                .autoCreateNamespace(true)
                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schema)));
        if (partitions.length > 0) {
            request.partitionScheme(new PartitionSchemeInput(List.of(partitions), null, null));
        }
        client.catalog().createTable(TABLE, request.build());
    }

    /** Change number i: each key is inserted, updated twice, deleted, and inserted again. Deletions have nothing but the key. */
    private static RowData change(long number) {
        long id = number % KEYS;
        RowKind kind = switch ((int) (number / KEYS % 4)) {
            case 0 -> RowKind.INSERT;
            case 3 -> RowKind.DELETE;
            default -> RowKind.UPDATE_AFTER;
        };
        boolean delete = kind == RowKind.DELETE;
        return GenericRowData.ofKind(
                kind, id, delete ? null : (Object) number, delete ? null : StringData.fromString("change " + number));
    }

    private static Map<Long, Long> model(long changes) {
        Map<Long, Long> model = new TreeMap<>();
        for (long number = 0; number < changes; number++) {
            RowData row = change(number);
            if (row.getRowKind() == RowKind.DELETE) {
                model.remove(row.getLong(0));
            } else {
                model.put(row.getLong(0), number);
            }
        }
        return model;
    }

    private Map<Long, Long> contents() {
        Map<Long, Long> contents = new TreeMap<>();
        for (Map<String, Object> row : client.catalog().read(TABLE).toList()) {
            assertThat(contents.put((Long) row.get("id"), (Long) row.get("change")))
                    .isNull();
        }
        return contents;
    }

    private static DataStream<RowData> changes(StreamExecutionEnvironment environment, long count, int perCheckpoint) {
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                ChangelogSinkIT::change,
                                count,
                                environment.getCheckpointConfig().isCheckpointingEnabled()
                                        ? RateLimiterStrategy.perCheckpoint(perCheckpoint)
                                        : RateLimiterStrategy.noOp(),
                                InternalTypeInfo.of(ROWS)),
                        WatermarkStrategy.noWatermarks(),
                        "changes")
                .setParallelism(1)
                .uid("changes-" + environment.getTransformations().size());
    }

    private StreamExecutionEnvironment environment(int parallelism, String restore) {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (restore != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, restore);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    private String newestCheckpoint() throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("checkpoints"))) {
            return files.filter(file -> file.getFileName().toString().equals("_metadata"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow()
                    .getParent()
                    .toUri()
                    .toString();
        }
    }
}
