package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
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
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose columns a job changes, and rows that a table cannot hold. */
class SchemaEvolutionIT {
    private static final TableRef TABLE = TableRef.of("sales", "growing");
    private static final RowType ROWS = RowType.of(
            new LogicalType[] {new BigIntType(false), new BigIntType(), new VarCharType(VarCharType.MAX_LENGTH)},
            new String[] {"id", "amount", "note"});

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(4)
                    .build());

    @TempDir
    private Path directory;

    private LocalServer server;
    private DeltaCatConnection connection;
    private DeltaCatClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        connection = DeltaCatConnection.builder(server.uri().toString()).build();
        client = connection.open();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void columnsAreAddedAndWidenedByManyWritersAtOnce() throws Exception {
        create("id int64", "amount int32");
        StreamExecutionEnvironment environment = environment(4);
        sink().schemaEvolution(SchemaEvolution.FULL).build().addTo(rows(environment));

        environment.execute();

        assertThat(contents("id", "amount", "note")).contains("1 4000000000 a").hasSize(4);
    }

    @Test
    void whatMayNotChangeStopsTheJobWhenItIsBuilt() {
        create("id int64", "amount int32");
        StreamExecutionEnvironment none = environment(1);
        sink().build().addTo(rows(none));
        StreamExecutionEnvironment addOnly = environment(1);
        sink().schemaEvolution(SchemaEvolution.ADD_COLUMNS).build().addTo(rows(addOnly));

        assertThatThrownBy(none::getStreamGraph)
                .isInstanceOf(SchemaDoesNotFit.class)
                .hasMessageContaining("sales.growing");
        assertThatThrownBy(addOnly::getStreamGraph)
                .isInstanceOf(SchemaDoesNotFit.class)
                .hasMessageContaining("'amount'");
    }

    @Test
    void aRowThatDoesNotFitIsNamedWithTableColumnValueAndKind() {
        create("id int64", "amount uint32", "note string");
        StreamExecutionEnvironment environment = environment(1);
        sink().build().addTo(rows(environment));

        assertThatThrownBy(environment::execute)
                .hasStackTraceContaining("Table sales.growing: row of kind INSERT: ")
                .hasStackTraceContaining("'amount'")
                .hasStackTraceContaining("-7");
    }

    @Test
    void rowsThatDoNotFitAreLeftOutWhenAskedFor() throws Exception {
        create("id int64", "amount uint32", "note string");
        StreamExecutionEnvironment environment = environment(2);
        sink().onInvalidRow(InvalidRowPolicy.SKIP).build().addTo(rows(environment));

        environment.execute();

        assertThat(contents("id")).containsExactlyInAnyOrder("1", "2", "4");
    }

    @Test
    void rowsThatDoNotFitGoToASideOutputWhenAskedFor() throws Exception {
        create("id int64", "amount uint32", "note string");
        StreamExecutionEnvironment environment = environment(2);
        OutputTag<RowData> invalid = new OutputTag<>("invalid", InternalTypeInfo.of(ROWS));
        DeltaCatSink sink = sink().build();
        SingleOutputStreamOperator<RowData> checked = sink.check(rows(environment), invalid);
        sink.addTo(checked);
        List<Long> leftOver = new ArrayList<>();
        try (CloseableIterator<Long> found = checked.getSideOutput(invalid)
                .map(row -> row.getLong(0))
                .returns(Long.class)
                .executeAndCollect()) {
            found.forEachRemaining(leftOver::add);
        }

        assertThat(leftOver).containsExactly(3L);
        assertThat(contents("id")).containsExactlyInAnyOrder("1", "2", "4");
    }

    private DeltaCatSinkBuilder sink() {
        return DeltaCatSink.builder().connection(connection).table(TABLE).rowType(ROWS);
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        return environment;
    }

    private static DataStream<RowData> rows(StreamExecutionEnvironment environment) {
        return environment
                .fromData(
                        InternalTypeInfo.of(ROWS),
                        GenericRowData.of(1L, 4_000_000_000L, StringData.fromString("a")),
                        GenericRowData.of(2L, null, null),
                        GenericRowData.of(3L, -7L, StringData.fromString("c")),
                        GenericRowData.of(4L, 0L, StringData.fromString("d")))
                .rebalance();
    }

    /** Columns as {@code name type}, not nullable for the id. */
    private void create(String... columns) {
        Schema schema = new Schema(Arrays.stream(columns)
                .map(column -> column.split(" "))
                .map(parts -> TypeNames.field(parts[0], parts[1], !parts[0].equals("id")))
                .toList());
        client.catalog()
                .createTable(
                        TABLE,
                        CreateTableRequestBuilder.builder()
                                .table(TABLE.table())
                                .autoCreateNamespace(true)
                                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schema)))
                                .build());
    }

    private List<String> contents(String... columns) {
        return client.catalog().read(TABLE).columns(columns).toList().stream()
                .map(row -> Arrays.stream(columns)
                        .map(column -> Objects.toString(row.get(column)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
