package io.deltacat.flink.table;

import io.deltacat.client.filter.Filter;
import io.deltacat.flink.source.DeltaCatSource;
import io.deltacat.flink.source.DeltaCatSourceBuilder;
import io.deltacat.flink.source.SourceMetadata;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.reader.ReadSpec;
import io.deltacat.flink.table.filter.FilterTranslator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsFilterPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsLimitPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.connector.source.abilities.SupportsReadingMetadata;
import org.apache.flink.table.connector.source.abilities.SupportsSourceWatermark;
import org.apache.flink.table.connector.source.abilities.SupportsStatisticReport;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A DeltaCAT table as the planner sees it for reading. A declared primary key says that the table has merge keys: it is an
 * upsert changelog then, unless one merged snapshot is read. Wanted columns are pushed down as whole top-level columns,
 * filters prune files, row groups and pages and leave rows out; the planner still checks every row. The server is asked once, by
 * the first {@link #getScanRuntimeProvider} of this object or a copy of it; nothing else here has an effect. Confined to the
 * planner's thread.
 */
@Internal
public final class DeltaCatTableSource
        implements ScanTableSource,
                SupportsProjectionPushDown,
                SupportsFilterPushDown,
                SupportsLimitPushDown,
                SupportsReadingMetadata,
                SupportsSourceWatermark,
                SupportsStatisticReport {

    private final TableSettings settings;
    private final TableLookup lookup;
    private final RowType declared;
    private final List<String> primaryKey;
    private final @Nullable String rowtime;
    private boolean emitsWatermarks;
    private RowType produced;
    private List<SourceMetadata> metadata = List.of();
    private @Nullable Filter filter;
    private long limit = ReadSpec.NO_LIMIT;

    DeltaCatTableSource(
            TableSettings settings,
            TableLookup lookup,
            RowType declared,
            List<String> primaryKey,
            @Nullable String rowtime) {
        this.settings = settings;
        this.lookup = lookup;
        this.declared = declared;
        this.primaryKey = List.copyOf(primaryKey);
        this.rowtime = rowtime;
        this.produced = declared;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return emitsChanges() ? ChangelogMode.upsert() : ChangelogMode.insertOnly();
    }

    /** Whether rows are changed and deleted by what comes later. */
    private boolean emitsChanges() {
        return !primaryKey.isEmpty() && !asWritten() && !settings.scan().range().isSnapshot();
    }

    private boolean asWritten() {
        return settings.scan().changes().changelogMode() == io.deltacat.flink.source.ChangelogMode.APPEND_ONLY;
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    @Override
    public void applyProjection(int[][] projectedFields, DataType producedDataType) {
        if (Arrays.stream(projectedFields).anyMatch(path -> path.length != 1)) {
            throw new IllegalStateException(
                    "nested projection " + Arrays.deepToString(projectedFields) + " although it is not supported");
        }
        produced = (RowType) producedDataType.getLogicalType();
    }

    /** All predicates stay with the planner. Of a changelog only those on the key are used: they hold for a key or do not. */
    @Override
    public Result applyFilters(List<ResolvedExpression> predicates) {
        List<ResolvedExpression> accepted = new ArrayList<>();
        for (ResolvedExpression predicate : predicates) {
            boolean usable = FilterTranslator.translate(List.of(predicate))
                    .filter(translated -> usableColumns().containsAll(translated.columns()))
                    .isPresent();
            if (usable) {
                accepted.add(predicate);
            }
        }
        filter = FilterTranslator.translate(accepted).orElse(null);
        return Result.of(accepted, predicates);
    }

    private List<String> usableColumns() {
        return primaryKey.isEmpty() || asWritten() ? declared.getFieldNames() : primaryKey;
    }

    @Override
    public void applyLimit(long most) {
        limit = Math.max(1, most);
    }

    @Override
    public Map<String, DataType> listReadableMetadata() {
        Map<String, DataType> readable = new LinkedHashMap<>();
        for (SourceMetadata item : SourceMetadata.values()) {
            readable.put(item.key(), item.type());
        }
        return readable;
    }

    @Override
    public void applyReadableMetadata(List<String> metadataKeys, DataType producedDataType) {
        metadata = metadataKeys.stream()
                .map(key -> SourceMetadata.ofKey(key)
                        .orElseThrow(() -> new IllegalStateException("metadata '" + key + "' was never offered")))
                .toList();
    }

    /** Watermarks come from the statistics of the column that the table's {@code WATERMARK} is for. */
    @Override
    public void applySourceWatermark() {
        emitsWatermarks = true;
    }

    /** The number of rows of the whole table, where the server counts them; a filter makes it an upper bound. */
    @Override
    public TableStats reportStatistics() {
        boolean all = settings.scan().range().startMode() == StartMode.FULL
                && settings.scan().range().endTime() == null
                && filter == null;
        OptionalLong rows = all ? lookup.rowCount() : OptionalLong.empty();
        return rows.isPresent() ? new TableStats(Math.min(limit, rows.getAsLong())) : TableStats.UNKNOWN;
    }

    /**
     * Returns the source.
     *
     * @throws ValidationException if the table is missing or its columns or keys do not fit the declared ones
     */
    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        TableLookup.Found table = lookup.require();
        new SchemaMatch(settings.name(), settings.table().toString(), table.schema(), declared).checkReadable();
        new KeyMatch(settings, table, primaryKey).checkReadable();
        return SourceProvider.of(source(table), settings.scan().parallelism());
    }

    private DeltaCatSource source(TableLookup.Found table) {
        ScanSettings scan = settings.scan();
        ScanRange range = scan.range();
        DeltaCatSourceBuilder builder = DeltaCatSource.builder()
                .connection(settings.connection())
                .table(settings.table())
                .schema(table.schema())
                .mergeKeys(table.mergeKeys())
                .rowType(produced)
                .metadata(metadata)
                .limit(limit)
                .changelogMode(scan.changes().changelogMode())
                .onReplace(scan.changes().onReplace())
                .onHistoryLost(scan.changes().onHistoryLost())
                .startMode(range.startMode())
                .boundedness(range.boundedMode().boundedness())
                .feed(scan.discovery().feed())
                .discoveryInterval(scan.discovery().interval())
                .maxPendingSplits(scan.discovery().maxPendingSplits())
                .failureTolerance(scan.discovery().failureTolerance());
        scan.decoding().applyTo(builder);
        if (range.startTime() != null) {
            builder.startAt(range.startTime());
        }
        if (range.endTime() != null) {
            builder.endAt(range.endTime());
        }
        if (filter != null) {
            builder.filter(filter);
        }
        if (emitsWatermarks) {
            builder.eventTime(eventTimeColumn());
        }
        SubscriptionSettings subscription = scan.subscription();
        if (subscription != null) {
            subscription.applyTo(builder);
        }
        return builder.build();
    }

    private String eventTimeColumn() {
        if (rowtime == null || !declared.getFieldNames().contains(rowtime)) {
            throw new ValidationException(
                    "Table %s: SOURCE_WATERMARK() is declared for '%s', which is no stored column; expected a timestamp column of the table, since watermarks come from its statistics. Declare the watermark by an expression instead."
                            .formatted(settings.name(), rowtime));
        }
        return rowtime;
    }

    @Override
    public DynamicTableSource copy() {
        DeltaCatTableSource copy = new DeltaCatTableSource(settings, lookup, declared, primaryKey, rowtime);
        copy.emitsWatermarks = emitsWatermarks;
        copy.produced = produced;
        copy.metadata = metadata;
        copy.filter = filter;
        copy.limit = limit;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "DeltaCAT table " + settings.table();
    }
}
