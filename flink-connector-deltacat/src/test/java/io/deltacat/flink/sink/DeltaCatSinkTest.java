package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.StreamPartitioner;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class DeltaCatSinkTest {
    private static final RowType ROWS = RowType.of(new BigIntType());

    private static DeltaCatSinkBuilder builder() {
        return DeltaCatSink.builder()
                .connection(DeltaCatConnection.builder("http://localhost:1")
                        .token(Secret.of("hidden-token"))
                        .build())
                .table(TableRef.of("sales", "orders"))
                .rowType(ROWS)
                .withoutTableCheckAtBuild();
    }

    @Test
    void theIdIsMadeOfCatalogNamespaceAndTableUnlessSet() {
        assertThat(builder().build().sinkId()).isEqualTo("default.sales.orders");
        assertThat(builder().sinkId("mine").build().sinkId()).isEqualTo("mine");
    }

    @Test
    void travelsWithTheJobAndDoesNotShowTheToken() throws Exception {
        DeltaCatSink copy = InstantiationUtil.clone(builder().build());

        assertThat(copy.toString()).contains("sales.orders").doesNotContain("hidden-token");
    }

    @Test
    void tellsLineageListenersServerAndTable() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        builder().build().addTo(bounded(environment));

        assertThat(environment.getStreamGraph().getLineageGraph().sinks())
                .flatExtracting(LineageVertex::datasets)
                .extracting(LineageDataset::namespace, LineageDataset::name)
                .containsExactly(tuple("http://localhost:1", "sales.orders"));
    }

    @Test
    void anOptionThatIsMissingOrOutOfRangeIsNamed() {
        assertThatThrownBy(() -> DeltaCatSink.builder().build()).hasMessageContaining("'connection'");
        assertThatThrownBy(() -> builder().commitTimeout(Duration.ZERO).build())
                .hasMessageContaining("'sink.commit.timeout'");
        assertThatThrownBy(
                        () -> builder().prepareTimeout(Duration.ofSeconds(-1)).build())
                .hasMessageContaining("'sink.prepare.timeout'");
        assertThatThrownBy(() -> builder().targetFileSize(0).build()).hasMessageContaining("'sink.target-file-size'");
        assertThatThrownBy(() -> builder().uploadParallelism(0).build())
                .hasMessageContaining("'sink.upload.parallelism'");
        assertThatThrownBy(() -> builder().sinkId(" ").build()).hasMessageContaining("'sink.id'");
    }

    @Test
    void unboundedInputWithoutCheckpointsIsRefusedWhenTheJobIsBuilt() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        builder().build().addTo(unbounded(environment));

        assertThatThrownBy(environment::getStreamGraph)
                .isInstanceOf(CheckpointingRequired.class)
                .hasMessageContaining("execution.checkpointing.interval")
                .hasMessageContaining("default.sales.orders");
    }

    @Test
    void unboundedInputWithCheckpointsAndBoundedInputWithoutAreTaken() {
        StreamExecutionEnvironment withCheckpoints = StreamExecutionEnvironment.getExecutionEnvironment();
        withCheckpoints.enableCheckpointing(1000);
        builder().build().addTo(unbounded(withCheckpoints));
        assertThat(withCheckpoints.getStreamGraph()).isNotNull();

        StreamExecutionEnvironment savepointsOnly = StreamExecutionEnvironment.getExecutionEnvironment();
        builder().commitBySavepointOnly().build().addTo(unbounded(savepointsOnly));
        assertThat(savepointsOnly.getStreamGraph()).isNotNull();

        for (RuntimeExecutionMode mode : Arrays.asList(RuntimeExecutionMode.STREAMING, RuntimeExecutionMode.BATCH)) {
            StreamExecutionEnvironment bounded = StreamExecutionEnvironment.getExecutionEnvironment();
            bounded.setRuntimeMode(mode);
            builder().build().addTo(bounded(bounded));
            assertThat(bounded.getStreamGraph()).isNotNull();
        }
    }

    /** {@code INSERT INTO … VALUES} reads an input format, which Flink declares unbounded although it ends. */
    @Test
    void anInputFormatIsTakenAsTheBoundedInputItIs() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        InternalTypeInfo<RowData> type = InternalTypeInfo.of(ROWS);

        builder().build().addTo(environment.createInput(new NoRows(), type));

        assertThat(environment.getStreamGraph()).isNotNull();
    }

    @Test
    void operatorIdsComeFromTheSinkIdAndPreparingIsDoneOnce() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(4);
        environment.enableCheckpointing(1000);
        builder().sinkId("mine").build().addTo(unbounded(environment));

        StreamGraph graph = environment.getStreamGraph();

        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("deltacat-sink-mine", "deltacat-sink-mine: prepare", "Sink Committer: deltacat-sink-mine");
        StreamNode prepare = node(graph, "Prepare");
        assertThat(prepare.getParallelism()).isEqualTo(1);
    }

    /** An exchange costs a thread and the bytes of every row. */
    @Test
    void rowsOfAKeyedTableAreExchangedOnlyIfThereAreSeveralWriters() {
        assertThat(exchangeBeforeWriters(1, Distribution.AUTO)).isInstanceOf(ForwardPartitioner.class);
        assertThat(exchangeBeforeWriters(1, Distribution.KEY)).isInstanceOf(KeyGroupStreamPartitioner.class);
        assertThat(exchangeBeforeWriters(2, Distribution.AUTO)).isInstanceOf(KeyGroupStreamPartitioner.class);
        assertThat(exchangeBeforeWriters(2, Distribution.NONE)).isNotInstanceOf(KeyGroupStreamPartitioner.class);
    }

    private static StreamPartitioner<?> exchangeBeforeWriters(int parallelism, Distribution distribution) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        builder()
                .layout(ROWS.getFieldNames(), List.of())
                .distribution(distribution)
                .build()
                .addTo(bounded(environment));
        return node(environment.getStreamGraph(), "Writer").getInEdges().get(0).getPartitioner();
    }

    @Test
    void aSinkWithoutIdsCanBeBuiltToo() {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.enableCheckpointing(1000);
        unbounded(environment).sinkTo(builder().build());

        assertThat(node(environment.getStreamGraph(), "Prepare").getTransformationUID())
                .isNull();
    }

    private static StreamNode node(StreamGraph graph, String name) {
        return StreamSupport.stream(graph.getStreamNodes().spliterator(), false)
                .filter(node -> node.getOperatorName().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static DataStream<RowData> unbounded(StreamExecutionEnvironment environment) {
        return environment.fromSource(
                new DataGeneratorSource<>(
                        index -> (RowData) GenericRowData.of(index),
                        Long.MAX_VALUE,
                        RateLimiterStrategy.perSecond(10),
                        InternalTypeInfo.of(ROWS)) {
                    @Override
                    public org.apache.flink.api.connector.source.Boundedness getBoundedness() {
                        return org.apache.flink.api.connector.source.Boundedness.CONTINUOUS_UNBOUNDED;
                    }
                },
                WatermarkStrategy.noWatermarks(),
                "unbounded");
    }

    private static DataStream<RowData> bounded(StreamExecutionEnvironment environment) {
        return environment.fromSource(
                new DataGeneratorSource<>(index -> (RowData) GenericRowData.of(index), 10, InternalTypeInfo.of(ROWS)),
                WatermarkStrategy.noWatermarks(),
                "bounded");
    }

    private static final class NoRows extends GenericInputFormat<RowData> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean reachedEnd() {
            return true;
        }

        @Override
        public RowData nextRecord(RowData reuse) {
            throw new IllegalStateException("there are no rows");
        }
    }
}
