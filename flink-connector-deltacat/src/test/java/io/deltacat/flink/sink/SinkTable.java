package io.deltacat.flink.sink;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
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

/** A table of numbered rows on a local server, with what tests of the sink do with it. */
final class SinkTable implements AutoCloseable {
    static final TableRef TABLE = TableRef.of("sales", "orders");
    static final RowType ROWS = RowType.of(
            new LogicalType[] {new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH)},
            new String[] {"id", "note"});

    private final DeltaCatConnection connection;
    private final DeltaCatClient client;

    SinkTable(URI server) {
        connection = DeltaCatConnection.builder(server.toString()).build();
        client = connection.open();
    }

    void create() {
        Schema schema =
                new Schema(List.of(TypeNames.field("id", "int64", false), TypeNames.field("note", "string", true)));
        client.catalog()
                .createTable(
                        TABLE,
                        CreateTableRequestBuilder.builder()
                                .table(TABLE.table())
                                .autoCreateNamespace(true)
                                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schema)))
                                .build());
    }

    DeltaCatConnection connection() {
        return connection;
    }

    DeltaCatSinkBuilder sink() {
        return DeltaCatSink.builder().connection(connection).table(TABLE).rowType(ROWS);
    }

    /** Ids that a reader of the table sees now, sorted, with repetitions if there are any. */
    List<Long> ids() {
        return client.catalog().read(TABLE).columns("id").toList().stream()
                .map(row -> (Long) Objects.requireNonNull(row.get("id")))
                .sorted()
                .toList();
    }

    static List<Long> idsUpTo(long count) {
        return LongStream.range(0, count).boxed().toList();
    }

    /** Rows 0 to count-1, so many for each checkpoint. */
    static DataStream<RowData> rows(StreamExecutionEnvironment environment, long count, int perCheckpoint) {
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                SinkTable::row,
                                count,
                                RateLimiterStrategy.perCheckpoint(perCheckpoint),
                                InternalTypeInfo.of(ROWS)),
                        WatermarkStrategy.noWatermarks(),
                        "rows")
                .setParallelism(1)
                .uid("rows");
    }

    /** Rows 0 to count-1, as fast as they go. */
    static DataStream<RowData> rows(StreamExecutionEnvironment environment, long count) {
        return environment
                .fromSource(
                        new DataGeneratorSource<>(SinkTable::row, count, InternalTypeInfo.of(ROWS)),
                        WatermarkStrategy.noWatermarks(),
                        "rows")
                .uid("rows");
    }

    static RowData row(long id) {
        return GenericRowData.of(id, StringData.fromString("row " + id));
    }

    @Override
    public void close() {
        client.close();
    }
}
