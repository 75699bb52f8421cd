package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.SchemaField;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One sink for many tables, which it creates and gives new columns, in jobs of a mini cluster that fail. */
class RoutingSinkIT {
    private static final int SHOPS = 5;
    private static final long ORDERS = 900;
    /** From this order on, rows have a further column and wider amounts. */
    private static final long WIDER_FROM = 400;

    private static final RowType NARROW = (RowType) DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()), DataTypes.FIELD("amount", DataTypes.INT()))
            .getLogicalType();
    private static final RowType WIDE = (RowType) DataTypes.ROW(
                    DataTypes.FIELD("note", DataTypes.STRING()),
                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                    DataTypes.FIELD("amount", DataTypes.BIGINT()))
            .getLogicalType();

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

    /** Even shops keep every order, odd ones one row for every ten orders, of which every seventh is deleted. */
    private static final class Shops implements TableRouter<Long> {
        private static final long serialVersionUID = 1L;
        private final List<RoutedTable> narrow = new ArrayList<>();
        private final List<RoutedTable> wide = new ArrayList<>();

        Shops() {
            for (int shop = 0; shop < SHOPS; shop++) {
                narrow.add(table(shop, NARROW));
                wide.add(table(shop, WIDE));
            }
        }

        static TableRef ref(int shop) {
            return TableRef.of("shops", "shop_" + shop);
        }

        private static RoutedTable table(int shop, RowType type) {
            RoutedTable table = RoutedTable.of(ref(shop), type);
            return shop % 2 == 0 ? table.mode(SinkMode.ADD) : table.mergedBy("id");
        }

        @Override
        public RoutedRow route(Long order) {
            int shop = (int) (order % SHOPS);
            boolean keyed = shop % 2 == 1;
            long id = keyed ? order / SHOPS % 10 : order;
            RowKind kind = keyed && order % 7 == 0 ? RowKind.DELETE : RowKind.INSERT;
            return order < WIDER_FROM
                    ? new RoutedRow(narrow.get(shop), GenericRowData.ofKind(kind, id, Math.toIntExact(order)))
                    : new RoutedRow(
                            wide.get(shop),
                            GenericRowData.ofKind(kind, StringData.fromString("order " + order), id, order));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 100, 2147483647", "3, 2, 2147483647", "4, 100, 1"})
    void tablesAreCreatedWidenedAndFilledExactlyOnceWhateverFails(int parallelism, int maxOpen, int writersPerTable)
            throws Exception {
        StreamExecutionEnvironment environment = environment(parallelism);
        environment.enableCheckpointing(100);
        Configuration restarts = new Configuration();
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        restarts.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        environment.configure(restarts);
        sink(SchemaEvolution.FULL)
                .maxOpenTables(maxOpen)
                .writersPerTable(writersPerTable)
                .upsertBufferSize(8 << 10)
                .route(new Shops())
                .addTo(orders(environment)
                        .map(new FailingAttempts<Long>(3))
                        .returns(Types.LONG)
                        .setParallelism(1));

        environment.execute();

        for (int shop = 0; shop < SHOPS; shop++) {
            assertThat(contents(shop)).as("shop %s", shop).isEqualTo(model(shop));
            assertThat(client.catalog().describeTable(Shops.ref(shop)).schema())
                    .extracting(SchemaField::name, SchemaField::type)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("amount", "int64"),
                            org.assertj.core.groups.Tuple.tuple("note", "string"));
        }
        long deltas = 0;
        for (int shop = 0; shop < SHOPS; shop++) {
            deltas += client.catalog().describeTableWithCounts(Shops.ref(shop)).deltaCount();
        }
        assertThat(requests.transactionCommits())
                .as("one transaction for all tables")
                .isLessThan(deltas);
    }

    @Test
    void columnsThatMayNotChangeFailTheJobWithTheOptionThatAllowsIt() {
        StreamExecutionEnvironment environment = environment(1);
        sink(SchemaEvolution.ADD_COLUMNS).route(new Shops()).addTo(orders(environment));

        assertThatThrownBy(environment::execute)
                .hasStackTraceContaining("column 'amount' is 'int32' in the table but declared 'BIGINT'")
                .hasStackTraceContaining("'sink.schema-evolution'");
    }

    @Test
    void aTableThatIsMissingAndMayNotBeCreatedFailsTheJob() {
        StreamExecutionEnvironment environment = environment(1);
        DeltaCatSink.builder()
                .connection(connection)
                .sinkId("shops")
                .route(new Shops())
                .addTo(orders(environment));

        assertThatThrownBy(environment::execute).hasStackTraceContaining("shop_");
    }

    private DeltaCatSinkBuilder sink(SchemaEvolution evolution) {
        return DeltaCatSink.builder()
                .connection(connection)
                .sinkId("shops")
                .createTableIfMissing()
                .schemaEvolution(evolution);
    }

    private static DataStream<Long> orders(StreamExecutionEnvironment environment) {
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                order -> order,
                                ORDERS,
                                environment.getCheckpointConfig().isCheckpointingEnabled()
                                        ? RateLimiterStrategy.perCheckpoint(70)
                                        : RateLimiterStrategy.noOp(),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "orders")
                .setParallelism(1);
    }

    private static Map<Long, Long> model(int shop) {
        Map<Long, Long> model = new TreeMap<>();
        for (long order = shop; order < ORDERS; order += SHOPS) {
            boolean keyed = shop % 2 == 1;
            long id = keyed ? order / SHOPS % 10 : order;
            if (keyed && order % 7 == 0) {
                model.remove(id);
            } else {
                model.put(id, order);
            }
        }
        return model;
    }

    private Map<Long, Long> contents(int shop) {
        Map<Long, Long> contents = new TreeMap<>();
        for (Map<String, Object> row : client.catalog().read(Shops.ref(shop)).toList()) {
            long amount = (Long) row.get("amount");
            assertThat(contents.put((Long) row.get("id"), amount)).isNull();
            assertThat(row.get("note")).isEqualTo(amount < WIDER_FROM ? null : "order " + amount);
        }
        return contents;
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }
}
