package io.deltacat.flink.sink;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.flink.sink.writer.RowCheck;
import io.deltacat.flink.sink.writer.RowSchema;
import java.io.Serial;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Turns rows that the table of a sink cannot hold into a side output. Deletions pass, since only their keys are written. */
@Internal
final class InvalidRows extends ProcessFunction<RowData, RowData> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final SinkSpec spec;
    private final OutputTag<RowData> invalid;
    private transient @Nullable RowCheck check;

    InvalidRows(SinkSpec spec, OutputTag<RowData> invalid) {
        this.spec = requireNonNull(spec, "spec");
        this.invalid = requireNonNull(invalid, "invalid");
    }

    /** Looks at the table, once per task. */
    @Override
    public void open(OpenContext context) {
        try (DeltaCatClient client = spec.connection().open()) {
            spec.target().makeReady(client);
            RowSchema schema = RowSchema.of(
                    spec.table(),
                    client.catalog().describeTable(spec.table()),
                    spec.target().rowType());
            check = new RowCheck(schema.schema(), schema.rows());
        }
    }

    @Override
    public void processElement(RowData row, Context context, Collector<RowData> valid) {
        boolean passes = row.getRowKind() == RowKind.DELETE
                || requireNonNull(check, "check").problemOf(row).isEmpty();
        if (passes) {
            valid.collect(row);
        } else {
            context.output(invalid, row);
        }
    }
}
