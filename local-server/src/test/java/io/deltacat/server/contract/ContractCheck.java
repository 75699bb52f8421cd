package io.deltacat.server.contract;

import io.deltacat.server.http.ObservedExchange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Checks exchanges on a thread of its own, which may fall behind by some megabytes before it slows the servers down. */
final class ContractCheck {
    /** Observers and the extension are made by service loaders: they can meet only here. */
    static final ContractCheck OF_THIS_PROCESS = new ContractCheck();

    private static final int BACKLOG_BYTES = 32 * 1024 * 1024;
    private static final int OVERHEAD_BYTES = 1024;
    private static final int MAXIMUM_VIOLATIONS = 50;

    private final AtomicBoolean on = new AtomicBoolean();
    private final Semaphore backlog = new Semaphore(BACKLOG_BYTES, true);
    private final Map<String, String> violations = new LinkedHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "openapi-contract");
        thread.setDaemon(true);
        return thread;
    });

    /** Made when the first exchange comes, and used on the worker's thread alone. */
    private Optional<ContractRules> rules = Optional.empty();

    private ContractCheck() {}

    void turnOn() {
        on.set(true);
    }

    boolean isOn() {
        return on.get();
    }

    /** Takes an exchange over; waits while the backlog is full. */
    void add(ObservedExchange exchange) {
        int size = OVERHEAD_BYTES + exchange.requestBody().length + exchange.replyBody().length;
        backlog.acquireUninterruptibly(size);
        worker.execute(() -> {
            try {
                keep(rules().violations(exchange), exchange);
            } catch (RuntimeException e) {
                keep(List.of("cannot be checked: " + e), exchange);
            } finally {
                backlog.release(size);
            }
        });
    }

    private ContractRules rules() {
        ContractRules made = rules.orElseGet(ContractRules::new);
        rules = Optional.of(made);
        return made;
    }

    /** Each kind of violation once, with the first exchange that shows it. */
    private void keep(List<String> found, ObservedExchange exchange) {
        if (found.isEmpty()) {
            return;
        }
        synchronized (violations) {
            if (violations.size() < MAXIMUM_VIOLATIONS) {
                violations.putIfAbsent(String.join("\n", found), ContractRules.text(exchange));
            }
        }
    }

    /** Waits until all exchanges so far are checked; gives what was found since the last call. */
    List<String> take() throws InterruptedException {
        backlog.acquire(BACKLOG_BYTES);
        backlog.release(BACKLOG_BYTES);
        synchronized (violations) {
            List<String> taken = new ArrayList<>();
            violations.forEach((lines, example) -> taken.add(lines + "\n" + example));
            violations.clear();
            return taken;
        }
    }
}
