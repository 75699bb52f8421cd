package io.deltacat.server.machine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.filter.ColumnDomain;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.PartitionScheme;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which partitions and files cannot hold a row that a filter selects. What it leaves out never changes the rows that
 * plan and row filter give together: it trusts statistics only where readers see the very values they speak of. Immutable.
 */
public final class ScanPruning {
    /** Short content types whose files come back as they were written; text formats lose nulls, types or rows. */
    private static final Set<String> TRUSTED_CONTENT = Set.of("parquet", "avro", "feather", "orc");

    /** Short content types that turn a null text into an empty one. */
    private static final Set<String> DELIMITED_CONTENT =
            Set.of("csv", "tsv", "psv", "unescaped_tsv", "application/x-amzn-unescaped-tsv");

    private final Filter filter;
    private final ColumnTypes types;

    /**
     * Prepares pruning.
     *
     * @param filter what rows are wanted
     * @param types types of the table's columns
     */
    public ScanPruning(Filter filter, ColumnTypes types) {
        this.filter = filter;
        this.types = types;
    }

    /**
     * Pruning inside one partition.
     *
     * @param scheme scheme of the partition's values; null if unpartitioned or not known
     * @param values the partition's values, JSON null if unpartitioned
     * @param contentTypes short content types of its files
     * @return what is known about its rows
     */
    public OfPartition in(@Nullable PartitionScheme scheme, JsonNode values, Iterable<String> contentTypes) {
        boolean delimited = false;
        for (String contentType : contentTypes) {
            delimited |= DELIMITED_CONTENT.contains(contentType);
        }
        return new OfPartition(PartitionFacts.of(scheme, values, types, delimited));
    }

    /** Pruning inside one partition. Immutable. */
    public final class OfPartition {
        private final PartitionFacts facts;
        private final Filter simplified;

        private OfPartition(PartitionFacts facts) {
            this.facts = facts;
            this.simplified = facts.simplify(filter);
        }

        /** Whether the partition may hold a row that is wanted. */
        public boolean mayMatch() {
            return simplified.outcomes(column -> facts.domain(column, types)).canBeTrue();
        }

        /**
         * Whether a file may hold a row that is wanted.
         *
         * @param statistics its column statistics, possibly incomplete
         * @param recordCount its rows
         * @param schemaId schema it was written with; null if unknown
         * @param contentType its short content type
         * @param trusted columns that decide. When rows are merged by key, only what all versions of a row share may: the
         *     merge keys, and for a delete those that it deletes by
         * @return false only if no row that is wanted depends on the file
         */
        public boolean mayMatch(
                Map<String, ColumnStatistics> statistics,
                long recordCount,
                @Nullable String schemaId,
                String contentType,
                Predicate<String> trusted) {
            if (!TRUSTED_CONTENT.contains(contentType)) {
                return true;
            }
            return simplified
                    .outcomes(column -> {
                        ColumnDomain known = facts.domain(column, types);
                        ColumnStatistics found = statistics.get(column);
                        return found == null || !trusted.test(column) || !types.isCurrentIn(column, schemaId)
                                ? known
                                : PartitionDomains.intersect(known, domain(column, found, recordCount));
                    })
                    .canBeTrue();
        }

        private ColumnDomain domain(String column, ColumnStatistics statistics, long recordCount) {
            ColumnType type = types.comparison(column);
            Long nullCount = statistics.nullCount();
            Optional<Comparable<?>> min = Optional.ofNullable(statistics.min()).flatMap(type::comparable);
            Optional<Comparable<?>> max = Optional.ofNullable(statistics.max()).flatMap(type::comparable);
            boolean swapped = min.isPresent() && max.isPresent() && PartitionDomains.compare(min.get(), max.get()) > 0;
            return new ColumnDomain(
                    type,
                    swapped ? null : min.orElse(null),
                    swapped ? null : max.orElse(null),
                    nullCount == null || nullCount > 0,
                    nullCount == null || nullCount < recordCount);
        }
    }
}
