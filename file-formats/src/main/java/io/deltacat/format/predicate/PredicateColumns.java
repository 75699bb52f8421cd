package io.deltacat.format.predicate;

import java.util.Set;

/** Finds the columns of a predicate. */
final class PredicateColumns {
    private PredicateColumns() {}

    static void collect(RowPredicate predicate, Set<String> names) {
        if (predicate instanceof RowPredicate.And and) {
            and.operands().forEach(operand -> collect(operand, names));
        } else if (predicate instanceof RowPredicate.Or or) {
            or.operands().forEach(operand -> collect(operand, names));
        } else if (predicate instanceof RowPredicate.Not not) {
            collect(not.operand(), names);
        } else if (predicate instanceof RowPredicate.Comparison comparison) {
            names.add(comparison.column());
        } else if (predicate instanceof RowPredicate.IsIn in) {
            names.add(in.column());
        } else if (predicate instanceof RowPredicate.IsNull isNull) {
            names.add(isNull.column());
        }
    }
}
