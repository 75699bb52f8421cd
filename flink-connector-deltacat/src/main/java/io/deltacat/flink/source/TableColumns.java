package io.deltacat.flink.source;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.read.MergePlans;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.reader.MergeColumns;
import io.deltacat.flink.source.reader.ReadSpec;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.flink.types.TypeFit;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, as far as a source has to know them before it runs. Immutable.
 *
 * @param table the table
 * @param schema its stored columns
 * @param merge how rows of one key replace each other
 */
@Internal
record TableColumns(TableRef table, Schema schema, MergeColumns merge) {
    /**
     * Finds out about a table, without a request if everything is given.
     *
     * @param server where the table is
     * @param table the table
     * @param schema its columns, or null to ask
     * @param mergeKeys its merge keys, or null to ask; ignored without columns
     * @param mergeBytes heap for the merge of one partition
     * @return what is known
     * @throws IllegalArgumentException when the table has no schema
     * @throws io.deltacat.client.DeltaCatException if the server cannot be asked, or has no such table
     */
    static TableColumns find(
            DeltaCatConnection server,
            TableRef table,
            @Nullable Schema schema,
            @Nullable List<String> mergeKeys,
            long mergeBytes) {
        if (schema != null && (mergeKeys == null || mergeKeys.isEmpty())) {
            return new TableColumns(table, schema, MergeColumns.NONE);
        }
        try (DeltaCatClient client = server.open()) {
            ReadPlan plan = client.catalog()
                    .plan(
                            table,
                            PlanRequestBuilder.builder().includeFiles(false).build());
            Schema columns = schema != null ? schema : describedSchema(client, table);
            return new TableColumns(table, columns, MergeColumns.of(MergePlans.options(plan, columns, mergeBytes)));
        }
    }

    /** Returns how the rows are read. */
    RowReading reading(ChangelogMode changelogMode) {
        if (changelogMode == ChangelogMode.APPEND_ONLY) {
            return RowReading.AS_WRITTEN;
        }
        return merge.keys().isEmpty() ? RowReading.INSERTS : RowReading.UPSERTS;
    }

    /**
     * Checks what is wanted of the rows.
     *
     * @param reading how the rows are read
     * @param rowType the values to emit, or null for all columns
     * @param metadata what to append to the values of each row
     * @param filter what rows have to satisfy, or null for all rows
     * @param limit rows after which a reader may stop
     * @param batchRows most rows of a batch
     * @param batchBytes about how many bytes of values a batch may hold
     * @param prefetchedBatches batches that wait decoded, 0 for as many as Flink's own option says
     * @return what readers read of every file
     * @throws IllegalArgumentException when a column is missing, has another type, or may not be filtered by
     */
    ReadSpec readSpec(
            RowReading reading,
            @Nullable RowType rowType,
            List<SourceMetadata> metadata,
            @Nullable Filter filter,
            long limit,
            int batchRows,
            long batchBytes,
            int prefetchedBatches) {
        RowType rows = rowType != null ? rowType : LogicalTypes.toRowType(schema);
        for (RowType.RowField field : rows.getFields()) {
            Field column = column(field.getName())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Source of table %s: column '%s' is not in the table, which has %s. Take it out of the declared columns, or correct its name."
                                    .formatted(table, field.getName(), names())));
            TypeFit.read(column, field.getType()).ifPresent(mismatch -> {
                throw new IllegalArgumentException("Source of table %s: %s".formatted(table, mismatch.describe()));
            });
        }
        if (filter != null) {
            checkFilter(filter, reading);
        }
        return new ReadSpec(
                ArrowSchemas.toBase64(schema),
                rows,
                metadata,
                reading,
                merge,
                filter == null ? null : filter.toJson().toString(),
                limit,
                batchRows,
                batchBytes,
                prefetchedBatches);
    }

    /**
     * Checks that a column can tell event time.
     *
     * @param name the column
     * @throws IllegalArgumentException when it is missing, or no timestamp
     */
    void checkEventTime(String name) {
        boolean timestamp = column(name)
                .filter(field -> ColumnType.of(field.getType()) == ColumnType.TIMESTAMP)
                .isPresent();
        if (!timestamp) {
            throw new IllegalArgumentException(
                    "Source of table %s: column '%s' is to tell event time by its statistics; expected a timestamp column of the table, which has %s. Name one, or declare the watermark by an expression of the column instead of SOURCE_WATERMARK()."
                            .formatted(table, name, names()));
        }
    }

    private void checkFilter(Filter filter, RowReading reading) {
        for (String name : filter.columns()) {
            if (column(name).isEmpty()) {
                throw new IllegalArgumentException(
                        "Source of table %s: the filter names column '%s', which is not in the table; it has %s. Correct the name."
                                .formatted(table, name, names()));
            }
            if (reading == RowReading.UPSERTS && !merge.keys().contains(name)) {
                throw new IllegalArgumentException(
                        "Source of table %s: the filter names column '%s', which is none of the merge keys %s; a change could move a row out of it unseen. Filter the changelog behind the source."
                                .formatted(table, name, merge.keys()));
            }
        }
    }

    private Optional<Field> column(String name) {
        return schema.getFields().stream()
                .filter(field -> field.getName().equals(name))
                .findFirst();
    }

    private List<String> names() {
        return schema.getFields().stream().map(Field::getName).toList();
    }

    private static Schema describedSchema(DeltaCatClient client, TableRef table) {
        Schema all = TableSchemas.schemaOf(client.catalog().describeTable(table))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Source of table %s: the table has no schema, so its files cannot be read as rows. Declare the columns with schema(...)."
                                .formatted(table)));
        return new Schema(
                all.getFields().stream()
                        .filter(field -> !FieldMetadata.isComputed(field))
                        .toList(),
                all.getCustomMetadata());
    }
}
