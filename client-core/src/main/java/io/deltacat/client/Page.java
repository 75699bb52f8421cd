package io.deltacat.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing. Immutable.
 *
 * @param items elements of this page; may be empty although more follow
 * @param nextToken token to ask for the next page with, or null at the end
 * @param <T> type of one element
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
    /** Copies the elements. */
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Gives the token of the next page.
     *
     * @return the token, empty at the end
     */
    public Optional<String> next() {
        return Optional.ofNullable(nextToken);
    }
}
