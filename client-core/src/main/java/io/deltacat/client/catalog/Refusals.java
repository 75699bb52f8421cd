package io.deltacat.client.catalog;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds refusals inside success replies of mutations (protocol/control-plane.md §0). */
final class Refusals {
    private Refusals() {}

    /** A flag that is false is a refusal; an absent one is not, since servers leave flags of other mutations out. */
    static Optional<String> ofFlag(@Nullable Boolean flag, String problem) {
        return Boolean.FALSE.equals(flag) ? Optional.of(problem) : Optional.empty();
    }
}
