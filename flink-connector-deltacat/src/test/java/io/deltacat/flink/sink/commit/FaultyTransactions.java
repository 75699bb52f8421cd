package io.deltacat.flink.sink.commit;

import io.deltacat.client.TransactionRef;
import io.deltacat.flink.sink.commit.ServerAnswer.Unanswered;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The network between a job and {@link InMemoryTransactions}: each request may meet one {@link Fault}. */
final class FaultyTransactions implements TransactionPort {
    /** The process died. Nothing survives but what it persisted. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where, null, false, false);
        }
    }

    private static final int OUTAGE_REQUESTS = 6;
    private static final long LATE_NANOS = 400_000_000L;

    private final Sim sim;
    private final InMemoryTransactions server;
    private final IntFunction<Optional<Fault>> plan;
    private int requests;
    private int outage;

    FaultyTransactions(Sim sim, InMemoryTransactions server, IntFunction<Optional<Fault>> plan) {
        this.sim = sim;
        this.server = server;
        this.plan = plan;
    }

    int requests() {
        return requests;
    }

    private ServerAnswer send(String what, Supplier<ServerAnswer> request) {
        int number = requests++;
        Optional<Fault> fault = plan.apply(number);
        sim.note("request " + number + " " + what + fault.map(f -> " " + f).orElse(""));
        if (outage > 0) {
            outage--;
            return new Unanswered(null);
        }
        return fault.isEmpty() ? request.get() : meet(fault.get(), what + " " + number, request);
    }

    private ServerAnswer meet(Fault fault, String what, Supplier<ServerAnswer> request) {
        switch (fault) {
            case DROP_REQUEST -> {
                return new Unanswered(null);
            }
            case DROP_REPLY -> {
                deliver(request);
                return new Unanswered(null);
            }
            case DUPLICATE -> {
                ServerAnswer first = request.get();
                sim.inBackgroundAfter(LATE_NANOS, "duplicate of " + what, () -> deliver(request));
                return first;
            }
            case LATE -> {
                sim.inBackgroundAfter(LATE_NANOS, "late " + what, () -> deliver(request));
                return new Unanswered(null);
            }
            case OUTAGE -> {
                outage = OUTAGE_REQUESTS;
                return new Unanswered(null);
            }
            case CRASH_BEFORE -> throw new Crash("before " + what);
            case CRASH_AFTER -> {
                deliver(request);
                throw new Crash("after " + what);
            }
            case CRASH_LATE -> {
                sim.inBackgroundAfter(LATE_NANOS, "late " + what, () -> deliver(request));
                throw new Crash("late " + what);
            }
            case EXPIRE_BEFORE -> {
                server.expireOpenTransactions();
                return request.get();
            }
            case EXPIRE_AFTER -> {
                ServerAnswer answer = request.get();
                server.expireOpenTransactions();
                return answer;
            }
            case FORGET_BEFORE -> {
                server.expireOpenTransactions();
                server.forgetFinishedTransactions();
                return request.get();
            }
        }
        throw new IllegalStateException("fault " + fault);
    }

    /** The server takes the request; its answer reaches nobody. */
    private void deliver(Supplier<ServerAnswer> request) {
        ServerAnswer unheard = request.get();
        sim.note("nobody hears " + unheard.getClass().getSimpleName());
    }

    @Override
    public ServerAnswer begin(String commitMessage) {
        return send("begin", () -> server.begin(commitMessage));
    }

    @Override
    public ServerAnswer find(String transactionId) {
        return send("find", () -> server.find(transactionId));
    }

    @Override
    public ServerAnswer commit(TransactionRef transaction) {
        return send("commit", () -> server.commit(transaction));
    }

    @Override
    public ServerAnswer claim(Claim claim) {
        return send("claim", () -> server.claim(claim));
    }

    @Override
    public ServerAnswer attach(Attachment attachment) {
        return send("attach", () -> server.attach(attachment));
    }

    @Override
    public ServerAnswer search(List<FileSearch> tables) {
        return send("search", () -> server.search(tables));
    }

    @Override
    public void close() {}
}
