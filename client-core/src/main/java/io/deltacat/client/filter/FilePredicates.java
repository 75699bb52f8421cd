package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.format.predicate.ComparisonOperator;
import io.deltacat.format.predicate.OrderedValue;
import io.deltacat.format.predicate.RowPredicate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Turns filters into what file readers leave rows out by. A part without such a form is left undecided, so a reader returns
 * more rows than the filter selects and never fewer. Stateless.
 */
public final class FilePredicates {
    private FilePredicates() {}

    /**
     * Converts a filter.
     *
     * @param filter the filter
     * @param schema columns of the table, for the types of literals
     * @return a predicate that holds for every row the filter selects
     */
    public static RowPredicate of(Filter filter, Schema schema) {
        if (filter instanceof Filter.And and) {
            return new RowPredicate.And(all(and.operands(), schema));
        }
        if (filter instanceof Filter.Or or) {
            return new RowPredicate.Or(all(or.operands(), schema));
        }
        if (filter instanceof Filter.Not not) {
            return RowPredicate.not(of(not.operand(), schema));
        }
        if (filter instanceof Filter.IsNull isNull) {
            return RowPredicate.isNull(isNull.column());
        }
        if (filter instanceof Filter.Comparison comparison) {
            return comparison(comparison.column(), operator(comparison.operator()), comparison.literal(), schema);
        }
        if (filter instanceof Filter.Between between) {
            return RowPredicate.and(
                    comparison(between.column(), ComparisonOperator.GREATER_OR_EQUAL, between.lower(), schema),
                    comparison(between.column(), ComparisonOperator.LESS_OR_EQUAL, between.upper(), schema));
        }
        Filter.In in = (Filter.In) filter;
        List<OrderedValue> values = new ArrayList<>();
        for (JsonNode literal : in.literals()) {
            Optional<OrderedValue> value = value(in.column(), literal, schema);
            if (value.isEmpty()) {
                return new RowPredicate.Undecided();
            }
            values.add(value.get());
        }
        return new RowPredicate.IsIn(in.column(), values);
    }

    private static List<RowPredicate> all(List<Filter> filters, Schema schema) {
        return filters.stream().map(filter -> of(filter, schema)).toList();
    }

    private static RowPredicate comparison(
            String column, ComparisonOperator operator, JsonNode literal, Schema schema) {
        Optional<OrderedValue> value = value(column, literal, schema);
        return value.isPresent()
                ? new RowPredicate.Comparison(column, operator, value.get())
                : new RowPredicate.Undecided();
    }

    private static Optional<OrderedValue> value(String column, JsonNode literal, Schema schema) {
        ColumnType type = schema.getFields().stream()
                .filter(field -> field.getName().equals(column))
                .findFirst()
                .map(field -> ColumnType.of(field.getType()))
                .orElse(ColumnType.OPAQUE);
        return type.comparable(literal).flatMap(value -> ordered(type, value));
    }

    private static Optional<OrderedValue> ordered(ColumnType type, Comparable<?> value) {
        return switch (type) {
            case BOOLEAN -> Optional.of(OrderedValue.ofBoolean((Boolean) value));
            case EXACT -> Optional.of(OrderedValue.ofNumber(((ColumnType.Exact) value).value()));
            case FLOATING -> OrderedValue.ofDouble(((ColumnType.Floating) value).value());
            case TEXT -> OrderedValue.of(((ColumnType.Utf8) value).text());
            case TIME -> nanos(value).map(OrderedValue::ofTimeOfDay);
            case DATE, TIMESTAMP -> nanos(value).map(nanos -> OrderedValue.ofUnits(nanos, 1));
            case OPAQUE -> Optional.empty();
        };
    }

    private static Optional<Long> nanos(Comparable<?> value) {
        BigInteger nanos = (BigInteger) value;
        return nanos.bitLength() < Long.SIZE ? Optional.of(nanos.longValueExact()) : Optional.empty();
    }

    private static ComparisonOperator operator(Filter.Operator operator) {
        return switch (operator) {
            case EQ -> ComparisonOperator.EQUAL;
            case NEQ -> ComparisonOperator.NOT_EQUAL;
            case GT -> ComparisonOperator.GREATER;
            case GTE -> ComparisonOperator.GREATER_OR_EQUAL;
            case LT -> ComparisonOperator.LESS;
            case LTE -> ComparisonOperator.LESS_OR_EQUAL;
        };
    }
}
