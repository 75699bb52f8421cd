package io.deltacat.quickstart.replay;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/**
 * Scans a file as a bounded stream: Flink's rate-limited generator source counts the lines, {@link ReplayLine} turns each
 * number into a row. The position is part of Flink's checkpoints. One subtask, so that the file's order is kept.
 * Immutable.
 */
final class ReplayTableSource implements ScanTableSource {
    private final String file;
    private final ReplayOrder order;
    private final double rowsPerSecond;
    private final DataType rowType;
    private final DecodingFormat<DeserializationSchema<RowData>> format;

    ReplayTableSource(
            String file,
            ReplayOrder order,
            double rowsPerSecond,
            DataType rowType,
            DecodingFormat<DeserializationSchema<RowData>> format) {
        this.file = file;
        this.order = order;
        this.rowsPerSecond = rowsPerSecond;
        this.rowType = rowType;
        this.format = format;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        TypeInformation<RowData> type = context.createTypeInformation(rowType);
        ReplayLine line = new ReplayLine(file, order, format.createRuntimeDecoder(context, rowType));
        return SourceProvider.of(
                new DataGeneratorSource<>(line, order.size(), RateLimiterStrategy.perSecond(rowsPerSecond), type), 1);
    }

    @Override
    public DynamicTableSource copy() {
        return new ReplayTableSource(file, order, rowsPerSecond, rowType, format);
    }

    @Override
    public String asSummaryString() {
        return "replay(" + file + ", " + order.size() + " rows, " + rowsPerSecond + " per second)";
    }
}
