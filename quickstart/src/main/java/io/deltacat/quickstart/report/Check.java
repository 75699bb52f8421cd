package io.deltacat.quickstart.report;

import java.util.Optional;

/**
 * One thing that must hold at the end of the quick start. Immutable.
 *
 * @param claim what must hold, in words
 * @param difference empty if it holds; else what is different
 */
public record Check(String claim, Optional<String> difference) {
    /**
     * Makes a check.
     *
     * @param claim what must hold
     * @param holds whether it does
     * @param difference what is different if it does not
     * @return the check
     */
    public static Check of(String claim, boolean holds, String difference) {
        return new Check(claim, holds ? Optional.empty() : Optional.of(difference));
    }

    /**
     * Whether the claim holds.
     *
     * @return true if there is no difference
     */
    public boolean holds() {
        return difference.isEmpty();
    }
}
