package io.deltacat.client.transaction;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.NotFound;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.http.Repeatability;
import io.deltacat.client.http.WireCall;
import io.deltacat.client.http.WireClient;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionAbortRequest;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.client.model.WriteSessionHeartbeatRequest;
import org.jspecify.annotations.Nullable;

/**
 * Calls on write sessions (protocol/data-plane.md §1.2–1.13). A create with a {@code write_key} or {@code operation_id} is
 * retried; a commit carries its operation id and is settled by {@link SessionCommitter}; the rest is sent once. Thread-safe.
 */
public final class WriteSessionClient {
    private final WireClient wire;

    /**
     * Creates the calls over a wire client; programs use {@code DeltaCatClient.writeSessions()}.
     *
     * @param wire sends the calls
     */
    public WriteSessionClient(WireClient wire) {
        this.wire = requireNonNull(wire, "wire");
    }

    /**
     * Opens a write session, or gets the open one of the same {@code write_key} back. Without a catalog in the request the
     * client's own is used. The table version is the reference's.
     *
     * @param table table to write to, at its current version if the reference has none
     * @param request mode, format, keys
     * @return the session with its data directory, schema and credentials
     * @throws NotFound if the table is missing and the request does not create it
     * @throws UnknownOutcome if the reply was lost; an orphan may stay until it expires. Nothing is visible of it, so
     *     opening again is safe
     */
    public WriteSession create(TableRef table, WriteSessionCreateRequest request) {
        boolean keyed = request.writeKey() != null || request.operationId() != null;
        WriteSessionCreateRequestBuilder body = WriteSessionCreateRequestBuilder.builder(request);
        if (request.catalog() == null) {
            body.catalog(wire.options().catalog());
        }
        if (request.tableVersion() == null) {
            body.tableVersion(table.tableVersion());
        }
        return wire.send(
                WireCall.of(
                                "POST",
                                keyed ? Repeatability.KEYED : Repeatability.ONCE,
                                "v1",
                                "namespaces",
                                table.namespace(),
                                "tables",
                                table.table(),
                                "write-sessions")
                        .body(body.build()),
                WriteSession.class);
    }

    /**
     * Gets a session.
     *
     * @param sessionId its id
     * @return its state
     * @throws NotFound if the server does not know it, or not any more
     */
    public WriteSession get(String sessionId) {
        return wire.send(
                WireCall.get("v1", "write-sessions", sessionId)
                        .query("catalog", wire.options().catalog()),
                WriteSession.class);
    }

    /**
     * Keeps a session from expiring and refreshes its credentials.
     *
     * @param sessionId its id
     * @param sessionVersion version last seen
     * @return its new version, expiry and credentials
     * @throws Conflict if the version is stale or the session has ended
     */
    public WriteSession heartbeat(String sessionId, long sessionVersion) {
        return wire.send(
                call(Repeatability.ONCE, sessionId, "heartbeat").body(new WriteSessionHeartbeatRequest(sessionVersion)),
                WriteSession.class);
    }

    /**
     * Commits a session and settles the outcome: a session of its own becomes visible, a session bound to a transaction is
     * attached and becomes visible with it. A lost reply, an overloaded server or a restart are looked into by getting the
     * session and sending the same operation again, up to the client's commit time-out (§1.12).
     *
     * @param sessionId its id
     * @param request entries, operation id, version
     * @return the committed or attached session
     * @throws Conflict if the server refused for good; nothing was applied
     * @throws UnknownOutcome if the time-out ended before the outcome was known; never abort then, call again later with
     *     the same request
     */
    public WriteSession commit(String sessionId, WriteSessionCommitRequest request) {
        return new SessionCommitter(this, wire.pacing(), wire.options().commitTimeout()).commit(sessionId, request);
    }

    /**
     * Sends a commit once, without looking after a lost reply. {@link #commit} is what most callers want.
     *
     * @param sessionId its id
     * @param request entries, operation id, version
     * @return the committed or attached session
     * @throws DeltaCatException if anything else happened
     */
    public WriteSession commitOnce(String sessionId, WriteSessionCommitRequest request) {
        return wire.send(
                call(Repeatability.KEYED, sessionId, "commit")
                        .body(request)
                        .withoutRetry()
                        .timeout(wire.options().commitAttemptTimeout()),
                WriteSession.class);
    }

    /**
     * Aborts a session: its files never become visible.
     *
     * @param sessionId its id
     * @param sessionVersion version last seen
     * @param reason why, for the server's log, or null
     * @return its final state
     * @throws Conflict if the version is stale or the session has ended
     */
    public WriteSession abort(String sessionId, long sessionVersion, @Nullable String reason) {
        return wire.send(
                call(Repeatability.ONCE, sessionId, "abort").body(new WriteSessionAbortRequest(sessionVersion, reason)),
                WriteSession.class);
    }

    private WireCall call(Repeatability repeatability, String sessionId, String action) {
        return WireCall.of("POST", repeatability, "v1", "write-sessions", sessionId, action)
                .query("catalog", wire.options().catalog());
    }
}
