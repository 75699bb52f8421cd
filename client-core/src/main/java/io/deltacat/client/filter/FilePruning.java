package io.deltacat.client.filter;

import io.deltacat.client.model.ColumnStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Decides from the {@code column_stats} of a data file whether any of its rows may satisfy a filter. */
public final class FilePruning {
    private final Filter filter;
    private final Map<String, ColumnType> types;

    /**
     * Prepares pruning for one table schema.
     *
     * @param filter the predicate
     * @param schema schema of the files; a column that it lacks is never pruned by, not even by its count of nulls
     */
    public FilePruning(Filter filter, Schema schema) {
        this.filter = filter;
        this.types = schema.getFields().stream()
                .filter(field -> filter.columns().contains(field.getName()))
                .collect(Collectors.toUnmodifiableMap(
                        Field::getName, field -> ColumnType.of(field.getType()), (first, second) -> first));
    }

    /**
     * Whether the file must be read.
     *
     * @param statistics statistics of the file by column, possibly incomplete
     * @param recordCount rows of the file, or null when unknown
     * @return false only when no row of the file can satisfy the filter
     */
    public boolean mayMatch(Map<String, ColumnStatistics> statistics, @Nullable Long recordCount) {
        return filter.outcomes(column -> domain(column, statistics.get(column), recordCount))
                .canBeTrue();
    }

    private ColumnDomain domain(String column, @Nullable ColumnStatistics statistics, @Nullable Long recordCount) {
        ColumnType type = types.get(column);
        if (statistics == null || type == null) {
            return ColumnDomain.unknown(type == null ? ColumnType.OPAQUE : type);
        }
        Long nullCount = statistics.nullCount();
        boolean mayHaveNull = nullCount == null || nullCount > 0;
        boolean mayHaveValue = nullCount == null || recordCount == null || nullCount < recordCount;
        return new ColumnDomain(
                type,
                Optional.ofNullable(statistics.min()).flatMap(type::comparable).orElse(null),
                Optional.ofNullable(statistics.max()).flatMap(type::comparable).orElse(null),
                mayHaveNull,
                mayHaveValue);
    }
}
