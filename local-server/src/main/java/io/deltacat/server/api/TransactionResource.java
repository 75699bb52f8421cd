package io.deltacat.server.api;

import io.deltacat.client.model.TransactionAbortRequest;
import io.deltacat.client.model.TransactionCreateRequest;
import io.deltacat.client.model.TransactionVersionRequest;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.TransactionService;
import java.util.List;

/** Transactions. */
public final class TransactionResource implements Resource {
    private static final String ONE = "/v1/transactions/{transaction}";

    private final TransactionService transactions;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param transactions use cases
     * @param catalogs knows the catalogs
     */
    public TransactionResource(TransactionService transactions, CatalogService catalogs) {
        this.transactions = transactions;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/transactions", this::begin),
                Route.get(ONE, in(request -> reply(transactions.get(id(request))))),
                Route.post(
                        ONE + "/heartbeat",
                        in(request -> reply(transactions.heartbeat(id(request), version(request))))),
                Route.post(ONE + "/commit", in(request -> reply(transactions.commit(id(request), version(request))))),
                Route.post(ONE + "/abort", in(this::abort)));
    }

    private Reply begin(Request request) {
        TransactionCreateRequest body = Bodies.open(Bodies.object(request), TransactionCreateRequest.class);
        String catalog = body.catalog();
        if (catalog != null) {
            catalogs.require(catalog);
        }
        return reply(transactions.begin(body));
    }

    private Reply abort(Request request) {
        TransactionAbortRequest body =
                Bodies.open(Bodies.object(request), TransactionAbortRequest.class, "transaction_version");
        return reply(transactions.abort(id(request), body));
    }

    private static TransactionVersionRequest version(Request request) {
        return Bodies.open(Bodies.object(request), TransactionVersionRequest.class, "transaction_version");
    }

    private Handler in(Handler handler) {
        return Queries.inCatalog(catalogs, handler);
    }

    private static Reply reply(Object record) {
        return Reply.json(200, ReplyCodec.encode(record));
    }

    private static String id(Request request) {
        return request.pathValue("transaction");
    }
}
