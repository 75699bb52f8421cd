package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.CallInterrupted;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.NotFound;
import io.deltacat.client.PermissionDenied;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.Unauthenticated;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.flink.sink.commit.ServerAnswer.FilesSearched;
import io.deltacat.flink.sink.commit.ServerAnswer.Missing;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.SessionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.Unanswered;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;

/**
 * The server behind {@link TransactionPort}, over REST. Each method is one request, but for {@link #search} and for what a
 * missing object makes it look up. The client it is given should not retry by itself: the callers do, and know the time
 * they have. Confined to one thread.
 */
@Internal
public final class RestTransactionPort implements TransactionPort {
    /** The one conflict class that a new transaction may overcome (protocol/data-plane.md §1.12). */
    private static final String RETRYABLE_CONFLICT = "retryable_stale_read";

    private final DeltaCatClient client;

    /**
     * Creates a port.
     *
     * @param client client of the server, owned and closed by this port from now on
     */
    public RestTransactionPort(DeltaCatClient client) {
        this.client = requireNonNull(client, "client");
    }

    @Override
    public ServerAnswer begin(String commitMessage) {
        return ask(() -> seen(client.transactions()
                .begin(TransactionCreateRequestBuilder.builder()
                        .commitMessage(commitMessage)
                        .build())));
    }

    @Override
    public ServerAnswer find(String transactionId) {
        return ask(() -> seen(client.transactions().get(transactionId)));
    }

    @Override
    public ServerAnswer commit(TransactionRef transaction) {
        return ask(() ->
                seen(client.transactions().commit(transaction.transactionId(), transaction.transactionVersion())));
    }

    @Override
    public ServerAnswer claim(Claim claim) {
        ServerAnswer answer = ask(() -> seen(
                client.writeSessions()
                        .create(
                                claim.target().table(),
                                WriteSessionCreateRequestBuilder.builder()
                                        .format(claim.target().format())
                                        .mode(claim.target().mode().wireName())
                                        .allowExternalEntries(true)
                                        .transactionId(claim.transaction().transactionId())
                                        .transactionVersion(claim.transaction().transactionVersion())
                                        .writeKey(claim.writeKey())
                                        .ownerKey(claim.ownerKey())
                                        .operationId(claim.operationId())
                                        .build()),
                claim.transaction()));
        if (answer instanceof Missing missing) {
            // Both the transaction and the table are named by this call: a live transaction means that the table is
            // gone.
            ServerAnswer transaction = find(claim.transaction().transactionId());
            boolean live = transaction instanceof TransactionSeen seen && seen.state() == TransactionState.OPEN;
            return live ? new Refused(Refusal.REJECTED, missing.cause()) : missing;
        }
        return answer;
    }

    @Override
    public ServerAnswer attach(Attachment attachment) {
        return ask(() -> seen(
                client.writeSessions()
                        .commitOnce(
                                attachment.sessionId(),
                                WriteSessionCommitRequestBuilder.builder()
                                        .entries(attachment.entries())
                                        .operationId(attachment.operationId())
                                        .sessionVersion(attachment.sessionVersion())
                                        .commitObligations(List.of())
                                        .transactionVersion(
                                                attachment.transaction().transactionVersion())
                                        .build()),
                attachment.transaction()));
    }

    @Override
    public ServerAnswer search(List<FileSearch> tables) {
        return ask(() -> {
            for (FileSearch table : tables) {
                if (new TableFiles(client, table.target().table()).containAny(table.names())) {
                    return new FilesSearched(true);
                }
            }
            return new FilesSearched(false);
        });
    }

    @Override
    public void close() {
        client.close();
    }

    /** The one place that turns the client's errors into answers. */
    private static ServerAnswer ask(Supplier<ServerAnswer> call) {
        try {
            return call.get();
        } catch (CallInterrupted e) {
            throw e;
        } catch (NotFound e) {
            // A bare 404, as a proxy gives it, says nothing about the transaction.
            return e.routeMissing() ? new Unanswered(e) : new Missing(e);
        } catch (Conflict e) {
            boolean lost = e.conflictClass().filter(RETRYABLE_CONFLICT::equals).isPresent();
            return new Refused(lost ? Refusal.LOST_RACE : Refusal.STALE, e);
        } catch (InvalidRequest | PermissionDenied | Unauthenticated e) {
            return new Refused(Refusal.REJECTED, e);
        } catch (DeltaCatException e) {
            return new Unanswered(e);
        }
    }

    private static TransactionSeen seen(RemoteTransaction transaction) {
        return new TransactionSeen(
                TransactionRef.of(transaction),
                stateOf(transaction),
                new LinkedHashSet<>(transaction.boundWriteSessions()));
    }

    /** Status words are an open set (protocol/data-plane.md §3): one that nobody knows settles nothing. */
    private static TransactionState stateOf(RemoteTransaction transaction) {
        return switch (transaction.status().toUpperCase(Locale.ROOT)) {
            case "RUNNING", "OPEN", "ACTIVE", "CREATED" -> TransactionState.OPEN;
            case "COMMITTED", "SUCCESS", "SUCCEEDED" -> TransactionState.COMMITTED;
            case "ABORTED", "FAILED", "EXPIRED", "ROLLED_BACK", "CANCELLED" -> TransactionState.DEAD;
            default -> TransactionState.UNSETTLED;
        };
    }

    private static SessionSeen seen(WriteSession session, TransactionRef asked) {
        String transactionId = session.transactionId();
        if (transactionId == null) {
            throw new IllegalStateException("Server answered with write session '" + session.sessionId()
                    + "', which is bound to no transaction; expected '" + asked.transactionId() + "'");
        }
        Long version = session.transactionVersion();
        return new SessionSeen(
                session.sessionId(),
                session.sessionVersion(),
                stateOf(session),
                new TransactionRef(transactionId, version == null ? asked.transactionVersion() : version));
    }

    private static SessionState stateOf(WriteSession session) {
        return switch (session.status().toUpperCase(Locale.ROOT)) {
            case "OPEN" -> Boolean.TRUE.equals(session.attached()) ? SessionState.ATTACHED : SessionState.OPEN;
            case "ATTACHED" -> SessionState.ATTACHED;
            default -> SessionState.CLOSED;
        };
    }
}
