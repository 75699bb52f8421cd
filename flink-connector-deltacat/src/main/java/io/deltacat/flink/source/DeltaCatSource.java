package io.deltacat.flink.source;

import io.deltacat.client.RetryPolicy;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.DeltaCatTableFacet;
import io.deltacat.flink.source.enumerator.ClientServerAccess;
import io.deltacat.flink.source.enumerator.DeltaCatEnumeratorState;
import io.deltacat.flink.source.enumerator.DeltaCatEnumeratorStateSerializer;
import io.deltacat.flink.source.enumerator.DeltaCatSourceEnumerator;
import io.deltacat.flink.source.enumerator.EnumeratorOptions;
import io.deltacat.flink.source.enumerator.ServerAccess;
import io.deltacat.flink.source.reader.DeltaCatSourceReader;
import io.deltacat.flink.source.reader.ReadSpec;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplitSerializer;
import java.io.Serial;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Reads a DeltaCAT table: the rows of one snapshot, or every row that is added from some point on, each exactly once.
 *
 * <pre>{@code
 * DeltaCatSource source = DeltaCatSource.builder()
 *         .connection(DeltaCatConnection.builder("http://localhost:8080").build())
 *         .table(TableRef.of("sales", "orders"))
 *         .subscription("orders-to-flink")
 *         .build();
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders").uid("orders");
 * }</pre>
 *
 * All REST calls are made by the enumerator on the JobManager; readers only touch storage, so the load on the server does
 * not depend on the parallelism. With a subscription the source moves its watermark on whenever a checkpoint completes.
 * Emitted rows are views that are reused, as those of Flink's own columnar readers: copy what you keep, or leave Flink's
 * object reuse off. Immutable; travels in the job graph, the token with it, and never in state.
 */
@PublicEvolving
public final class DeltaCatSource
        implements Source<RowData, DeltaCatSplit, DeltaCatEnumeratorState>,
                ResultTypeQueryable<RowData>,
                LineageVertexProvider {
    @Serial
    private static final long serialVersionUID = 1L;

    private final DeltaCatConnection connection;
    private final @Nullable String subscriptionId;
    private final EnumeratorOptions options;
    private final ReadSpec spec;

    DeltaCatSource(
            DeltaCatConnection connection, @Nullable String subscriptionId, EnumeratorOptions options, ReadSpec spec) {
        this.connection = connection;
        this.subscriptionId = subscriptionId;
        this.options = options;
        this.spec = spec;
    }

    /**
     * Starts building a source.
     *
     * @return a builder; connection and table are required
     */
    public static DeltaCatSourceBuilder builder() {
        return new DeltaCatSourceBuilder();
    }

    @Override
    public Boundedness getBoundedness() {
        return options.boundedness();
    }

    @Override
    public SourceReader<RowData, DeltaCatSplit> createReader(SourceReaderContext context) {
        return DeltaCatSourceReader.create(spec, context);
    }

    @Override
    public SplitEnumerator<DeltaCatSplit, DeltaCatEnumeratorState> createEnumerator(
            SplitEnumeratorContext<DeltaCatSplit> context) {
        return enumerator(
                context,
                DeltaCatEnumeratorState.fresh(
                        options.tableName(), UUID.randomUUID().toString()));
    }

    @Override
    public SplitEnumerator<DeltaCatSplit, DeltaCatEnumeratorState> restoreEnumerator(
            SplitEnumeratorContext<DeltaCatSplit> context, DeltaCatEnumeratorState state) {
        if (!state.table().equals(options.tableName())) {
            throw new DeltaCatSourceException.UnsupportedTable(
                    "The restored state belongs to table %s, but the source reads table %s. Give the source another uid, or start the job without this state."
                            .formatted(state.table(), options.tableName()));
        }
        return enumerator(context, state);
    }

    private DeltaCatSourceEnumerator enumerator(
            SplitEnumeratorContext<DeltaCatSplit> context, DeltaCatEnumeratorState state) {
        return new DeltaCatSourceEnumerator(
                context, options, this::connect, state, System::nanoTime, new SplittableRandom());
    }

    /** The enumerator waits and repeats by itself, so its client does not. */
    private ServerAccess connect() {
        return new ClientServerAccess(
                connection.open(RetryPolicy.NONE), options.table(), options.eventTimeColumn(), subscriptionId);
    }

    @Override
    public SimpleVersionedSerializer<DeltaCatSplit> getSplitSerializer() {
        return new DeltaCatSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<DeltaCatEnumeratorState> getEnumeratorCheckpointSerializer() {
        return new DeltaCatEnumeratorStateSerializer();
    }

    @Override
    public TypeInformation<RowData> getProducedType() {
        return InternalTypeInfo.of(spec.producedType());
    }

    @Override
    public LineageVertex getLineageVertex() {
        return new TableLineage(
                new DeltaCatTableFacet(
                        connection.uri().getScheme() + "://" + connection.uri().getAuthority(),
                        connection.catalogName().orElse(null),
                        options.tableName(),
                        options.table().tableVersion()),
                options.boundedness());
    }

    /** Text for logs: the table and how it is read, without secrets. */
    @Override
    public String toString() {
        return "DeltaCatSource[table=" + options.tableName() + ", " + options.boundedness() + ", start="
                + options.startMode() + ", subscription=" + subscriptionId + "]";
    }
}
