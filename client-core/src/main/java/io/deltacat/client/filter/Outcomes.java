package io.deltacat.client.filter;

/**
 * Which truth values a predicate may take over a set of rows that is known only by its statistics. Pruning is sound
 * because a value is left out only when statistics prove that no row has it.
 *
 * @param canBeTrue whether some row may satisfy the predicate
 * @param canBeFalse whether some row may fail it
 * @param canBeUnknown whether some row may compare with null
 */
public record Outcomes(boolean canBeTrue, boolean canBeFalse, boolean canBeUnknown) {
    static final Outcomes ANY = new Outcomes(true, true, true);

    Outcomes not() {
        return new Outcomes(canBeFalse, canBeTrue, canBeUnknown);
    }

    Outcomes and(Outcomes other) {
        return new Outcomes(
                canBeTrue && other.canBeTrue,
                canBeFalse || other.canBeFalse,
                (canBeUnknown && (other.canBeUnknown || other.canBeTrue)) || (other.canBeUnknown && canBeTrue));
    }

    Outcomes or(Outcomes other) {
        return not().and(other.not()).not();
    }
}
