package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.flink.sink.commit.ServerAnswer.FilesSearched;
import io.deltacat.flink.sink.commit.ServerAnswer.Missing;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.SessionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A small correct server behind {@link TransactionPort}: version fences, replay by operation id, keyed sessions, lost races
 * between ordered deltas, expiry. Dials: what happens to the keys of dead transactions, forgetting, setting back.
 */
final class InMemoryTransactions implements TransactionPort {
    /** One committed transaction: paths by delta. */
    record Commit(String transactionId, Map<DeltaTarget, List<String>> files) {}

    /** Which sessions a key leads to. */
    enum Keys {
        /** Sessions that are open or wait for their transaction: the least that lets attempts meet. */
        UNFINISHED,
        /** Every session that ever had the key: what write-once sessions do. */
        FOREVER,
        /** Open sessions only: a key ends when its files are attached. */
        OPEN,
        /** Open sessions of the same transaction only: no attempt ever meets another one. */
        OPEN_IN_SAME_TRANSACTION
    }

    private static final class Transaction {
        final String id;
        final long snapshot;
        long version = 1;
        TransactionState state = TransactionState.OPEN;

        Transaction(String id, long snapshot) {
            this.id = id;
            this.snapshot = snapshot;
        }

        TransactionRef ref() {
            return new TransactionRef(id, version);
        }
    }

    private static final class Session {
        final String id;
        final String key;
        final Transaction transaction;
        final DeltaTarget target;
        long version = 1;
        SessionState state = SessionState.OPEN;
        List<WriteEntry> entries = List.of();

        Session(String id, String key, Transaction transaction, DeltaTarget target) {
            this.id = id;
            this.key = key;
            this.transaction = transaction;
            this.target = target;
        }

        SessionSeen seen() {
            return new SessionSeen(id, version, state, transaction.ref());
        }
    }

    private final Map<String, Transaction> transactions = new LinkedHashMap<>();
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, ServerAnswer> replays = new LinkedHashMap<>();
    private final Map<String, Long> lastOrderedCommit = new LinkedHashMap<>();
    private final List<Commit> commits = new ArrayList<>();
    private Keys keys = Keys.UNFINISHED;
    private @Nullable Refused rejectAttaches;
    private int transactionsMade;
    private int looks;

    void keys(Keys value) {
        keys = value;
    }

    void rejectAttaches(String why) {
        rejectAttaches = new Refused(Refusal.REJECTED, new IllegalArgumentException(why));
    }

    List<Commit> commits() {
        return commits;
    }

    long openTransactions() {
        return transactions.values().stream()
                .filter(transaction -> transaction.state == TransactionState.OPEN)
                .count();
    }

    int looks() {
        return looks;
    }

    int transactionsMade() {
        return transactionsMade;
    }

    void expireOpenTransactions() {
        for (Transaction transaction : transactions.values()) {
            if (transaction.state == TransactionState.OPEN) {
                kill(transaction);
            }
        }
    }

    /** Forgets finished and dead transactions, as a server does that keeps no history. */
    void forgetFinishedTransactions() {
        transactions.values().removeIf(transaction -> transaction.state != TransactionState.OPEN);
    }

    private void kill(Transaction transaction) {
        transaction.state = TransactionState.DEAD;
        sessionsOf(transaction).forEach(session -> session.state = SessionState.CLOSED);
    }

    private List<Session> sessionsOf(Transaction transaction) {
        return sessions.values().stream()
                .filter(session -> session.transaction == transaction)
                .toList();
    }

    @Override
    public ServerAnswer begin(String commitMessage) {
        transactionsMade++;
        Transaction transaction = new Transaction("txn-" + transactionsMade, commits.size());
        transactions.put(transaction.id, transaction);
        return seen(transaction);
    }

    @Override
    public ServerAnswer find(String transactionId) {
        looks++;
        return Optional.ofNullable(transactions.get(transactionId))
                .<ServerAnswer>map(this::seen)
                .orElseGet(() -> new Missing(null));
    }

    @Override
    public ServerAnswer claim(Claim claim) {
        return replayed(
                claim.operationId(),
                () -> fenced(claim.transaction(), transaction -> {
                    Optional<Session> holder = sessions.values().stream()
                            .filter(session -> session.key.equals(claim.writeKey()))
                            .filter(session -> switch (keys) {
                                case UNFINISHED -> session.state != SessionState.CLOSED;
                                case FOREVER -> true;
                                case OPEN -> session.state == SessionState.OPEN;
                                case OPEN_IN_SAME_TRANSACTION ->
                                    session.state == SessionState.OPEN && session.transaction == transaction;
                            })
                            .findFirst();
                    if (holder.isPresent()) {
                        return holder.get().seen();
                    }
                    Session session =
                            new Session("ws-" + sessions.size(), claim.writeKey(), transaction, claim.target());
                    sessions.put(session.id, session);
                    transaction.version++;
                    return session.seen();
                }));
    }

    @Override
    public ServerAnswer attach(Attachment attachment) {
        return replayed(
                attachment.operationId(),
                () -> fenced(attachment.transaction(), transaction -> {
                    Session session = sessions.get(attachment.sessionId());
                    if (session == null) {
                        return new Missing(null);
                    }
                    if (session.state != SessionState.OPEN || session.version != attachment.sessionVersion()) {
                        return new Refused(Refusal.STALE, null);
                    }
                    if (rejectAttaches != null) {
                        return rejectAttaches;
                    }
                    session.entries = attachment.entries();
                    session.state = SessionState.ATTACHED;
                    session.version++;
                    transaction.version++;
                    return session.seen();
                }));
    }

    @Override
    public ServerAnswer commit(TransactionRef ref) {
        return fenced(ref, transaction -> {
            List<Session> bound = sessionsOf(transaction);
            if (bound.stream().anyMatch(session -> session.state != SessionState.ATTACHED)) {
                return new Refused(Refusal.STALE, null);
            }
            boolean lost = bound.stream()
                    .filter(session -> session.target.mode().isOrdered())
                    .anyMatch(session -> lastOrderedCommit.getOrDefault(tableOf(session), 0L) > transaction.snapshot);
            if (lost) {
                kill(transaction);
                return new Refused(Refusal.LOST_RACE, null);
            }
            publish(transaction, bound);
            return seen(transaction);
        });
    }

    private void publish(Transaction transaction, List<Session> bound) {
        Map<DeltaTarget, List<String>> files = new LinkedHashMap<>();
        for (Session session : bound) {
            session.state = SessionState.CLOSED;
            files.put(
                    session.target,
                    session.entries.stream()
                            .map(entry -> requireNonNull(entry.path()))
                            .toList());
        }
        commits.add(new Commit(transaction.id, files));
        for (Session session : bound) {
            if (session.target.mode().isOrdered()) {
                lastOrderedCommit.put(tableOf(session), (long) commits.size());
            }
        }
        transaction.state = TransactionState.COMMITTED;
        transaction.version++;
    }

    @Override
    public ServerAnswer search(List<FileSearch> tables) {
        return new FilesSearched(commits.stream()
                .flatMap(commit -> commit.files().values().stream())
                .flatMap(List::stream)
                .anyMatch(path ->
                        tables.stream().anyMatch(search -> search.names().test(TableFiles.nameOf(path)))));
    }

    @Override
    public void close() {}

    private interface Fenced {
        ServerAnswer apply(Transaction transaction);
    }

    private interface Call {
        ServerAnswer run();
    }

    private ServerAnswer fenced(TransactionRef ref, Fenced call) {
        Transaction transaction = transactions.get(ref.transactionId());
        if (transaction == null) {
            return new Missing(null);
        }
        if (transaction.state == TransactionState.DEAD) {
            return new Refused(Refusal.EXPIRED, null);
        }
        if (transaction.state != TransactionState.OPEN || transaction.version != ref.transactionVersion()) {
            return new Refused(Refusal.STALE, null);
        }
        return call.apply(transaction);
    }

    private ServerAnswer replayed(String operationId, Call call) {
        ServerAnswer before = replays.get(operationId);
        if (before != null) {
            return before;
        }
        ServerAnswer answer = call.run();
        if (answer instanceof SessionSeen) {
            replays.put(operationId, answer);
        }
        return answer;
    }

    private TransactionSeen seen(Transaction transaction) {
        return new TransactionSeen(
                transaction.ref(),
                transaction.state,
                sessionsOf(transaction).stream().map(session -> session.id).collect(Collectors.toSet()));
    }

    private static String tableOf(Session session) {
        return session.target.table().toString();
    }
}
