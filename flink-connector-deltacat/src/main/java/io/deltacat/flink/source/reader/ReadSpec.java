package io.deltacat.flink.source.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.client.filter.Filter;
import io.deltacat.flink.source.SourceMetadata;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.format.schema.ArrowSchemas;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * What readers read of every file. Immutable; travels in the job graph.
 *
 * @param storedSerialized all stored columns of the table, as base64 of an Arrow IPC schema; files are fitted to it
 * @param rowType the values to emit; its fields are among these columns
 * @param metadata what to append to the values of each row
 * @param reading how rows become changes
 * @param merge how rows of one key replace each other
 * @param filter what rows have to satisfy, as JSON in the filter grammar, or null for all rows
 * @param limit most rows one reader needs to emit; {@link #NO_LIMIT} for all
 * @param batchRows most rows of a batch
 * @param batchBytes about how many bytes of values a batch may hold
 * @param prefetchedBatches batches that wait decoded, or {@link #FLINKS_PREFETCH}
 */
@Internal
public record ReadSpec(
        String storedSerialized,
        RowType rowType,
        List<SourceMetadata> metadata,
        RowReading reading,
        MergeColumns merge,
        @Nullable String filter,
        long limit,
        int batchRows,
        long batchBytes,
        int prefetchedBatches)
        implements Serializable {
    /** Value of {@link #prefetchedBatches()} when Flink's own option says it. */
    public static final int FLINKS_PREFETCH = 0;

    /** Value of {@link #limit()} when every row is wanted. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public ReadSpec {
        Objects.requireNonNull(storedSerialized, "storedSerialized");
        Objects.requireNonNull(rowType, "rowType");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(merge, "merge");
        metadata = List.copyOf(metadata);
    }

    /**
     * Returns all stored columns.
     *
     * @return the schema, decoded anew
     */
    public Schema stored() {
        return ArrowSchemas.fromBase64(storedSerialized);
    }

    /**
     * Returns the columns to read, in the order of the rows.
     *
     * @return the schema, decoded anew
     */
    public Schema wanted() {
        Schema stored = stored();
        List<Field> fields = new ArrayList<>(rowType.getFieldCount());
        for (String name : rowType.getFieldNames()) {
            fields.add(stored.findField(name));
        }
        return new Schema(fields);
    }

    /**
     * Returns what rows have to satisfy.
     *
     * @return the filter, or empty for all rows
     */
    public Optional<Filter> parsedFilter() {
        if (filter == null) {
            return Optional.empty();
        }
        try {
            return Filter.parse(new ObjectMapper().readTree(filter));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The filter in the job graph is not JSON: " + filter, e);
        }
    }

    /**
     * Returns the rows that come out: the values and the metadata behind them.
     *
     * @return names and types; metadata columns are named by their keys
     */
    public RowType producedType() {
        List<RowType.RowField> fields = new ArrayList<>(rowType.getFields());
        metadata.forEach(
                item -> fields.add(new RowType.RowField(item.key(), item.type().getLogicalType())));
        return new RowType(false, fields);
    }
}
