package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.DeltaCatSink;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.data.RowData;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the sink of a table to a query, with operator ids made from the id of the sink: the planner gives ids only to
 * compiled plans, and a restored query has to find its commits. Immutable.
 */
@Internal
final class SinkOfTable implements DataStreamSinkProvider {

    private final DeltaCatSink sink;
    private final @Nullable Integer parallelism;

    /**
     * Creates the provider.
     *
     * @param sink the sink
     * @param parallelism number of writers, or null for that of the query
     */
    SinkOfTable(DeltaCatSink sink, @Nullable Integer parallelism) {
        this.sink = requireNonNull(sink, "sink");
        this.parallelism = parallelism;
    }

    @Override
    public Optional<Integer> getParallelism() {
        return Optional.ofNullable(parallelism);
    }

    @Override
    public DataStreamSink<?> consumeDataStream(ProviderContext context, DataStream<RowData> rows) {
        DataStreamSink<RowData> attached = sink.addTo(rows);
        int writers = parallelism == null ? rows.getParallelism() : parallelism;
        return writers > 0 ? attached.setParallelism(writers) : attached;
    }
}
