package io.deltacat.server.machine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.deltacat.client.filter.ColumnDomain;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.partition.PartitionTransform;
import io.deltacat.client.partition.PartitionTransformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the values of a partition prove about each of its rows. Immutable. */
final class PartitionFacts {
    /** Nothing is known. */
    static final PartitionFacts NONE = new PartitionFacts(List.of(), Map.of());

    private final List<PartitionKeyFact> keys;
    private final Map<String, ColumnDomain> domains;

    private PartitionFacts(List<PartitionKeyFact> keys, Map<String, ColumnDomain> domains) {
        this.keys = keys;
        this.domains = domains;
    }

    /**
     * Reads the values.
     *
     * @param scheme scheme of the values; null if it is not known
     * @param values one scalar per key of the scheme
     * @param types types of the columns
     * @param emptyTextForNull whether readers of its files see empty text where null was written
     */
    static PartitionFacts of(
            @Nullable PartitionScheme scheme, JsonNode values, ColumnTypes types, boolean emptyTextForNull) {
        if (scheme == null
                || !(values instanceof ArrayNode)
                || values.size() != scheme.keys().size()) {
            return NONE;
        }
        List<PartitionKeyFact> keys = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            PartitionKey key = scheme.keys().get(i);
            String column = key.key().isEmpty() ? "" : key.key().get(0);
            if (!types.isStable(column) || !values.get(i).isValueNode()) {
                continue;
            }
            try {
                keys.add(new PartitionKeyFact(
                        column,
                        types.current(column).orElseThrow(),
                        PartitionTransform.parse(key.transform()),
                        values.get(i)));
            } catch (PartitionTransformException e) {
                continue; // a transform of a later release proves nothing here
            }
        }
        Map<String, ColumnDomain> domains = new HashMap<>();
        for (PartitionKeyFact key : keys) {
            domains.computeIfAbsent(
                    key.column(),
                    column -> PartitionDomains.of(
                            keys.stream()
                                    .filter(other -> other.column().equals(column))
                                    .toList(),
                            emptyTextForNull));
        }
        return new PartitionFacts(List.copyOf(keys), Map.copyOf(domains));
    }

    /** What is known of a column; unknown if it is no partition column. */
    ColumnDomain domain(String column, ColumnTypes types) {
        ColumnDomain known = domains.get(column);
        return known == null ? ColumnDomain.unknown(types.comparison(column)) : known;
    }

    /**
     * The same filter for rows of this partition: comparisons with literals that no row can equal become false.
     *
     * @return a filter that selects the same rows of the partition
     */
    Filter simplify(Filter filter) {
        if (keys.isEmpty()) {
            return filter;
        }
        if (filter instanceof Filter.And and) {
            return new Filter.And(and.operands().stream().map(this::simplify).toList());
        }
        if (filter instanceof Filter.Or or) {
            return new Filter.Or(or.operands().stream().map(this::simplify).toList());
        }
        if (filter instanceof Filter.Not not) {
            return new Filter.Not(simplify(not.operand()));
        }
        if (filter instanceof Filter.In in) {
            return isFullyKnown(in.column())
                    ? new Filter.In(
                            in.column(),
                            in.literals().stream()
                                    .filter(literal -> mayEqual(in.column(), literal))
                                    .toList())
                    : in;
        }
        if (filter instanceof Filter.Comparison comparison
                && isFullyKnown(comparison.column())
                && !mayEqual(comparison.column(), comparison.literal())) {
            Filter never = new Filter.In(comparison.column(), List.of());
            return switch (comparison.operator()) {
                case EQ -> never;
                case NEQ -> new Filter.Not(never);
                default -> comparison;
            };
        }
        return filter;
    }

    /** Whether no row of the partition has null in a column, so that an equality is true or false. */
    private boolean isFullyKnown(String column) {
        ColumnDomain domain = domains.get(column);
        return domain != null && !domain.mayHaveNull();
    }

    private boolean mayEqual(String column, JsonNode literal) {
        return keys.stream().filter(key -> key.column().equals(column)).allMatch(key -> key.mayEqual(literal));
    }
}
