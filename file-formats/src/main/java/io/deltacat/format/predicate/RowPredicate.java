package io.deltacat.format.predicate;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows a reader is asked for, over top-level columns and plain values, with SQL's three-valued logic: a comparison
 * with null is unknown, and only rows for which the predicate is true are wanted. Floating point compares as IEEE 754 says:
 * NaN fails every comparison but {@link ComparisonOperator#NOT_EQUAL}. Immutable.
 *
 * <p>A predicate lets a reader leave rows out, it does not oblige it to: every row for which the predicate is true is
 * returned, and rows for which it is not may be. Whoever wants exact rows tests them again.
 */
public sealed interface RowPredicate {

    /** All operands are true; without operands, always true. */
    record And(List<RowPredicate> operands) implements RowPredicate {
        /** Copies the operands. */
        public And {
            operands = List.copyOf(operands);
        }
    }

    /** Some operand is true; without operands, never true. */
    record Or(List<RowPredicate> operands) implements RowPredicate {
        /** Copies the operands. */
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** The operand is false; what is unknown stays unknown. */
    record Not(RowPredicate operand) implements RowPredicate {
        /** Checks the operand. */
        public Not {
            requireNonNull(operand, "operand");
        }
    }

    /**
     * A column compares with a value so.
     *
     * @param column name of a top-level column
     * @param operator how
     * @param value the value
     */
    record Comparison(String column, ComparisonOperator operator, OrderedValue value) implements RowPredicate {
        /** Checks the parts. */
        public Comparison {
            requireNonNull(column, "column");
            requireNonNull(operator, "operator");
            requireNonNull(value, "value");
        }
    }

    /**
     * A column equals one of some values; without values, never true.
     *
     * @param column name of a top-level column
     * @param values the values
     */
    record IsIn(String column, List<OrderedValue> values) implements RowPredicate {
        /** Copies the values. */
        public IsIn {
            requireNonNull(column, "column");
            values = List.copyOf(values);
        }
    }

    /**
     * A column is null; never unknown.
     *
     * @param column name of a top-level column
     */
    record IsNull(String column) implements RowPredicate {
        /** Checks the name. */
        public IsNull {
            requireNonNull(column, "column");
        }
    }

    /** Stands for a part of a predicate that has no form here: may be true, false or unknown for any row. */
    record Undecided() implements RowPredicate {}

    /** Returns that all operands are true. */
    static RowPredicate and(RowPredicate... operands) {
        return new And(List.of(operands));
    }

    /** Returns that some operand is true. */
    static RowPredicate or(RowPredicate... operands) {
        return new Or(List.of(operands));
    }

    /** Returns that an operand is false. */
    static RowPredicate not(RowPredicate operand) {
        return new Not(operand);
    }

    /**
     * Returns a comparison of a column with a value.
     *
     * @param column name of a top-level column
     * @param operator how
     * @param value a plain value, see {@link OrderedValue#of}
     * @return the comparison; {@link Undecided} for NaN and infinities
     * @throws IllegalArgumentException if the value is of a class that does not compare
     */
    static RowPredicate compare(String column, ComparisonOperator operator, Object value) {
        Optional<OrderedValue> ordered = OrderedValue.of(value);
        return ordered.isPresent() ? new Comparison(column, operator, ordered.get()) : new Undecided();
    }

    /**
     * Returns that a column lies in a range.
     *
     * @param column name of a top-level column
     * @param min smallest value, see {@link OrderedValue#of}
     * @param max largest value
     */
    static RowPredicate between(String column, Object min, Object max) {
        return and(
                compare(column, ComparisonOperator.GREATER_OR_EQUAL, min),
                compare(column, ComparisonOperator.LESS_OR_EQUAL, max));
    }

    /**
     * Returns that a column equals one of some values.
     *
     * @param column name of a top-level column
     * @param values plain values, see {@link OrderedValue#of}
     * @return the test; {@link Undecided} if NaN or an infinity is among the values
     */
    static RowPredicate in(String column, Collection<?> values) {
        List<OrderedValue> ordered = new ArrayList<>(values.size());
        for (Object value : values) {
            Optional<OrderedValue> next = OrderedValue.of(value);
            if (next.isEmpty()) {
                return new Undecided();
            }
            ordered.add(next.get());
        }
        return new IsIn(column, ordered);
    }

    /** Returns that a column is null. */
    static RowPredicate isNull(String column) {
        return new IsNull(column);
    }

    /** Returns that a column is not null. */
    static RowPredicate isNotNull(String column) {
        return new Not(new IsNull(column));
    }

    /** Returns the names of the columns the predicate tests, in order of appearance. */
    default Set<String> columns() {
        Set<String> names = new LinkedHashSet<>();
        PredicateColumns.collect(this, names);
        return names;
    }
}
