package io.deltacat.server.store.sqlite;

import io.deltacat.server.store.StoreUnavailableException;
import io.deltacat.server.store.WriteUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer: applies changes one after the other on its own thread and flushes several of them to disk at once. Each change
 * has its own savepoint and commit time, so that one that fails leaves the others of its group alone.
 */
final class GroupWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);
    private static final int LARGEST_GROUP = 128;

    private final Handle handle;
    private final CommitClock clock;
    private final KeyAllocator keys;
    private final LinkedBlockingQueue<Change<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    GroupWriter(Handle handle, CommitClock clock, KeyAllocator keys) {
        this.handle = handle;
        this.clock = clock;
        this.keys = keys;
        this.thread = new Thread(this::run, "deltacat-store-writer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    <T> T write(Function<WriteUnit, T> work) {
        Change<T> change = new Change<>(work);
        synchronized (this) {
            if (closed) {
                throw new StoreUnavailableException("the metadata store is closed", null);
            }
            queue.add(change);
        }
        try {
            return change.done.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            if (cause instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(cause);
        }
    }

    /** Applies what is queued, then ends. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            queue.add(new Change<>(null));
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Change<?>> group = new ArrayList<>(LARGEST_GROUP);
        boolean end = false;
        while (!end) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                LOG.warn("the store's writer thread was interrupted and ends; the store takes no more changes");
                closed = true;
                end = true;
            }
            queue.drainTo(group, LARGEST_GROUP - group.size());
            end |= group.removeIf(change -> change.work == null);
            if (!group.isEmpty()) {
                apply(group);
            }
        }
        List<Change<?>> late = new ArrayList<>();
        queue.drainTo(late);
        late.forEach(change ->
                change.done.completeExceptionally(new StoreUnavailableException("the metadata store is closed", null)));
    }

    private void apply(List<Change<?>> group) {
        try {
            handle.begin();
            long lastTime = 0;
            for (Change<?> change : group) {
                long time = clock.next();
                if (applyOne(change, time)) {
                    lastTime = time;
                }
            }
            if (lastTime > 0) {
                keys.save(handle, lastTime);
            }
            handle.commit();
            group.forEach(Change::succeed);
        } catch (RuntimeException | Error e) {
            LOG.error("changes={} could not be made durable; they were not applied", group.size(), e);
            rollback();
            StoreUnavailableException failure =
                    new StoreUnavailableException("the metadata store could not make the change durable", e);
            group.forEach(change -> change.fail(failure));
        } finally {
            clock.settled();
        }
    }

    private boolean applyOne(Change<?> change, long time) {
        handle.savepoint("change");
        try {
            change.apply(new SqlWriteUnit(handle, keys, time));
            handle.releaseSavepoint("change");
            return true;
        } catch (RuntimeException | Error e) {
            change.failure = e;
            handle.rollbackToSavepoint("change");
            return false;
        }
    }

    private void rollback() {
        try {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
        } catch (RuntimeException e) {
            LOG.error("rollback failed; the store takes no more changes", e);
            closed = true;
        }
    }

    /** One queued change; without work it tells the thread to end. */
    private static final class Change<T> {
        private final @Nullable Function<WriteUnit, T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result;
        private @Nullable Throwable failure;

        Change(@Nullable Function<WriteUnit, T> work) {
            this.work = work;
        }

        void apply(WriteUnit unit) {
            Function<WriteUnit, T> known = work;
            if (known == null) {
                throw new IllegalStateException("the end mark is no change");
            }
            result = known.apply(unit);
        }

        @SuppressWarnings("NullAway") // T may itself be nullable for the caller
        void succeed() {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else {
                done.complete(result);
            }
        }

        void fail(StoreUnavailableException unavailable) {
            Throwable own = failure;
            done.completeExceptionally(own != null ? own : unavailable);
        }
    }
}
