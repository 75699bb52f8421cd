package io.deltacat.format.predicate;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the rows for which a predicate may be true, from what is known of zones of rows. Zones of different columns need
 * not end at the same rows. Sound: a row is left out only where the zones prove that the predicate is not true for it.
 */
public final class ZonePruning {
    private final long rowCount;
    private final Function<String, List<Zone>> zones;

    /**
     * @param rowCount number of rows
     * @param zones the zones of a column, covering all rows in order; called with the names the predicate tests
     */
    public ZonePruning(long rowCount, Function<String, List<Zone>> zones) {
        this.rowCount = rowCount;
        this.zones = zones;
    }

    /**
     * Returns the rows for which a predicate may be true.
     *
     * @param predicate the predicate
     */
    public RowSet select(RowPredicate predicate) {
        return outcome(predicate).mayBeTrue();
    }

    /** The rows for which a predicate may be true, and those for which it may be false. */
    private record Outcome(RowSet mayBeTrue, RowSet mayBeFalse) {
        Outcome and(Outcome other) {
            return new Outcome(mayBeTrue.and(other.mayBeTrue), mayBeFalse.or(other.mayBeFalse));
        }

        Outcome not() {
            return new Outcome(mayBeFalse, mayBeTrue);
        }
    }

    private Outcome outcome(RowPredicate predicate) {
        RowSet all = RowSet.range(0, rowCount);
        if (predicate instanceof RowPredicate.And and) {
            return all(and.operands());
        }
        if (predicate instanceof RowPredicate.Or or) {
            return all(or.operands().stream()
                            .<RowPredicate>map(RowPredicate.Not::new)
                            .toList())
                    .not();
        }
        if (predicate instanceof RowPredicate.Not not) {
            return outcome(not.operand()).not();
        }
        if (predicate instanceof RowPredicate.Comparison test) {
            return leaf(
                    test.column(),
                    bounds -> bounds.mayHold(test.operator(), test.value()),
                    bounds -> bounds.mayFail(test.operator(), test.value()));
        }
        if (predicate instanceof RowPredicate.IsIn in) {
            return leaf(
                    in.column(),
                    bounds -> in.values().stream().anyMatch(v -> bounds.mayHold(ComparisonOperator.EQUAL, v)),
                    bounds -> in.values().stream().allMatch(v -> bounds.mayFail(ComparisonOperator.EQUAL, v)));
        }
        if (predicate instanceof RowPredicate.IsNull test) {
            return leaf(test.column(), ZoneBounds::mayHaveNull, ZoneBounds::mayHaveValue);
        }
        return new Outcome(all, all);
    }

    private Outcome all(List<RowPredicate> operands) {
        Outcome outcome = new Outcome(RowSet.range(0, rowCount), RowSet.NONE);
        for (RowPredicate operand : operands) {
            outcome = outcome.and(outcome(operand));
        }
        return outcome;
    }

    private Outcome leaf(String column, Predicate<ZoneBounds> mayBeTrue, Predicate<ZoneBounds> mayBeFalse) {
        RowSet.Builder trueRows = new RowSet.Builder();
        RowSet.Builder falseRows = new RowSet.Builder();
        for (Zone zone : zones.apply(column)) {
            if (mayBeTrue.test(zone.bounds())) {
                trueRows.add(zone.firstRow(), zone.endRow());
            }
            if (mayBeFalse.test(zone.bounds())) {
                falseRows.add(zone.firstRow(), zone.endRow());
            }
        }
        return new Outcome(trueRows.build(), falseRows.build());
    }
}
