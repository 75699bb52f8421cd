package io.deltacat.flink.source.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;

/**
 * Lends a fixed number of batches, so a reader's memory is that many batches whatever it reads. Thread-safe: the fetcher
 * thread takes, the mailbox thread gives back.
 */
@Internal
final class BatchPool {
    private final Supplier<RowBatch> allocate;
    private final int capacity;
    private final Deque<RowBatch> free = new ArrayDeque<>();
    private int allocated;
    private boolean wokenUp;

    /**
     * Starts empty.
     *
     * @param capacity most batches to exist, at least 1
     * @param allocate makes one
     */
    BatchPool(int capacity, Supplier<RowBatch> allocate) {
        if (capacity < 1) {
            throw new IllegalArgumentException("Batch pool of %d batches; expected at least 1".formatted(capacity));
        }
        this.capacity = capacity;
        this.allocate = allocate;
    }

    /**
     * Takes a batch, waiting for one to be given back.
     *
     * @return the batch, or empty when {@link #wakeUp} was called
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    synchronized Optional<RowBatch> take() throws InterruptedException {
        while (free.isEmpty() && allocated == capacity && !wokenUp) {
            wait();
        }
        if (wokenUp) {
            wokenUp = false;
            return Optional.empty();
        }
        if (!free.isEmpty()) {
            return Optional.of(free.removeLast());
        }
        allocated++;
        return Optional.of(allocate.get());
    }

    /** Gives a batch back; its content may be overwritten from now on. */
    synchronized void giveBack(RowBatch batch) {
        free.addLast(batch);
        notifyAll();
    }

    /** Waits until {@link #wakeUp} is called. */
    synchronized void awaitWakeUp() throws InterruptedException {
        while (!wokenUp) {
            wait();
        }
        wokenUp = false;
    }

    /** Makes the current or next wait return. */
    synchronized void wakeUp() {
        wokenUp = true;
        notifyAll();
    }

    /** Returns how many batches were ever allocated. */
    synchronized int allocated() {
        return allocated;
    }
}
