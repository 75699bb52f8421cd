package io.deltacat.flink.table;

import io.deltacat.flink.source.DeltaCatSource;
import io.deltacat.flink.source.DeltaCatSourceBuilder;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.SourceProvider;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * A DeltaCAT table as the planner sees it for reading. Wanted columns are pushed down as whole top-level columns. The
 * server is asked once, by the first {@link #getScanRuntimeProvider} of this object or a copy of it; nothing else here
 * has an effect. Confined to the planner's thread.
 */
@Internal
public final class DeltaCatTableSource implements ScanTableSource, SupportsProjectionPushDown {

    private final TableSettings settings;
    private final TableLookup lookup;
    private final RowType declared;
    private RowType produced;

    DeltaCatTableSource(TableSettings settings, TableLookup lookup, RowType declared) {
        this.settings = settings;
        this.lookup = lookup;
        this.declared = declared;
        this.produced = declared;
    }

    @Override
    public ChangelogMode getChangelogMode() {
        return ChangelogMode.insertOnly();
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

    /**
     * Returns the source.
     *
     * @throws ValidationException if the table is missing or its columns do not fit the declared ones
     */
    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
        TableLookup.Found table = lookup.require();
        new SchemaMatch(settings.name(), settings.table().toString(), table.schema(), declared).checkReadable();
        if (table.hasMergeKeys()) {
            throw new ValidationException("Table " + settings.name() + ", DeltaCAT table '" + settings.table()
                    + "': the table has merge keys " + table.mergeKeys()
                    + ", whose rows are changed and deleted; expected "
                    + "a table that rows are only added to. Read a table without merge keys.");
        }
        return SourceProvider.of(source(table), settings.scan().parallelism());
    }

    private DeltaCatSource source(TableLookup.Found table) {
        ScanSettings scan = settings.scan();
        DeltaCatSourceBuilder builder = DeltaCatSource.builder()
                .connection(settings.connection())
                .table(settings.table())
                .schema(table.schema())
                .rowType(produced)
                .startMode(scan.startMode())
                .boundedness(scan.boundedMode().boundedness())
                .feed(scan.discovery().feed())
                .discoveryInterval(scan.discovery().interval())
                .maxPendingSplits(scan.discovery().maxPendingSplits())
                .failureTolerance(scan.discovery().failureTolerance())
                .splitBytes(scan.decoding().splitBytes())
                .batchRows(scan.decoding().batchRows())
                .batchBytes(scan.decoding().batchBytes());
        SubscriptionSettings subscription = scan.subscription();
        if (subscription != null) {
            builder.subscription(subscription.id())
                    .acknowledgement(subscription.acknowledgement())
                    .foreignWatermark(subscription.foreignWatermark())
                    .statusInterval(subscription.statusInterval());
        }
        return builder.build();
    }

    @Override
    public DynamicTableSource copy() {
        DeltaCatTableSource copy = new DeltaCatTableSource(settings, lookup, declared);
        copy.produced = produced;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "DeltaCAT table " + settings.table();
    }
}
