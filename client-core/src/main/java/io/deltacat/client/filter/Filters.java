package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Makes filters from Java values: {@code Boolean}, whole numbers, {@code Float}, {@code Double}, {@code BigDecimal}, {@code
 * CharSequence}, and for temporal columns {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime} and {@code Instant},
 * which become ISO texts. A comparison with a null value is neither true nor false; use {@link #isNull}. Stateless.
 *
 * <pre>{@code
 * catalog.read(table).where(Filters.and(Filters.eq("country", "DE"), Filters.gte("amount", 10)))
 * }</pre>
 */
public final class Filters {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Filters() {}

    /** Rows whose column equals the value. */
    public static Filter eq(String column, Object value) {
        return new Filter.Comparison(Filter.Operator.EQ, column, literal(column, value));
    }

    /** Rows whose column differs from the value and is not null. */
    public static Filter neq(String column, Object value) {
        return new Filter.Comparison(Filter.Operator.NEQ, column, literal(column, value));
    }

    /** Rows whose column is greater than the value. */
    public static Filter gt(String column, Object value) {
        return new Filter.Comparison(Filter.Operator.GT, column, literal(column, value));
    }

    /** Rows whose column is greater than or equal to the value. */
    public static Filter gte(String column, Object value) {
        return new Filter.Comparison(Filter.Operator.GTE, column, literal(column, value));
    }

    /** Rows whose column is less than the value. */
    public static Filter lt(String column, Object value) {
        return new Filter.Comparison(Filter.Operator.LT, column, literal(column, value));
    }

    /** Rows whose column is less than or equal to the value. */
    public static Filter lte(String column, Object value) {
        return new Filter.Comparison(Filter.Operator.LTE, column, literal(column, value));
    }

    /** Rows whose column lies between two values, both inclusive. */
    public static Filter between(String column, Object lower, Object upper) {
        return new Filter.Between(column, literal(column, lower), literal(column, upper));
    }

    /** Rows whose column equals one of the values. */
    public static Filter in(String column, Collection<?> values) {
        return new Filter.In(
                column, values.stream().map(value -> literal(column, value)).toList());
    }

    /** Rows whose column is null. */
    public static Filter isNull(String column) {
        return new Filter.IsNull(column);
    }

    /** Rows that do not satisfy a filter; those for which it is neither true nor false do not count. */
    public static Filter not(Filter operand) {
        return new Filter.Not(operand);
    }

    /** Rows that satisfy all filters. */
    public static Filter and(Filter... operands) {
        return operands.length == 1 ? operands[0] : new Filter.And(atLeastOne(operands));
    }

    /** Rows that satisfy at least one of the filters. */
    public static Filter or(Filter... operands) {
        return operands.length == 1 ? operands[0] : new Filter.Or(atLeastOne(operands));
    }

    private static List<Filter> atLeastOne(Filter... operands) {
        if (operands.length == 0) {
            throw new IllegalArgumentException("a combination of no filters was asked for; expected at least one.");
        }
        return Arrays.asList(operands);
    }

    private static JsonNode literal(String column, Object value) {
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long) {
            return JSON.numberNode(((Number) value).longValue());
        }
        if (value instanceof BigInteger integer) {
            return JSON.numberNode(integer);
        }
        if (value instanceof BigDecimal decimal) {
            return JSON.numberNode(decimal);
        }
        if ((value instanceof Double || value instanceof Float) && Double.isFinite(((Number) value).doubleValue())) {
            return JSON.numberNode(((Number) value).doubleValue());
        }
        boolean temporal = value instanceof LocalDate
                || value instanceof LocalTime
                || value instanceof LocalDateTime
                || value instanceof Instant;
        if (temporal || value instanceof CharSequence) {
            return JSON.textNode(value.toString());
        }
        throw new IllegalArgumentException("filter on column '" + column + "' compares with '" + value + "' of class "
                + value.getClass().getSimpleName()
                + "; expected a Boolean, a finite number, a text, a date or a time.");
    }
}
