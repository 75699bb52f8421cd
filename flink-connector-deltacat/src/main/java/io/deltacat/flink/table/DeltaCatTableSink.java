package io.deltacat.flink.table;

import io.deltacat.flink.sink.DeltaCatSink;
import io.deltacat.flink.sink.DeltaCatSinkBuilder;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.TableLayout;
import io.deltacat.flink.types.LogicalTypes;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;

/**
 * A DeltaCAT table as the planner sees it for writing: with a primary key rows are changed and deleted, without they are
 * added. The server is asked once, by the first {@link #getSinkRuntimeProvider} of this object or a copy of it; nothing
 * else here has an effect. Confined to the planner's thread.
 */
@Internal
public final class DeltaCatTableSink implements DynamicTableSink {

    private final TableSettings settings;
    private final TableLookup lookup;
    private final DeclaredTable declared;

    DeltaCatTableSink(TableSettings settings, TableLookup lookup, DeclaredTable declared) {
        this.settings = settings;
        this.lookup = lookup;
        this.declared = declared;
    }

    /** Of a deletion the key is enough, and what a row was before a change is not needed. */
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
        return declared.isKeyed() ? ChangelogMode.upsert() : ChangelogMode.insertOnly();
    }

    /**
     * Returns the sink.
     *
     * @throws ValidationException if the table is missing and must not be created, or its columns or keys are not the
     *     declared ones
     */
    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        TableLayout layout = lookup.find().map(this::layoutOfExisting).orElseGet(this::layoutToCreate);
        return new SinkOfTable(sink(layout), settings.sink().parallelism());
    }

    private DeltaCatSink sink(TableLayout layout) {
        SinkSettings options = settings.sink();
        FileSettings files = options.files();
        DeltaCatSinkBuilder builder = DeltaCatSink.builder()
                .connection(settings.connection())
                .table(settings.table())
                .rowType(declared.rowType())
                .layout(layout)
                .mode(options.mode())
                .distribution(options.exchange().distribution())
                .upsertBufferSize(options.exchange().upsertBufferBytes())
                .codec(files.codec())
                .targetFileSize(files.targetBytes())
                .maxRowsPerFile(files.maxRows())
                .fileRollInterval(files.maxAge())
                .maxOpenFiles(files.maxOpen())
                .openFilesMemory(files.memoryBytes())
                .uploadParallelism(files.uploadParallelism())
                .commitTimeout(options.timeouts().commit())
                .withoutTableCheckAtBuild();
        if (options.timeouts().prepare() != null) {
            builder.prepareTimeout(options.timeouts().prepare());
        }
        if (options.sinkId() != null) {
            builder.sinkId(options.sinkId());
        }
        if (options.createIfMissing()) {
            builder.createTableIfMissing();
        }
        return builder.build();
    }

    private TableLayout layoutOfExisting(TableLookup.Found table) {
        TableLayout layout =
                TableLayout.of(table.mergeKeys(), table.description().partitionScheme());
        declared.mismatch(layout).ifPresent(problem -> {
            throw refusal(problem);
        });
        try {
            layout.requireRowsStay(settings.table());
        } catch (SchemaDoesNotFit e) {
            throw new ValidationException(e.getMessage(), e);
        }
        new SchemaMatch(settings.name(), settings.table().toString(), table.schema(), declared.rowType())
                .checkWritable();
        return layout;
    }

    private TableLayout layoutToCreate() {
        if (!settings.sink().createIfMissing()) {
            throw lookup.missing();
        }
        LogicalTypes.toSchema(declared.rowType());
        return declared.layout();
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
