package io.deltacat.format.predicate;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What statistics prove about the values of one column in some rows. Immutable.
 *
 * @param min lower bound of the values, null if unknown; need not occur among them
 * @param max upper bound of the values, null if unknown; need not occur among them
 * @param mayHaveNull false only if it is known that no row is null
 * @param mayHaveValue false only if it is known that every row is null
 * @param mayHaveNan false only if it is known that no value is NaN; bounds leave NaN out
 */
public record ZoneBounds(
        @Nullable OrderedValue min,
        @Nullable OrderedValue max,
        boolean mayHaveNull,
        boolean mayHaveValue,
        boolean mayHaveNan) {

    /** Nothing is known. */
    public static final ZoneBounds UNKNOWN = new ZoneBounds(null, null, true, true, true);

    /** Every row is null. */
    public static final ZoneBounds ALL_NULL = new ZoneBounds(null, null, true, false, false);

    /** Returns whether some value may compare so. */
    boolean mayHold(ComparisonOperator operator, OrderedValue value) {
        if (!mayHaveValue) {
            return false;
        }
        if (mayHaveNan && operator == ComparisonOperator.NOT_EQUAL) {
            return true;
        }
        return switch (operator) {
            case EQUAL -> minOrder(value) <= 0 && maxOrder(value) >= 0;
            case NOT_EQUAL -> min == null || max == null || minOrder(value) != 0 || maxOrder(value) != 0;
            case LESS -> minOrder(value) < 0;
            case LESS_OR_EQUAL -> minOrder(value) <= 0;
            case GREATER -> maxOrder(value) > 0;
            case GREATER_OR_EQUAL -> maxOrder(value) >= 0;
        };
    }

    /** Returns whether some value may not compare so. */
    boolean mayFail(ComparisonOperator operator, OrderedValue value) {
        boolean nanFails = mayHaveNan && operator != ComparisonOperator.NOT_EQUAL;
        return mayHaveValue && (nanFails || mayHold(operator.negated(), value));
    }

    /** Orders the lower bound against a value: negative where it is unknown or of another kind. */
    private int minOrder(OrderedValue value) {
        OptionalInt order = min == null ? OptionalInt.empty() : min.order(value);
        return order.orElse(-1);
    }

    /** Orders the upper bound against a value: positive where it is unknown or of another kind. */
    private int maxOrder(OrderedValue value) {
        OptionalInt order = max == null ? OptionalInt.empty() : max.order(value);
        return order.orElse(1);
    }
}
