package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Decides from the bounds of a column what a comparison with a literal may be. */
final class Bounds {
    private Bounds() {}

    static Outcomes outcomes(ColumnDomain domain, Filter.Operator operator, JsonNode literal) {
        Optional<Comparable<?>> wanted = domain.type().comparable(literal);
        if (wanted.isEmpty()) {
            // The reader, not the statistics, must say what such a comparison is.
            return Outcomes.ANY;
        }
        if (!domain.mayHaveValue()) {
            return new Outcomes(false, false, true);
        }
        boolean canBeTrue = mayHold(domain, operator, wanted.get());
        boolean canBeFalse = mayHold(domain, negated(operator), wanted.get());
        if (domain.type() == ColumnType.FLOATING) {
            // Bounds leave NaN out: a NaN row fails every comparison but "not equal".
            canBeTrue |= operator == Filter.Operator.NEQ;
            canBeFalse |= operator != Filter.Operator.NEQ;
        }
        return new Outcomes(canBeTrue, canBeFalse, domain.mayHaveNull());
    }

    private static boolean mayHold(ColumnDomain domain, Filter.Operator operator, Comparable<?> wanted) {
        Comparable<?> min = domain.min();
        Comparable<?> max = domain.max();
        return switch (operator) {
            case EQ -> (min == null || compare(min, wanted) <= 0) && (max == null || compare(max, wanted) >= 0);
            case NEQ -> min == null || max == null || compare(min, wanted) != 0 || compare(max, wanted) != 0;
            case GT -> max == null || compare(max, wanted) > 0;
            case GTE -> max == null || compare(max, wanted) >= 0;
            case LT -> min == null || compare(min, wanted) < 0;
            case LTE -> min == null || compare(min, wanted) <= 0;
        };
    }

    private static Filter.Operator negated(Filter.Operator operator) {
        return switch (operator) {
            case EQ -> Filter.Operator.NEQ;
            case NEQ -> Filter.Operator.EQ;
            case GT -> Filter.Operator.LTE;
            case GTE -> Filter.Operator.LT;
            case LT -> Filter.Operator.GTE;
            case LTE -> Filter.Operator.GT;
        };
    }

    /** Compares two values of one column type; a mix of types is a bug of the caller. */
    @SuppressWarnings("unchecked")
    static int compare(Comparable<?> left, Comparable<?> right) {
        if (left.getClass() != right.getClass()) {
            throw new IllegalStateException("compared a " + left.getClass().getSimpleName() + " with a "
                    + right.getClass().getSimpleName() + "; values of one column must have one comparable form");
        }
        return ((Comparable<Object>) left).compareTo(right);
    }
}
