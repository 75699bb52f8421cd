package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
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
        PageToken token = PageToken.decode(request.nextToken(), list);
        Snapshot snapshot = transactions.snapshot(request.transaction(), null);
        if (token != null) {
            if (token.before() > context.nowNanos() + 1) {
                throw Refusal.of(RefusalKind.INVALID_REQUEST, "query parameter 'next_token' names a time to come")
                        .asException();
            }
            snapshot = new Snapshot(token.before(), snapshot.transactionId());
        }
        return context.store().read(snapshot, view -> {
            List<R> rows = fetch.rows(view, token, request.limit() + 1);
            boolean more = rows.size() > request.limit();
            List<R> shown = more ? rows.subList(0, request.limit()) : rows;
            String next = more
                    ? new PageToken(list, view.pinned().before(), key.apply(shown.get(shown.size() - 1))).encode()
                    : null;
            return new Page<>(shown.stream().map(row -> show.apply(view, row)).toList(), next);
        });
    }

    /** Reads rows. */
    @FunctionalInterface
    interface Fetch<R> {
        List<R> rows(ReadView view, @Nullable PageToken after, int limit);
    }
}
