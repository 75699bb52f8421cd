package io.deltacat.client.transaction;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.NotFound;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.http.Repeatability;
import io.deltacat.client.http.WireCall;
import io.deltacat.client.http.WireClient;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionAbortRequest;
import io.deltacat.client.model.TransactionCreateRequest;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.TransactionVersionRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls on transactions (protocol/data-plane.md §3). All changes carry the version last seen as a fence and none carries a
 * key, so each is sent once; {@link UnknownOutcome} means: {@link #get} it and ask {@link TransactionRecovery}. The calls
 * of one transaction have to be made one after the other. Thread-safe.
 */
public final class TransactionClient {
    private final WireClient wire;

    /**
     * Creates the calls over a wire client; programs use {@code DeltaCatClient.transactions()}.
     *
     * @param wire sends the calls
     */
    public TransactionClient(WireClient wire) {
        this.wire = requireNonNull(wire, "wire");
    }

    /**
     * Begins a transaction. Without a catalog in the request the client's own is used.
     *
     * @param request catalog, snapshot time, commit message
     * @return the transaction, running
     * @throws UnknownOutcome if the reply was lost; an orphan may exist until it expires, beginning another is safe
     */
    public RemoteTransaction begin(TransactionCreateRequest request) {
        TransactionCreateRequest body = request.catalog() == null
                ? TransactionCreateRequestBuilder.builder(request)
                        .catalog(wire.options().catalog())
                        .build()
                : request;
        return wire.send(
                WireCall.of("POST", Repeatability.ONCE, "v1", "transactions").body(body), RemoteTransaction.class);
    }

    /**
     * Gets a transaction.
     *
     * @param transactionId its id
     * @return its state
     * @throws NotFound if the server does not know it, or not any more
     */
    public RemoteTransaction get(String transactionId) {
        return wire.send(
                WireCall.get("v1", "transactions", transactionId)
                        .query("catalog", wire.options().catalog()),
                RemoteTransaction.class);
    }

    /**
     * Keeps a transaction from expiring.
     *
     * @param transactionId its id
     * @param transactionVersion version last seen
     * @return its new version and expiry, maybe with refreshed credentials
     * @throws Conflict if the version is stale or the transaction has ended
     */
    public RemoteTransaction heartbeat(String transactionId, long transactionVersion) {
        return change(transactionId, "heartbeat", new TransactionVersionRequest(transactionVersion), null);
    }

    /**
     * Commits a transaction: everything bound to it becomes visible at once. Sent once; may take up to a third of the client's
     * commit time-out.
     *
     * @param transactionId its id
     * @param transactionVersion version last seen
     * @return its final state
     * @throws Conflict if the version is stale, the transaction has ended, or another writer won; see
     *     {@link DeltaCatException#conflictClass()}
     * @throws UnknownOutcome if the reply was lost: {@link #get} tells, or use {@link #commitAndSettle}
     */
    public RemoteTransaction commit(String transactionId, long transactionVersion) {
        return change(
                transactionId,
                "commit",
                new TransactionVersionRequest(transactionVersion),
                wire.options().commitAttemptTimeout());
    }

    /**
     * Commits a transaction and settles a lost reply by looking, up to the client's commit time-out; waits out an
     * unavailable or overloaded server.
     *
     * @param transactionId its id
     * @param transactionVersion version last seen
     * @return the committed transaction
     * @throws Conflict if it was not committed and never will be; code {@code transaction_not_committed} if looking showed
     *     it. The same files may be written with a new transaction
     * @throws NotFound if the server does not know it and no commit was sent
     * @throws UnknownOutcome if the time-out ended first, or the transaction vanished after a commit was sent
     */
    public RemoteTransaction commitAndSettle(String transactionId, long transactionVersion) {
        return committer().commit(transactionId, transactionVersion);
    }

    /**
     * Settles a commit that an earlier process may have sent: looks first, and commits if the transaction is still open.
     * Bounded as {@link #commitAndSettle}.
     *
     * @param transactionId its id
     * @return the committed transaction
     * @throws Conflict if it was not committed and never will be
     * @throws UnknownOutcome if the time-out ended first, or the server does not know the transaction: it may have been
     *     committed and forgotten, so look for its files in the table
     */
    public RemoteTransaction resumeCommit(String transactionId) {
        return committer().resume(transactionId);
    }

    /**
     * Aborts a transaction: nothing bound to it becomes visible.
     *
     * @param transactionId its id
     * @param transactionVersion version last seen
     * @param reason why, for the server's log, or null
     * @return its final state
     * @throws Conflict if the version is stale or the transaction has ended
     */
    public RemoteTransaction abort(String transactionId, long transactionVersion, @Nullable String reason) {
        return change(transactionId, "abort", new TransactionAbortRequest(transactionVersion, reason), null);
    }

    private TransactionCommitter committer() {
        return new TransactionCommitter(this, wire.pacing(), wire.options().commitTimeout());
    }

    private RemoteTransaction change(String transactionId, String action, Object body, @Nullable Duration timeout) {
        WireCall call = WireCall.of("POST", Repeatability.ONCE, "v1", "transactions", transactionId, action)
                .query("catalog", wire.options().catalog())
                .body(body);
        if (timeout != null) {
            call.timeout(timeout);
        }
        return wire.send(call, RemoteTransaction.class);
    }
}
