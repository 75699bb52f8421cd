package io.deltacat.server.service;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that no request asks for: ends overdue transactions, deletes files of purged tables, and forgets replies, sessions and
 * transactions that nobody will ask for again.
 */
public final class Housekeeping implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final long RETENTION_NANOS = Duration.ofDays(7).toNanos();
    private static final int PRUNE_BATCH = 1_000;
    private static final long PRUNE_INTERVAL_NANOS = Duration.ofHours(1).toNanos();

    private final ServiceContext context;
    private final TransactionService transactions;
    private final PurgedFiles purged;
    private long prunedAt;

    /**
     * The work; confined to the thread that runs it.
     *
     * @param context what it works with
     * @param transactions ends overdue transactions
     */
    public Housekeeping(ServiceContext context, TransactionService transactions) {
        this.context = context;
        this.transactions = transactions;
        this.purged = new PurgedFiles(context);
    }

    /** One round. A failure is logged; the next round tries again. */
    @Override
    public void run() {
        try {
            int ended = transactions.sweep();
            purged.deleteWaiting();
            if (ended > 0) {
                LOG.info("expired_transactions={}", ended);
            }
            long now = context.nowNanos();
            if (now - prunedAt >= PRUNE_INTERVAL_NANOS) {
                context.store().write(unit -> {
                    unit.sessions().removeRepliesBefore(now - RETENTION_NANOS);
                    return true;
                });
                int forgotten = PRUNE_BATCH;
                while (forgotten >= PRUNE_BATCH) {
                    forgotten = context.store()
                            .write(unit -> unit.sessions().removeEndedBefore(now - RETENTION_NANOS, PRUNE_BATCH));
                }
                prunedAt = now;
            }
        } catch (RuntimeException e) {
            LOG.warn("housekeeping failed; the next round tries again", e);
        }
    }
}
