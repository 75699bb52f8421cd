package io.deltacat.flink.table;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.DeltaCatException;
import io.deltacat.flink.sink.DeltaCatSink;
import io.deltacat.flink.sink.DeltaCatSinkBuilder;
import io.deltacat.flink.sink.Overwrite;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.TableLayout;
import io.deltacat.flink.sink.writer.ColumnChanges;
import io.deltacat.flink.types.LogicalTypes;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.abilities.SupportsOverwrite;
import org.apache.flink.table.connector.sink.abilities.SupportsPartitioning;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelDelete;
import org.apache.flink.table.connector.sink.abilities.SupportsRowLevelUpdate;
import org.apache.flink.table.connector.sink.abilities.SupportsTruncate;
import org.jspecify.annotations.Nullable;

/**
 * A DeltaCAT table as the planner sees it for writing: with a primary key rows are changed and deleted, without they are
 * added. The server is asked once, by the first {@link #getSinkRuntimeProvider} of this object or a copy of it; nothing
 * else here has an effect. Confined to the planner's thread.
 */
@Internal
public final class DeltaCatTableSink
        implements DynamicTableSink,
                SupportsOverwrite,
                SupportsPartitioning,
                SupportsTruncate,
                SupportsRowLevelDelete,
                SupportsRowLevelUpdate {

    private final TableSettings settings;
    private final TableLookup lookup;
    private final DeclaredTable declared;
    private boolean overwrites;

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
        if (overwrites && !context.isBounded()) {
            throw refusal("INSERT OVERWRITE commits more than once in streaming mode, each time in place of the rows "
                    + "before; expected batch mode. SET 'execution.runtime-mode' = 'batch'.");
        }
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
                .overwrite(overwrite(layout))
                .schemaEvolution(options.evolution())
                .onInvalidRow(options.invalidRows())
                .distribution(options.exchange().distribution())
                .upsertBufferSize(options.exchange().upsertBufferBytes())
                .codec(files.codec())
                .targetFileSize(files.targetBytes())
                .maxRowsPerFile(files.maxRows())
                .fileRollInterval(files.maxAge())
                .maxOpenFiles(files.maxOpen())
                .openFilesMemory(files.memoryBytes())
                .uploadParallelism(files.uploadParallelism())
                .commitMessage(options.commitMessage())
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

    /** As with other partitioned tables in Flink, partitions that get no rows stay. */
    private Overwrite overwrite(TableLayout layout) {
        if (!overwrites) {
            return Overwrite.NONE;
        }
        return layout.isPartitioned() ? Overwrite.PARTITIONS : Overwrite.TABLE;
    }

    /** Takes {@code INSERT OVERWRITE} as it is meant. */
    @Override
    public void applyOverwrite(boolean overwrite) {
        overwrites = overwrite;
    }

    /** Needs nothing: values of a static partition come with the rows. */
    @Override
    public void applyStaticPartition(Map<String, String> partition) {}

    /**
     * Removes all rows of the table, at once.
     *
     * @throws ValidationException if the server refuses, or cannot be asked
     */
    @Override
    public void executeTruncation() {
        try (DeltaCatClient client = settings.connection().open()) {
            client.catalog().truncateTable(settings.table());
        } catch (DeltaCatException e) {
            throw new ValidationException(
                    "Table " + settings.name() + ", DeltaCAT table '" + settings.table() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Takes rows to delete, of which the merge keys count.
     *
     * @throws ValidationException if the table has no merge keys
     */
    @Override
    public RowLevelDeleteInfo applyRowLevelDelete(@Nullable RowLevelModificationScanContext context) {
        requireKeyed("DELETE");
        return new RowLevelDeleteInfo() {};
    }

    /**
     * Takes rows to write in place of those with their merge keys.
     *
     * @throws ValidationException if the table has no merge keys, or one is to be changed
     */
    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(
            List<Column> updatedColumns, @Nullable RowLevelModificationScanContext context) {
        requireKeyed("UPDATE");
        for (Column column : updatedColumns) {
            if (declared.primaryKey().contains(column.getName())) {
                throw refusal(
                        "UPDATE sets column '" + column.getName() + "' of the primary key " + declared.primaryKey()
                                + "; expected other columns only, since the row with the old key would stay. DELETE the row and "
                                + "INSERT it again.");
            }
        }
        return new RowLevelUpdateInfo() {};
    }

    private void requireKeyed(String statement) {
        if (!declared.isKeyed()) {
            throw refusal(
                    statement + " finds rows by merge keys, but no PRIMARY KEY is declared; expected a table with "
                            + "merge keys. Declare them as PRIMARY KEY, or overwrite the table.");
        }
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
        Schema evolved = ColumnChanges.of(settings.sink().evolution(), table.schema(), declared.rowType())
                .appliedTo(table.schema());
        new SchemaMatch(settings.name(), settings.table().toString(), evolved, declared.rowType()).checkWritable();
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
        DeltaCatTableSink copy = new DeltaCatTableSink(settings, lookup, declared);
        copy.overwrites = overwrites;
        return copy;
    }

    @Override
    public String asSummaryString() {
        return "DeltaCAT table " + settings.table();
    }
}
