package io.deltacat.server.service;

import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Pages through lists at the snapshot of their first page. Thread-safe. */
final class Pages {
    private final ServiceContext context;
    private final TransactionScope transactions;

    Pages(ServiceContext context, TransactionScope transactions) {
        this.context = context;
        this.transactions = transactions;
    }

    /**
     * One page.
     *
     * @param list name of the list, for its tokens
     * @param request where the page begins and how long it may be
     * @param fetch reads up to that many rows after the token's item; gets one more than the page's limit
     * @param key what a token remembers of a row
     * @param show turns a row into an item; runs in the same snapshot
     */
    <R, T> Page<T> page(
            String list,
            PageRequest request,
            Fetch<R> fetch,
            Function<R, String> key,
            BiFunction<ReadView, R, T> show) {
        return page(list, request, fetch, key, row -> 0L, 0, show);
    }

    /**
     * One page of rows that differ in weight. It ends early rather than be too heavy, but has one row at least.
     *
     * @param list name of the list, for its tokens
     * @param request where the page begins and how long it may be
     * @param fetch reads up to that many rows after the token's item; gets one more than the page's limit
     * @param key what a token remembers of a row
     * @param weight weight of a row
     * @param heaviest most that a page of several rows weighs
     * @param show turns a row into an item; runs in the same snapshot
     */
    <R, T> Page<T> page(
            String list,
            PageRequest request,
            Fetch<R> fetch,
            Function<R, String> key,
            ToLongFunction<R> weight,
            long heaviest,
            BiFunction<ReadView, R, T> show) {
        PageToken token = PageToken.decode(request.nextToken(), list);
        Snapshot snapshot = transactions.snapshot(request.transaction(), null);
        if (token != null) {
            transactions.requireKnown(token.before(), 1, "next_token");
            snapshot = new Snapshot(token.before(), snapshot.transactionId());
        }
        return context.store().read(snapshot, view -> {
            List<R> rows = fetch.rows(view, token, request.limit() + 1);
            int count = count(rows, request.limit(), weight, heaviest);
            boolean more = rows.size() > count;
            List<R> shown = rows.subList(0, count);
            String next = more
                    ? new PageToken(list, view.pinned().before(), key.apply(shown.get(shown.size() - 1))).encode()
                    : null;
            return new Page<>(shown.stream().map(row -> show.apply(view, row)).toList(), next);
        });
    }

    private static <R> int count(List<R> rows, int limit, ToLongFunction<R> weight, long heaviest) {
        int count = 0;
        long sum = 0;
        for (R row : rows) {
            sum += weight.applyAsLong(row);
            if (count == limit || (count > 0 && sum > heaviest)) {
                return count;
            }
            count++;
        }
        return count;
    }

    /** Reads rows. */
    @FunctionalInterface
    interface Fetch<R> {
        List<R> rows(ReadView view, @Nullable PageToken after, int limit);
    }
}
