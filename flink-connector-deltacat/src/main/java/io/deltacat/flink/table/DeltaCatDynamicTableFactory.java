package io.deltacat.flink.table;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Makes sources and sinks for tables declared with {@code 'connector' = 'deltacat'}. Reads and checks the options only;
 * the server is first asked when a query over the table is planned. Found by Flink through the service loader.
 */
@Internal
public final class DeltaCatDynamicTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {

    /** Value of {@code 'connector'}. */
    public static final String IDENTIFIER = "deltacat";

    /** Called by the service loader. */
    public DeltaCatDynamicTableFactory() {}

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(DeltaCatOptions.URI, DeltaCatOptions.TABLE);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return DeltaCatOptions.all().stream()
                .map(TableOption::option)
                .filter(option -> !requiredOptions().contains(option))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What may differ between a compiled plan and the job that runs it: where the server is and how to get in. */
    @Override
    public Set<ConfigOption<?>> forwardOptions() {
        return Set.of(
                DeltaCatOptions.URI,
                DeltaCatOptions.TOKEN,
                DeltaCatOptions.USER,
                DeltaCatOptions.REQUEST_TIMEOUT,
                DeltaCatOptions.SCAN_DISCOVERY_INTERVAL,
                DeltaCatOptions.SCAN_PARALLELISM,
                DeltaCatOptions.SINK_COMMIT_TIMEOUT,
                DeltaCatOptions.SINK_TARGET_FILE_SIZE,
                DeltaCatOptions.SINK_PARALLELISM);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        TableSettings settings = settings(context);
        if (settings.scan().batch()) {
            TableOptionReader.checkBatchScan(
                    settings.name(), context.getCatalogTable().getOptions());
        }
        TableSettings asked = context.getCatalogTable()
                .getSnapshot()
                .map(millis -> settings.asOf(Instant.ofEpochMilli(millis)))
                .orElse(settings);
        return new DeltaCatTableSource(
                asked, new TableLookup(asked), rowType(context), primaryKey(context), rowtime(context));
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        TableSettings settings = settings(context);
        return new DeltaCatTableSink(
                settings,
                new TableLookup(settings),
                new DeclaredTable(
                        rowType(context),
                        primaryKey(context),
                        context.getCatalogTable().getPartitionKeys()));
    }

    private static TableSettings settings(Context context) {
        boolean batch = context.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH;
        return TableOptionReader.read(
                context.getObjectIdentifier().asSummaryString(),
                context.getCatalogTable().getOptions(),
                batch);
    }

    private static List<String> primaryKey(Context context) {
        return context.getCatalogTable()
                .getResolvedSchema()
                .getPrimaryKey()
                .map(UniqueConstraint::getColumns)
                .orElse(List.of());
    }

    /** The column that the declared watermark is for; null without one. */
    private static @Nullable String rowtime(Context context) {
        return context.getCatalogTable().getResolvedSchema().getWatermarkSpecs().stream()
                .map(WatermarkSpec::getRowtimeAttribute)
                .findFirst()
                .orElse(null);
    }

    private static RowType rowType(Context context) {
        return (RowType) context.getPhysicalRowDataType().getLogicalType();
    }
}
