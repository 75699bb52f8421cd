package io.deltacat.benchmarks.job;

import io.deltacat.benchmarks.MixedRows;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/** The rows that every sink gets: {@code 'connector' = 'benchmark-rows'}. Equal at every parallelism. */
public final class RowsTableFactory implements DynamicTableSourceFactory {
    static final ConfigOption<Long> ROWS =
            ConfigOptions.key("rows").longType().noDefaultValue().withDescription("How many rows.");
    static final ConfigOption<Long> KEYS = ConfigOptions.key("keys")
            .longType()
            .defaultValue(0L)
            .withDescription("How many keys the changes have; 0 for new rows only.");

    static final ConfigOption<Long> OFFSET =
            ConfigOptions.key("offset").longType().defaultValue(0L).withDescription("Number of the first row.");
    static final ConfigOption<Long> TOTAL = ConfigOptions.key("total")
            .longType()
            .noDefaultValue()
            .withDescription(
                    "How many rows all tables with these keys have together; the rows of this one by default.");

    private static final long SEED = 42;

    @Override
    public String factoryIdentifier() {
        return "benchmark-rows";
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(ROWS);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(KEYS, OFFSET, TOTAL);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        long rows = options.get(ROWS);
        return new Rows(
                rows,
                new Generator(options.get(OFFSET), options.getOptional(TOTAL).orElse(rows), options.get(KEYS)));
    }

    /**
     * The table.
     *
     * @param rows how many
     * @param generator makes them
     */
    private record Rows(long rows, Generator generator) implements ScanTableSource {
        @Override
        public ChangelogMode getChangelogMode() {
            // Not "upsert": the planner would put a stateful operator before the sink to make up the old rows.
            return generator.keys == 0 ? ChangelogMode.insertOnly() : ChangelogMode.all();
        }

        @Override
        public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
            RowType type = generator.keys == 0 ? MixedRows.TWENTY : MixedRows.FIVE;
            return new DataStreamScanProvider() {
                @Override
                public DataStream<RowData> produceDataStream(
                        ProviderContext provider, StreamExecutionEnvironment environment) {
                    return environment.fromSource(
                            new DataGeneratorSource<>(generator, rows, InternalTypeInfo.of(type)),
                            WatermarkStrategy.noWatermarks(),
                            "generated rows");
                }

                @Override
                public boolean isBounded() {
                    return true;
                }
            };
        }

        @Override
        public DynamicTableSource copy() {
            return this;
        }

        @Override
        public String asSummaryString() {
            return "generated rows";
        }
    }

    /** Makes rows by their number. */
    private static final class Generator implements GeneratorFunction<Long, RowData> {
        private static final long serialVersionUID = 1L;

        private final long offset;
        private final long total;
        private final long keys;
        private transient @Nullable MixedRows made;

        Generator(long offset, long total, long keys) {
            this.offset = offset;
            this.total = total;
            this.keys = keys;
        }

        @Override
        public void open(SourceReaderContext context) {
            made = new MixedRows(SEED, 0);
        }

        @Override
        public RowData map(Long index) {
            MixedRows opened = made;
            if (opened == null) {
                throw new IllegalStateException("open() was not called");
            }
            long number = offset + index;
            return keys == 0 ? opened.twentyAt(number) : opened.changeAt(number, total, keys);
        }
    }
}
