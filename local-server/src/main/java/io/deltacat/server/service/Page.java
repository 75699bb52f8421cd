package io.deltacat.server.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items
 * @param nextToken token of the next page; null if this is the last
 * @param <T> item type
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
    /** Copies the items. */
    public Page {
        items = List.copyOf(items);
    }
}
