package io.deltacat.flink.sink.commit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import java.util.List;
import java.util.Map;

/** Fixed values for tests of the commit package. */
final class Checkpoints {
    static final DeltaTarget ORDERS = new DeltaTarget(TableRef.of("sales", "orders"), DeltaMode.APPEND, "parquet", 0);
    static final DeltaTarget LINES = new DeltaTarget(new TableRef("sales", "lines", "2"), DeltaMode.ADD, "parquet", 3);

    private Checkpoints() {}

    static WriteEntry entry(String path) {
        return WriteEntryBuilder.builder()
                .path(path)
                .recordCount(3L)
                .contentLength(1010L)
                .sourceContentLength(63L)
                .entryType("data")
                .columnStats(Map.of(
                        "id",
                        new ColumnStatistics(
                                JsonNodeFactory.instance.numberNode(1), JsonNodeFactory.instance.numberNode(3), 0L)))
                .build();
    }

    static WrittenFiles files(DeltaTarget target, String... paths) {
        return new WrittenFiles(
                target, java.util.Arrays.stream(paths).map(Checkpoints::entry).toList());
    }

    static PreparedCheckpoint twoDeltas() {
        return new PreparedCheckpoint(
                "sink-1",
                42,
                "0c0ffee0",
                "Flink sink sink-1, checkpoint 42, commit 0c0ffee0",
                new TransactionRef("txn-1", 5),
                List.of(
                        new StagedDelta(LINES, "ws-1", "op_1", List.of(entry("/data/lines/l-1.parquet"))),
                        new StagedDelta(
                                ORDERS,
                                "ws-2",
                                "op_2",
                                List.of(entry("/data/orders/o-1.parquet"), entry("/data/orders/ö-2.parquet")))));
    }
}
