package io.deltacat.flink.table.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Translates predicates of the planner into filters that prune. What comes out is implied by the predicate, so that nothing
 * is pruned that the query wants; rows are still checked by the planner. Stateless.
 *
 * <p>A conjunction is translated as far as its operands are; a disjunction or negation only as a whole.
 */
@Internal
public final class FilterTranslator {
    private static final Map<FunctionDefinition, Operator> COMPARISONS = Map.of(
            BuiltInFunctionDefinitions.EQUALS, Operator.EQ,
            BuiltInFunctionDefinitions.NOT_EQUALS, Operator.NEQ,
            BuiltInFunctionDefinitions.GREATER_THAN, Operator.GT,
            BuiltInFunctionDefinitions.GREATER_THAN_OR_EQUAL, Operator.GTE,
            BuiltInFunctionDefinitions.LESS_THAN, Operator.LT,
            BuiltInFunctionDefinitions.LESS_THAN_OR_EQUAL, Operator.LTE);

    private FilterTranslator() {}

    /**
     * Translates a conjunction.
     *
     * @param predicates predicates of the planner, all of which must hold; they refer to columns by name
     * @return a filter that every row with all these predicates satisfies, or empty when nothing can be translated
     */
    public static Optional<Filter> translate(List<ResolvedExpression> predicates) {
        List<Filter> filters = new ArrayList<>();
        for (ResolvedExpression predicate : predicates) {
            implied(predicate).ifPresent(filters::add);
        }
        return all(filters);
    }

    /** Something that the predicate implies; weaker than the predicate where parts of a conjunction are left out. */
    private static Optional<Filter> implied(ResolvedExpression predicate) {
        if (predicate instanceof CallExpression call
                && call.getFunctionDefinition() == BuiltInFunctionDefinitions.AND) {
            return translate(call.getResolvedChildren());
        }
        return exact(predicate);
    }

    /** The same as the predicate, or nothing; only such a filter may be negated. */
    private static Optional<Filter> exact(ResolvedExpression predicate) {
        if (predicate instanceof FieldReferenceExpression column) {
            return isBoolean(column)
                    ? Optional.of(new Filter.Comparison(Operator.EQ, column.getName(), BooleanNode.TRUE))
                    : Optional.empty();
        }
        if (!(predicate instanceof CallExpression call)) {
            return Optional.empty();
        }
        FunctionDefinition function = call.getFunctionDefinition();
        List<ResolvedExpression> operands = call.getResolvedChildren();
        Operator comparison = COMPARISONS.get(function);
        if (comparison != null) {
            return comparison(comparison, operands.get(0), operands.get(1));
        }
        if (function == BuiltInFunctionDefinitions.AND) {
            return exactAll(operands).flatMap(FilterTranslator::all);
        }
        if (function == BuiltInFunctionDefinitions.OR) {
            return exactAll(operands).map(filters -> filters.size() == 1 ? filters.get(0) : new Filter.Or(filters));
        }
        if (function == BuiltInFunctionDefinitions.NOT) {
            return exact(operands.get(0)).map(Filter.Not::new);
        }
        if (function == BuiltInFunctionDefinitions.IS_NULL) {
            return column(operands.get(0)).map(Filter.IsNull::new);
        }
        if (function == BuiltInFunctionDefinitions.IS_NOT_NULL) {
            return column(operands.get(0)).map(name -> new Filter.Not(new Filter.IsNull(name)));
        }
        if (function == BuiltInFunctionDefinitions.IN) {
            return in(operands);
        }
        return function == BuiltInFunctionDefinitions.BETWEEN ? between(operands) : Optional.empty();
    }

    private static Optional<List<Filter>> exactAll(List<ResolvedExpression> operands) {
        List<Filter> filters = new ArrayList<>();
        for (ResolvedExpression operand : operands) {
            Optional<Filter> filter = exact(operand);
            if (filter.isEmpty()) {
                return Optional.empty();
            }
            filters.add(filter.get());
        }
        return Optional.of(filters);
    }

    private static Optional<Filter> all(List<Filter> filters) {
        return switch (filters.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(filters.get(0));
            default -> Optional.of(new Filter.And(filters));
        };
    }

    private static Optional<Filter> comparison(Operator operator, ResolvedExpression left, ResolvedExpression right) {
        Optional<String> column = column(left);
        if (column.isPresent()) {
            return literal(right).map(value -> new Filter.Comparison(operator, column.get(), value));
        }
        return column(right)
                .flatMap(name -> literal(left).map(value -> new Filter.Comparison(mirrored(operator), name, value)));
    }

    private static Optional<Filter> in(List<ResolvedExpression> operands) {
        List<JsonNode> literals = new ArrayList<>();
        for (ResolvedExpression operand : operands.subList(1, operands.size())) {
            Optional<JsonNode> literal = literal(operand);
            if (literal.isEmpty()) {
                return Optional.empty();
            }
            literals.add(literal.get());
        }
        return column(operands.get(0)).map(name -> new Filter.In(name, literals));
    }

    private static Optional<Filter> between(List<ResolvedExpression> operands) {
        Optional<JsonNode> lower = literal(operands.get(1));
        Optional<JsonNode> upper = literal(operands.get(2));
        if (lower.isEmpty() || upper.isEmpty()) {
            return Optional.empty();
        }
        return column(operands.get(0)).map(name -> new Filter.Between(name, lower.get(), upper.get()));
    }

    private static Operator mirrored(Operator operator) {
        return switch (operator) {
            case EQ -> Operator.EQ;
            case NEQ -> Operator.NEQ;
            case GT -> Operator.LT;
            case GTE -> Operator.LTE;
            case LT -> Operator.GT;
            case LTE -> Operator.GTE;
        };
    }

    private static Optional<String> column(ResolvedExpression expression) {
        return expression instanceof FieldReferenceExpression column ? Optional.of(column.getName()) : Optional.empty();
    }

    private static boolean isBoolean(FieldReferenceExpression column) {
        return column.getOutputDataType().getLogicalType().is(LogicalTypeRoot.BOOLEAN);
    }

    private static Optional<JsonNode> literal(ResolvedExpression expression) {
        return expression instanceof ValueLiteralExpression literal ? FilterLiterals.json(literal) : Optional.empty();
    }
}
