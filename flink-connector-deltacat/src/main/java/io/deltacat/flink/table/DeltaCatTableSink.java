package io.deltacat.flink.table;

import io.deltacat.flink.sink.DeltaCatSink;
import io.deltacat.flink.types.LogicalTypes;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.logical.RowType;

/**
 * A DeltaCAT table as the planner sees it for writing: rows are added, never changed. The server is asked once, by the
 * first {@link #getSinkRuntimeProvider} of this object or a copy of it; nothing else here has an effect. Confined to the
 * planner's thread.
 */
@Internal
public final class DeltaCatTableSink implements DynamicTableSink {

    private final TableSettings settings;
    private final TableLookup lookup;
    private final RowType declared;

    DeltaCatTableSink(TableSettings settings, TableLookup lookup, RowType declared) {
        this.settings = settings;
        this.lookup = lookup;
        this.declared = declared;
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return ChangelogMode.insertOnly();
    }

    /**
     * Returns the sink.
     *
     * @throws ValidationException if the table is missing and must not be created, or its columns do not fit the declared
     *     ones
     */
    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        lookup.find().ifPresentOrElse(this::checkWritable, this::checkCreatable);
        return SinkV2Provider.of(sink(), settings.sink().parallelism());
    }

    private DeltaCatSink sink() {
        SinkSettings options = settings.sink();
        DeltaCatSink.Builder builder = DeltaCatSink.builder()
                .connection(settings.connection())
                .table(settings.table())
                .rowType(declared)
                .mode(options.mode())
                .codec(options.files().codec())
                .targetFileSize(options.files().targetBytes())
                .uploadParallelism(options.files().uploadParallelism())
                .prepareTimeout(options.timeouts().prepare())
                .commitTimeout(options.timeouts().commit())
                .withoutTableCheckAtBuild();
        if (options.sinkId() != null) {
            builder.sinkId(options.sinkId());
        }
        if (options.createIfMissing()) {
            builder.createTableIfMissing();
        }
        return builder.build();
    }

    private void checkWritable(TableLookup.Found table) {
        if (table.hasMergeKeys()) {
            throw refusal("the table has merge keys " + table.mergeKeys() + ", by which rows are changed and deleted; "
                    + "expected a table that rows are only added to. Write to a table without merge keys.");
        }
        if (table.isPartitioned()) {
            throw refusal("the table is partitioned; expected an unpartitioned table, since this release computes no "
                    + "partition values. Write to a table without partitions.");
        }
        new SchemaMatch(settings.name(), settings.table().toString(), table.schema(), declared).checkWritable();
    }

    private void checkCreatable() {
        if (!settings.sink().createIfMissing()) {
            throw lookup.missing();
        }
        LogicalTypes.toSchema(declared);
    }

    private ValidationException refusal(String problem) {
        return new ValidationException(
                "Table " + settings.name() + ", DeltaCAT table '" + settings.table() + "': " + problem);
    }

    @Override
    public DynamicTableSink copy() {
        return new DeltaCatTableSink(settings, lookup, declared);
    }

    @Override
    public String asSummaryString() {
        return "DeltaCAT table " + settings.table();
    }
}
