package io.deltacat.client.filter;

/** A predicate that is not in the filter grammar; the message names the node, what is wrong with it and the cure. */
public final class FilterSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    FilterSyntaxException(String path, String problem) {
        super("filter_predicate at " + path + ": " + problem
                + "; see the grammar: and, or, not, is_null, eq, neq, gt, gte, lt, lte, in, between");
    }
}
